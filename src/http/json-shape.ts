/**
 * The shape of a JSON text, judged in one pass before it is parsed: to parse what is nested deeply, or has very many values,
 * takes a hundred times longer than to read it. Says nothing of whether it is JSON.
 */

/** What a text may be made of. */
export interface ShapeLimits {
  /** Arrays and objects within one another. */
  depth: number
  /** Members of an array that is the whole text. */
  items: number
  /** Members of any other array or object. */
  members: number
  /** Commas, colons, arrays and objects in all. */
  marks: number
}

const QUOTE = 34
const BACKSLASH = 92

/** @returns What is too much, in words; `undefined` when nothing is. */
export function excessOf(text: string, { depth, items, members, marks }: ShapeLimits): string | undefined {
  const counts: number[] = []
  let seen = 0
  let isArray = false
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(text, at)
        break
      case 91: // [
      case 123: // {
        if (counts.length === 0) isArray = text.charCodeAt(at) === 91
        if (counts.push(1) > depth) return `nested more than ${depth} deep`
        seen++
        break
      case 93: // ]
      case 125: // }
        counts.pop()
        break
      case 44: {
        // ,
        seen++
        const most = counts.length === 1 && isArray ? items : members
        const count = (counts.pop() ?? 1) + 1
        if (count > most) return `more than ${most} members in one ${most === items ? 'array' : 'array or object'}`
        counts.push(count)
        break
      }
      case 58: // :
        seen++
        break
    }
    if (seen > marks) return `more than ${marks} values`
  }
  return undefined
}

/** The place of the quote that ends the text which begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at++
  }
  return text.length
}
