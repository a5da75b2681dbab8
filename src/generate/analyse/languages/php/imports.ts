/** Reads the targets of PHP's `use` and `include`. */

import type { ImportItem } from '#generate/analyse/engine/read-rules.ts'

/** @returns For `use`, full names without a leading backslash. For `include`, a path; `./…` if relative to the file. */
export function readImports(text: string, kind: string): ImportItem[] {
  const plain = text.replace(/\/\*[\s\S]*?(?:\*\/|$)|(?:\/\/|#)[^\n]*/g, ' ').trim()
  return kind === 'use' ? readUse(plain) : readInclude(plain)
}

/** `use A\B, A\C as D;`, `use function A\f;`, `use A\{B, C as D, function f};` */
function readUse(text: string): ImportItem[] {
  const words = /^use\s+(?:(function|const)\s+)?([\s\S]*?);?$/i.exec(text)
  if (words === null) return []
  const kind = (words[1] ?? 'class').toLowerCase()
  const list = words[2] ?? ''
  const group = /^([^{]*)\{([\s\S]*)\}\s*$/.exec(list)
  const prefix = group === null ? '' : (group[1] ?? '').trim()
  return (group?.[2] ?? list).split(',').flatMap((item) => {
    const parts =
      /^\s*(?:(function|const)\s+)?((?:[\w\\]|(?!\s)[\u0080-\uffff])+)(?:\s+as\s+((?:\w|(?!\s)[\u0080-\uffff])+))?\s*$/i.exec(
        item,
      )
    if (parts === null) return []
    const path = `${prefix}${parts[2] ?? ''}`.replace(/^\\/, '')
    const alias = parts[3] ?? path.slice(path.lastIndexOf('\\') + 1)
    return [{ path, alias, kind: (parts[1] ?? kind).toLowerCase() }]
  })
}

/** `require_once __DIR__ . '/a.php'`, `include 'a.php'`, `require dirname(__DIR__, 2) . '/a.php'` */
function readInclude(text: string): ImportItem[] {
  const words = /^(?:include|require)(?:_once)?\s*\(?([\s\S]*?)\)?$/i.exec(text)
  const parts = /^(?:([\w\s(),]*)\.\s*)?(['"])([^'"$]+)\2$/.exec((words?.[1] ?? '').trim())
  if (parts === null) return []
  const rest = parts[3] ?? ''
  if (parts[1] === undefined) return [{ path: rest, kind: 'include' }]
  const ups = foldersUp(parts[1].trim())
  // The path of the file itself is no folder.
  return ups === null || ups < 0 ? [] : [{ path: `./${'../'.repeat(ups)}${rest.replace(/^\//, '')}`, kind: 'include' }]
}

/** How many folders an expression goes up from the file's folder; -1 for the file, `null` for an unknown form. */
function foldersUp(expression: string): number | null {
  const text = expression.replace(/\s/g, '')
  if (text === '__DIR__') return 0
  if (text === '__FILE__') return -1
  const call = /^dirname\((.*?)(?:,(\d))?\)$/.exec(text)
  const inner = call === null ? null : foldersUp(call[1] ?? '')
  return inner === null ? null : inner + Number(call?.[2] ?? 1)
}
