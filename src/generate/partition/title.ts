/** Titles with words that are not from the repository: in English, for sorting, and in other languages. */

import type { TitleWords } from '#generate/model.ts'

export type Title = (words: TitleWords) => string

export interface Titled {
  title: string
  /** Makes the title in another language. Absent if every word is from the repository. */
  titleIn?: Title | undefined
}

const ENGLISH: TitleWords = {
  of: (name, label) => `${name}: ${label}`,
  range: (from, to) => `${from} to ${to}`,
  names: (names) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
  namesAndMore: (names, more) => `${names.join(', ')} and ${more} more`,
  andMore: (name) => `${name} and more`,
  topLevel: 'top level',
  topFiles: 'Top-level files',
  topTests: 'Top-level tests and examples',
  tools: 'Build and tools',
}

export function titled(titleIn: Title): Titled {
  return { title: titleIn(ENGLISH), titleIn }
}

/** The same title with something around it. */
export function retitled({ title, titleIn }: Titled, change: (title: string) => string): Titled {
  return titleIn === undefined ? { title: change(title) } : titled((words) => change(titleIn(words)))
}
