/**
 * Searches for text that a repository or a client chooses. V8 needs time that grows with the product of both lengths for crafted
 * texts, in one native call, which no time limit can interrupt; so the text that is searched for is bounded.
 */

/**
 * Maximum number of characters of a text that is searched for. At this length, a search in a million takes at most about
 * 0.3 s.
 */
export const MAX_NEEDLE = 1_000

/** Like `indexOf`; -1 for a needle longer than `MAX_NEEDLE`. */
export const findText = (text: string, needle: string, from = 0): number =>
  needle.length > MAX_NEEDLE ? -1 : text.indexOf(needle, from)

/** Like `includes`; false for a needle longer than `MAX_NEEDLE`. */
export const hasText = (text: string, needle: string): boolean => findText(text, needle) >= 0

/** The offset after the next `mark`, or the end of the text. */
export function endAfter(text: string, mark: string, from: number): number {
  const at = findText(text, mark, from)
  return at < 0 ? text.length : at + mark.length
}
