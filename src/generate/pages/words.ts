/** Wording of lists that are cut, and of values with spaces. */

import type { RootContent } from 'mdast'
import { type Inline, join, paragraph } from '#markdown/build.ts'
import type { Texts } from './texts/texts.ts'

/**
 * The first items with commas, and a note if there are more. A single further item is listed instead of the note.
 *
 * @param others - Number of items that are not in the list.
 */
export function few(items: Inline[][], max: number, texts: Texts, others = 0): Inline[] {
  const end = items.length === max + 1 ? items.length : max
  const shown = join(items.slice(0, end), texts.comma)
  const left = Math.max(0, items.length - end) + others
  return left > 0 ? texts.andMore(shown) : shown
}

/** The same for blocks: those of the first items, and a line with the number of further ones. */
export function upTo<T>(
  all: readonly T[],
  max: number,
  texts: Texts,
  write: (first: T[]) => RootContent,
): RootContent[] {
  const first = all.slice(0, max)
  return [write(first), ...(all.length > max ? [paragraph(texts.more(all.length - max))] : [])]
}

/** A value that begins or ends with a space in quotes. */
export const withSpaces = (value: string): string => (/^\s|\s$/.test(value) ? `"${value}"` : value)
