/** Reads the targets of Ruby's `require` and similar calls. */

import type { ImportItem } from '#generate/analyse/engine/read-rules.ts'

/** @returns Paths without `.rb`; `./…` if relative to the file. */
export function readImports(text: string): ImportItem[] {
  const words = /^(require|require_relative|load|autoload)\b\s*\(?([\s\S]*?)\)?$/.exec(text.trim())
  const kind = words?.[1] ?? ''
  const rest = (words?.[2] ?? '').trim()
  const plain = (kind === 'autoload' ? /,\s*(['"])([^'"#]+)\1\s*$/ : /^(['"])([^'"#]+)\1\s*$/).exec(rest)?.[2]
  if (plain !== undefined) return [named(plain, kind === 'require_relative', kind)]
  const beside =
    /^File\.(?:expand_path|join)\(?\s*(?:__dir__|File\.dirname\(__FILE__\))\s*,\s*(['"])([^'"#]+)\1\s*\)?$/.exec(
      rest,
    )?.[2] ??
    /^File\.expand_path\(?\s*(['"])([^'"#]+)\1\s*,\s*(?:__dir__|File\.dirname\(__FILE__\))\s*\)?$/.exec(rest)?.[2] ??
    /^(["])#\{__dir__\}\/([^"#]+)"$/.exec(rest)?.[2]
  if (beside !== undefined) return [named(beside, true, kind)]
  const besideName = /^File\.expand_path\(?\s*(['"])\.\.\/([^'"#]+)\1\s*,\s*__FILE__\s*\)?$/.exec(rest)?.[2]
  return besideName === undefined ? [] : [named(besideName, true, kind)]
}

function named(path: string, isBeside: boolean, kind: string): ImportItem {
  const plain = path.replace(/\.rb$/, '').replace(/^\/+/, '')
  return { path: isBeside ? `./${plain}` : plain, kind }
}
