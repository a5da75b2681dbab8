/** Keeps answers within a budget of model tokens, which are estimated. */

/** Characters per token of code and English, a low estimate. */
const CHARS_PER_TOKEN = 3.5

export const charsIn = (tokens: number): number => Math.floor(tokens * CHARS_PER_TOKEN)

/**
 * Shorten the lists of an answer until its JSON has at most `maxChars` characters; at least one item of each list stays. Lists
 * share the room equally, and room that a list does not need is left to the next.
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

/** Where to cut a text longer than `maxChars`: before a heading, after a paragraph or after a line, in order of preference. */
export function cutAt(text: string, maxChars: number): number {
  if (text.length <= maxChars) return text.length
  const part = text.slice(0, maxChars)
  // Do not cut before half of the budget is used.
  const least = maxChars / 2
  const heading = part.lastIndexOf('\n#')
  if (heading >= least) return heading + 1
  const paragraph = part.lastIndexOf('\n\n')
  if (paragraph >= least) return paragraph + 2
  const line = part.lastIndexOf('\n')
  if (line >= least) return line + 1
  // Never split a surrogate pair.
  return /[\ud800-\udbff]/.test(part.at(-1) ?? '') ? maxChars - 1 : maxChars
}
