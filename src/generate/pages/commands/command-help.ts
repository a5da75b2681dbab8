/**
 * Finds the description of a command in a help text or document, in a row that begins with the command: `orbit plan <body>   Plans the
 * burns`, or `orbit plan <body>  # Plans the burns`. Rows without the name of the program are not read.
 */

import { hasText } from '#base/find-text.ts'
import { memoizedByText } from '#base/memoize.ts'
import type { SourceFile } from '#generate/model.ts'
import { isTranslated } from '#generate/pages/readme/documents.ts'
import type { Writing } from '#generate/pages/writing.ts'

const MAX_CHARS = 100_000
const MAX_FILES = 2_000
const MAX_LINE = 200
const MAX_TEXT = 300
const MAX_CONTINUATION_LINES = 5
/** Matches the command with its arguments, and its description after two spaces or a `#`. */
const ROW = /^([ \t]{0,8}(?:[$>] )?(\w[\w.-]{0,40}(?: [^\s#]{1,40}){1,8}))(?: {2,60}| ?\t{1,8}| {1,60}# )(\S.{2,200})$/
const HISTORY = /(?:^|\/)(?:change|history|news|release|migrat|upgrad)/i
const BESIDE: ReadonlySet<SourceFile['role']> = new Set<SourceFile['role']>(['test', 'example', 'ci'])

/** @param command - With its program: `orbit plan`. */
export function commandHelp(writing: Writing, command: string): string | undefined {
  const [program = ''] = command.split(' ', 1)
  return rowsOf(writing, program).get(command)
}

/** Descriptions by command; the first row of a command counts. */
const rowsOf = memoizedByText(({ inventory }: Writing, program): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const files = inventory.files.filter(
    ({ path, role, text, vendored }) =>
      !BESIDE.has(role) &&
      !vendored &&
      !HISTORY.test(path) &&
      !isTranslated(path) &&
      hasText(text ?? '', `${program} `),
  )
  for (const { text } of files.slice(0, MAX_FILES)) {
    const lines = (text ?? '').slice(0, MAX_CHARS).split('\n')
    for (const [at, line] of lines.entries()) {
      if (line.length > MAX_LINE || !hasText(line, `${program} `)) continue
      const [whole = '', , head = '', first = ''] = ROW.exec(line.trimEnd()) ?? []
      if (!head.startsWith(`${program} `) || !/^\p{L}/u.test(first)) continue
      const command = head.split(/ (?=[^a-z])/, 1)[0] ?? ''
      if (found.has(command)) continue
      const words = [first, ...continued(lines, at + 1, whole.length - first.length)]
      found.set(command, words.join(' ').slice(0, MAX_TEXT))
    }
  }
  return found
})

/** The lines that begin in the column of the description or after it. */
function continued(lines: readonly string[], from: number, column: number): string[] {
  const below = lines.slice(from, from + MAX_CONTINUATION_LINES)
  const end = below.findIndex((line) => line.trim() === '' || line.length - line.trimStart().length < column)
  return below.slice(0, end < 0 ? below.length : end).map((line) => line.trim())
}
