import type MiniSearch from 'minisearch'

export interface Entry {
  title: string
  weight: number
  /** `page`, `section`, or that of a symbol. */
  kind: string
  /** Where it stands; may be empty. */
  file: string
  /** The beginning of what it says. */
  text?: string
}
export function find(
  index: MiniSearch,
  entries: readonly Entry[],
  query: string,
  limit: number,
  tally?: { work: number },
): number[]
