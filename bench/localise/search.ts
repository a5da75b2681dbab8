/** What the ways to look for a file have in common. */

/** What one has read until a true file was read, or nothing more was left to read. */
export interface Search {
  isSolved: boolean
  calls: number
  tokens: number
  /** Files that were looked into. */
  files: number
}

/** Files that are looked into at most. */
export const MOST_FILES = 10

/** As the budgets of the tools estimate it. */
const CHARS_PER_TOKEN = 3.5
export const tokensOf = (text: string): number => Math.ceil(text.length / CHARS_PER_TOKEN)
