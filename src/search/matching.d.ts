import type MiniSearch from 'minisearch'

export interface Entry {
  title: string
  weight: number
  /** `page`, `section`, or the kind of a symbol. */
  kind: string
  /** The file that contains it; may be empty. */
  file: string
  /** The beginning of its text. */
  text?: string
}
export function find(
  index: MiniSearch,
  entries: readonly Entry[],
  query: string,
  limit: number,
  tally?: { work: number },
): number[]
