import type MiniSearch from 'minisearch'
import type { Options } from 'minisearch'

export interface Entry {
  title: string
  weight: number
  /** `page`, `section`, or that of a symbol. */
  kind: string
  /** Where it stands; may be empty. */
  file: string
}
export function wordsOf(text: string): string[]
export function partsOf(text: string): string[]
export function termsOf(text: string): string[]
export const INDEX_OPTIONS: Options
export function restored(saved: Record<string, unknown>, count: number): ReturnType<MiniSearch['toJSON']>
export function find(index: MiniSearch, entries: readonly Entry[], query: string, limit: number): number[]
