/** The lines of a docstring: extracts indented ones, puts fences around them, joins them. */

import { fenceFor } from '#generate/formats/code-fence.ts'
import { indentOf, withoutMargin } from '#generate/formats/indentation.ts'

/** The lines from `i` on that are indented more than `indent`, without their indentation. */
export function indentedBlock(lines: readonly string[], i: number, indent: number): { lines: string[]; taken: number } {
  let end = i
  let last = i
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    if (line === '') continue
    if (indentOf(line) <= indent) break
    last = end + 1
  }
  return { lines: trimmed(withoutMargin(lines.slice(i, last))), taken: last - i }
}

/** Removes the empty lines at both ends. */
export function trimmed(lines: readonly string[]): string[] {
  let start = 0
  let end = lines.length
  while (start < end && lines[start] === '') start++
  while (end > start && lines[end - 1] === '') end--
  return lines.slice(start, end)
}

/** A fenced block, with a fence longer than any in its text. */
export function fenced(language: string, lines: readonly string[]): string[] {
  const fence = fenceFor(lines)
  return [fence + (/^[\w+-]{0,20}$/.test(language) ? language : ''), ...lines, fence]
}

/** The text of some lines, without empty ones at both ends and with at most one empty line between others. */
export const tidy = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
