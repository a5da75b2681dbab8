/** Splits the types of doc comments. */

/** The parts between separators outside brackets, trimmed. */
export function splitTypes(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '>' && /[-=]/.test(text[at - 1] ?? '')) continue
    if ('<{('.includes(character)) depth++
    else if ('>})'.includes(character)) depth--
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  return [...parts, text.slice(from).trim()]
}
