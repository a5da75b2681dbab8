/** Splits declarations at separators, and finds closing brackets. Strings in double quotes are skipped. */

import { endOfQuote } from '#base/end-of-quote.ts'

const OPEN = '([{<'
const CLOSE = ')]}>'

/** Parts between separators that are outside of brackets and of strings in double quotes. */
export function splitAt(text: string, separator: string): string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '>' && /[-=]/.test(text[at - 1] ?? '')) continue
    if (character === '"') at = Math.max(at, endOfQuote(text, at))
    else if (OPEN.includes(character)) depth++
    else if (CLOSE.includes(character)) depth--
    else if (depth === 0 && character === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim())
}

/** Offset of the bracket that closes the one at an offset; -1 if there is none. */
export function closingOf(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '>' && /[-=]/.test(text[at - 1] ?? '')) continue
    if (character === '"') at = Math.max(at, endOfQuote(text, at))
    else if (OPEN.includes(character)) depth++
    else if (CLOSE.includes(character) && --depth === 0) return at
  }
  return -1
}
