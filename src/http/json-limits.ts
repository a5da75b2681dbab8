/**
 * Checks the shape of a JSON text in one pass before it is parsed: parsing deeply nested texts or very many values takes a
 * hundred times longer than scanning them. It does not check that the text is valid JSON.
 */

/** The limits of a JSON text. */
export interface ShapeLimits {
  /** Maximum nesting depth. */
  depth: number
  /** Maximum number of items in a top-level array. */
  items: number
  /** Maximum number of members in any other array or object. */
  members: number
  /** Maximum total of commas, colons, arrays and objects. */
  tokens: number
}

const QUOTE = 34
const BACKSLASH = 92

/** @returns A description of the exceeded limit, or `undefined`. */
export function excessOf(text: string, { depth, items, members, tokens }: ShapeLimits): string | undefined {
  const counts: number[] = []
  let tokenCount = 0
  let isArray = false
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(text, at)
        break
      case 91: // [
      case 123: // {
        if (counts.length === 0) isArray = text.charCodeAt(at) === 91
        if (counts.push(1) > depth) return `nested more than ${depth} levels deep`
        tokenCount++
        break
      case 93: // ]
      case 125: // }
        counts.pop()
        break
      case 44: {
        // ,
        tokenCount++
        const max = counts.length === 1 && isArray ? items : members
        const count = (counts.pop() ?? 1) + 1
        if (count > max) return `more than ${max} members in one ${max === items ? 'array' : 'array or object'}`
        counts.push(count)
        break
      }
      case 58: // :
        tokenCount++
        break
    }
    if (tokenCount > tokens) return `more than ${tokens} values`
  }
  return undefined
}

/** The position of the quote that ends the string starting at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at++
  }
  return text.length
}
