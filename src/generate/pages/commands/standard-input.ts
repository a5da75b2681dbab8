/** Finds the positional arguments that read standard input if they are `-`. */

import type { CommandOption } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'

const MAX_CHARS = 300_000
/** Matches a file of argparse or click, or a path that may be `-`. */
const DECLARED = /\b(?:FileType|click\.File|FileText|FileBinaryRead)\b|\ballow_dash\s?=\s?True\b/
const DECLARED_NOT = /\ballow_dash\s?=\s?False\b|\bFile(?:Type)?\(\s{0,9}(?:mode\s?=\s?)?["'][wax]/
const LOOP = /\bfor\s(?:[\w$]{1,60},\s?)?([\w$]{1,60})\sin\s([^:\n]{1,120})/g
/** Limit on the characters around `-` that are read. */
const MAX_NAME = 100
const STDIN = /\bstdin\b/
const COMPARES = /(?:[=!]={1,2}|\b(?:not\s{1,4})?in)$/

/**
 * Whether the declaration of an argument allows `-`, or the code that reads it compares it with `-`.
 *
 * @param call - The call that declares it, from the name of the argument on.
 */
export function readsInput(writing: Writing, option: CommandOption, call: string): boolean {
  if (DECLARED_NOT.test(call)) return false
  if (DECLARED.test(call)) return true
  const text = bodyOf(writing, option)
  if (!STDIN.test(text)) return false
  const compared = comparedWithDash(text)
  if (compared.length === 0) return false
  const own = option.written.replaceAll('-', '_').toLowerCase()
  const isOwn = (name: string): boolean => name.toLowerCase() === own
  if (compared.some(isOwn)) return true
  const names = new Set(compared)
  for (const [, one = '', all = ''] of text.matchAll(LOOP))
    if (names.has(one) && all.split(/[^\w$]+/).some(isOwn)) return true
  return isOnly(writing, option)
}

/** The last names of the values compared with `-`: `path` of `args.path == "-"`, `one` of `one in ("-", "stdin")`. */
function comparedWithDash(text: string): string[] {
  return [...text.matchAll(/["']-["']/g)].flatMap(({ index }) => {
    const before = text
      .slice(Math.max(0, index - MAX_NAME), index)
      .trimEnd()
      .replace(/[([]$/, '')
      .trimEnd()
    if (COMPARES.test(before)) return lastName(before.replace(COMPARES, ''))
    const behind = text.slice(index + 3, index + MAX_NAME).trimStart()
    const other = /^[=!]={1,2}\s{0,9}([\w$.]*)/.exec(behind)?.[1]
    return other === undefined ? [] : lastName(other)
  })
}

const lastName = (text: string): string => text.split(/[^\w$]+/).findLast((word) => word !== '') ?? ''

/** The decorated function that gets the argument, otherwise the file. */
function bodyOf({ repo }: Writing, { file, component }: CommandOption): string {
  const text = repo.files.get(file)?.text?.slice(0, MAX_CHARS) ?? ''
  const own = repo.components.get(component ?? '')
  return own?.decorators === undefined || own.file !== file
    ? text
    : text
        .split('\n')
        .slice(own.startLine - 1, own.endLine)
        .join('\n')
}

/** Whether it is the only argument of the file, which may be compared under another name. */
function isOnly({ analysis }: Writing, { file, component }: CommandOption): boolean {
  const names = new Set(
    analysis.commandLines.flatMap(({ options }) =>
      options
        .filter((one) => one.isArgument && one.file === file && one.component === component)
        .map(({ written }) => written),
    ),
  )
  return names.size === 1
}
