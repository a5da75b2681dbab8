/** Hides macros around parameter lists, which old compilers without prototypes needed: `int plan OF((int to))`. */

import { blanked } from '#generate/analyse/languages/blanked.ts'
import { closingOf } from './text-around.ts'

const MACRO = /[ \t]_{0,2}[A-Z][A-Z0-9_]{0,30}[ \t]{0,4}\(\(/g
/** Matches the text before the macro on a line that begins a declaration. */
const BEFORE = /^[A-Za-z_][\w \t*]{1,200}$/
const MAX_BEFORE = 200

/** @returns The text with the same lines and offsets, the macro and its outer parentheses blanked. */
export function hidePrototypeMacros(text: string): string {
  const blanks: [number, number][] = []
  for (const { index, 0: whole } of text.matchAll(MACRO)) {
    const inner = index + whole.length - 1
    const before = text.slice(Math.max(0, index - MAX_BEFORE), index)
    if (!BEFORE.test(before.slice(before.lastIndexOf('\n') + 1))) continue
    const end = closingOf(text, inner)
    if (end !== undefined && text[end + 1] === ')') blanks.push([index, inner], [end + 1, end + 2])
  }
  return blanks.length === 0 ? text : blanked(text, blanks)
}
