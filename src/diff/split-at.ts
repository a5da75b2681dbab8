/** Splits declarations at separators, and finds closing brackets. Strings in double quotes are skipped. */

import { endOfQuote } from '#base/end-of-quote.ts'

const OPEN = '([{<'
const CLOSE = ')]}>'

/** The parts between separators outside of brackets. */
export function splitAt(text: string, separator: string): string[] {
  const parts: string[] = []
  const open: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') at = Math.max(at, endOfQuote(text, at))
    else if (isArrow(text, at)) continue
    else if (OPEN.includes(character)) open.push(character)
    else if (CLOSE.includes(character)) close(open, character)
    else if (open.length === 0 && character === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim())
}

/** Offset of the bracket that closes the one at an offset; -1 if there is none. */
export function closingOf(text: string, from: number): number {
  const open: string[] = []
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') at = Math.max(at, endOfQuote(text, at))
    else if (isArrow(text, at)) continue
    else if (OPEN.includes(character)) open.push(character)
    else if (CLOSE.includes(character)) {
      close(open, character)
      if (open.length === 0) return at
    }
  }
  return -1
}

const isArrow = (text: string, at: number): boolean => text[at] === '>' && /[-=]/.test(text[at - 1] ?? '')

/** Removes the bracket that a closing one belongs to. `<` and `>` without the other are operators. */
function close(open: string[], closing: string): void {
  if (closing === '>') {
    if (open.at(-1) === '<') open.pop()
    return
  }
  while (open.at(-1) === '<') open.pop()
  open.pop()
}
