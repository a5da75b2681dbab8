/**
 * Rewrites instances with braces, `given Order[Int] with { … }`, which the grammar cannot read, into the indented form;
 * offsets stay the same.
 */

import { blanked } from '#generate/analyse/languages/blanked.ts'

const OPENING = /^([ \t]*)given\b[^\n"]*\bwith[ \t]*\{[ \t]*\r?$/

export function withIndentedGivens(text: string): string {
  if (!/\bgiven\b/.test(text)) return text
  const blanks: [number, number][] = []
  const open: { readonly indent: string; readonly brace: number }[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const last = open.at(-1)
    if (last !== undefined && line.startsWith(`${last.indent}}`)) {
      const close = start + last.indent.length
      blanks.push([last.brace, last.brace + 1], [close, close + 1])
      open.pop()
    }
    const indent = OPENING.exec(line)?.[1]
    if (indent !== undefined) open.push({ indent, brace: start + line.lastIndexOf('{') })
    start += line.length + 1
  }
  return blanked(text, blanks)
}
