/** Which positional arguments read standard input where `-` is typed for them. */

import type { CommandOption } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'

const MAX_CHARS = 300_000
/** A file to read, of argparse or click, or a path that may be `-`. */
const DECLARED = /\b(?:FileType|click\.File|FileText|FileBinaryRead)\b|\ballow_dash\s?=\s?True\b/
const DECLARED_NOT = /\ballow_dash\s?=\s?False\b|\bFile(?:Type)?\(\s{0,9}(?:mode\s?=\s?)?["'][wax]/
/** A comparison of a variable with `-`; without a name it may be any. */
const COMPARED =
  /(?:([\w$]{1,60})[)\]]{0,2})?\s?(?:===?|\bin)\s?[([]?["']-["']|["']-["']\s?===?\s?(?:[\w$]{1,60}\.){0,4}([\w$]{1,60})/g
const LOOP = /\bfor\s(?:[\w$]{1,60},\s?)?([\w$]{1,60})\sin\s([^:\n]{1,120})/g
const STDIN = /\bstdin\b/

/**
 * Whether the declaration of an argument says so, or the code that reads it compares it with `-`.
 *
 * @param call - The call that declares it, from its name on.
 */
export function readsInput(writing: Writing, option: CommandOption, call: string): boolean {
  if (DECLARED_NOT.test(call)) return false
  if (DECLARED.test(call)) return true
  const text = bodyOf(writing, option)
  if (!STDIN.test(text)) return false
  const compared = [...text.matchAll(COMPARED)].map(([, left, right]) => left ?? right ?? '')
  if (compared.length === 0) return false
  const own = option.written.replaceAll('-', '_').toLowerCase()
  const isOwn = (name: string): boolean => name.toLowerCase() === own
  if (compared.some(isOwn)) return true
  const names = new Set(compared)
  for (const [, one = '', all = ''] of text.matchAll(LOOP))
    if (names.has(one) && all.split(/[^\w$]+/).some(isOwn)) return true
  return isOnly(writing, option)
}

/** The function that a decorator gives the argument to; else the file. */
function bodyOf({ survey }: Writing, { file, component }: CommandOption): string {
  const text = survey.files.get(file)?.text?.slice(0, MAX_CHARS) ?? ''
  const own = survey.components.get(component ?? '')
  return own?.decorators === undefined || own.file !== file
    ? text
    : text
        .split('\n')
        .slice(own.startLine - 1, own.endLine)
        .join('\n')
}

/** What is compared under another name is the only argument that the file declares. */
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
