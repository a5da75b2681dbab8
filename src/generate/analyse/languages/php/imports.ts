/** Reads the targets of PHP's `use` and `include`. */

import type { ImportItem } from '#generate/analyse/engine/read-rules.ts'

const STRING_OR_COMMENT = /'[^']*'|"[^"]*"|\/\*[\s\S]*?(?:\*\/|$)|(?:\/\/|#)[^\n]*/g
/** Limit on the characters of an expression for a folder. */
const MAX_EXPRESSION = 300

/** @returns For `use`, full names without a leading backslash. For `include`, a path; `./…` if relative to the file. */
export function readImports(text: string, kind: string): ImportItem[] {
  const plain = text.replace(STRING_OR_COMMENT, (found) => (/^['"]/.test(found) ? found : ' ')).trim()
  return kind === 'use' ? readUse(plain) : readInclude(plain)
}

/** `use A\B, A\C as D;`, `use function A\f;`, `use A\{B, C as D, function f};` */
function readUse(text: string): ImportItem[] {
  const statement = /^use\s+(?:(function|const)\s+)?([\s\S]*?);?$/i.exec(text)
  if (statement === null) return []
  const kind = (statement[1] ?? 'class').toLowerCase()
  const list = statement[2] ?? ''
  const group = /^([^{]*)\{([\s\S]*)\}\s*$/.exec(list)
  const prefix = group === null ? '' : (group[1] ?? '').trim()
  return (group?.[2] ?? list).split(',').flatMap((part) => {
    const item =
      /^\s*(?:(function|const)\s+)?((?:[\w\\]|(?!\s)[\u0080-\uffff])+)(?:\s+as\s+((?:\w|(?!\s)[\u0080-\uffff])+))?\s*$/i.exec(
        part,
      )
    if (item === null) return []
    const path = `${prefix}${item[2] ?? ''}`.replace(/^\\/, '')
    const alias = item[3] ?? path.slice(path.lastIndexOf('\\') + 1)
    return [{ path, alias, kind: (item[1] ?? kind).toLowerCase() }]
  })
}

/** `require_once __DIR__ . '/a.php'`, `include 'a.php'`, `require dirname(__DIR__, 2) . '/a.php'` */
function readInclude(text: string): ImportItem[] {
  const words = /^(?:include|require)(?:_once)?\s*\(?([\s\S]*?)\)?$/i.exec(text)
  const parts = /^(?:([\w\s(),\\]*)\.\s*)?(['"])([^'"$]+)\2$/.exec((words?.[1] ?? '').trim())
  if (parts === null) return []
  const rest = parts[3] ?? ''
  if (parts[1] === undefined) return [{ path: rest, kind: 'include' }]
  const levels = foldersUp(parts[1])
  // `__FILE__` is a file, so nothing can be appended to it. `__DIR__ . 'a.php'` is a file beside the folder.
  if (levels === null || levels < 0 || !rest.startsWith('/')) return []
  return [{ path: `./${'../'.repeat(levels)}${rest.slice(1)}`, kind: 'include' }]
}

/** How many folders an expression goes up from the file's folder; -1 for the file, `null` for an unknown form. */
function foldersUp(expression: string): number | null {
  if (expression.length > MAX_EXPRESSION) return null
  const text = expression.replace(/\s/g, '').toLowerCase()
  if (text === '__dir__') return 0
  if (text === '__file__') return -1
  const call = /^\\?dirname\((.*?)(?:,(\d))?\)$/.exec(text)
  const inner = call === null ? null : foldersUp(call[1] ?? '')
  return inner === null ? null : inner + Number(call?.[2] ?? 1)
}
