/** Types of the exports of `words.js` that TypeScript uses; keep both in step. */

import type MiniSearch from 'minisearch'
import type { Options } from 'minisearch'

export function wordsOf(text: string): string[]
export function partsOf(text: string): string[]
export const STOP_WORDS: ReadonlySet<string>
export function equivalentsOf(word: string): string[]
export function rootOf(word: string): string
export function isPlural(a: string, b: string): boolean
export function isForm(a: string, b: string): boolean
export function termsOf(text: string): string[]
export const INDEX_OPTIONS: Options
export function restored(saved: Record<string, unknown>, count: number): ReturnType<MiniSearch['toJSON']>
