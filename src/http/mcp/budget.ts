/** Keeps answers within a budget of tokens of a model, which are estimated. */

/** Characters of code and English in a token, on the low side. */
const CHARS_PER_TOKEN = 3.5

export const charsIn = (tokens: number): number => Math.floor(tokens * CHARS_PER_TOKEN)

/**
 * Shorten the lists of an answer until its JSON has at most so many characters; at least one item of each stays. Lists
 * share the room equally, and what one does not need is left to the next.
 *
 * @returns The answer, and how many items of each list are left.
 */
export function fitLists<T extends Record<string, unknown>>(
  answer: T,
  names: readonly (keyof T & string)[],
  maxChars: number,
): { answer: T; kept: Record<string, number>; isCut: boolean } {
  const fitted: Record<string, unknown> = { ...answer }
  for (const name of names) fitted[name] = []
  let room = maxChars - JSON.stringify(fitted).length
  let isCut = false
  const kept: Record<string, number> = {}
  for (const [index, name] of names.entries()) {
    const items = answer[name] as unknown[]
    let share = Math.floor(room / (names.length - index))
    const taken: unknown[] = []
    for (const item of items) {
      const length = JSON.stringify(item).length + 1
      if (length > share && taken.length > 0) break
      share -= length
      room -= length
      taken.push(item)
    }
    fitted[name] = taken
    kept[name] = taken.length
    isCut ||= taken.length < items.length
  }
  return { answer: fitted as T, kept, isCut }
}

/** Where to cut a text of more than so many characters: before a heading, after a paragraph or a line, in this order. */
export function cutAt(text: string, maxChars: number): number {
  if (text.length <= maxChars) return text.length
  const part = text.slice(0, maxChars)
  // No place too early: most of the budget is used.
  const least = maxChars / 2
  const heading = part.lastIndexOf('\n#')
  if (heading >= least) return heading + 1
  const paragraph = part.lastIndexOf('\n\n')
  if (paragraph >= least) return paragraph + 2
  const line = part.lastIndexOf('\n')
  if (line >= least) return line + 1
  // Never between the halves of a character.
  return /[\ud800-\udbff]/.test(part.at(-1) ?? '') ? maxChars - 1 : maxChars
}
