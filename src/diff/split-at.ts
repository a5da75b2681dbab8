/** Splits text at separators outside of brackets. Pure. */

const OPEN = '([{<'
const CLOSE = ')]}>'

/** Parts between separators that are outside of brackets. */
export function splitAt(text: string, separator: string): string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '>' && /[-=]/.test(text[at - 1] ?? '')) continue
    if (OPEN.includes(character)) depth++
    else if (CLOSE.includes(character)) depth--
    else if (depth === 0 && character === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim())
}
