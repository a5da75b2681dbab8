/** Keeps answers within a budget of model tokens, which are estimated. */

/** Characters per token of code and English, a low estimate. */
const CHARS_PER_TOKEN = 3.5

export const charsIn = (tokens: number): number => Math.floor(tokens * CHARS_PER_TOKEN)

/**
 * Shorten the lists of an answer until its JSON has at most `maxChars` characters; at least one item of each list stays. Lists
 * share the room equally, and room that a list does not need is passed on to the others.
 *
 * @returns The answer, and how many items of each list were kept.
 */
export function fitLists<T extends Record<string, unknown>>(
  answer: T,
  names: readonly (keyof T & string)[],
  maxChars: number,
): { answer: T; kept: Record<string, number>; isCut: boolean } {
  const fitted: Record<string, unknown> = { ...answer }
  for (const name of names) fitted[name] = []
  const listOf = (of: Record<string, unknown>, name: string): unknown[] => of[name] as unknown[]
  const take = (name: string, share: number): void => {
    const taken = listOf(fitted, name)
    for (const item of listOf(answer, name).slice(taken.length)) {
      const length = JSON.stringify(item).length + Math.sign(taken.length)
      if (length > share && taken.length > 0) break
      share -= length
      room -= length
      taken.push(item)
    }
  }
  let room = maxChars - JSON.stringify(fitted).length
  let isCut = false
  const kept: Record<string, number> = {}
  for (const [index, name] of names.entries()) {
    take(name, Math.floor(room / (names.length - index)))
  }
  for (const name of names) {
    take(name, room)
    isCut ||= listOf(fitted, name).length < listOf(answer, name).length
    kept[name] = listOf(fitted, name).length
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
