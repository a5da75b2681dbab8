/** Examples in doc comments that are indented by less than Markdown's four spaces. */

import { append } from '#base/long-arrays.ts'
import { indentOf } from '#generate/formats/indentation.ts'

const TITLE = /^(?:for )?(?:examples?|usage):?$/i
const MIN_INDENT = 2
const MARKDOWN_INDENT = 4

/** Turns the lines below `Examples:` into a block of code if all of them are indented, the first by two or three spaces. */
export function withExamples(text: string): string {
  const lines = text.split('\n')
  const written: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    written.push(line)
    if (!TITLE.test(line)) continue
    let start = at + 1
    while (start < lines.length && lines[start]?.trim() === '') start++
    const margin = indentOf(lines[start] ?? '')
    if (margin < MIN_INDENT || margin >= MARKDOWN_INDENT) continue
    let end = start
    while (end < lines.length && (lines[end]?.trim() === '' || indentOf(lines[end] ?? '') >= margin)) end++
    const code = lines.slice(start, end).map((one) => one.slice(margin))
    while (code.at(-1) === '') code.pop()
    if (code.some((one) => one.startsWith('```'))) continue
    append(written, ['', '```js'])
    append(written, code)
    append(written, ['```', ''])
    at = end - 1
  }
  return written.join('\n')
}
