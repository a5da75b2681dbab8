/** Keeps uncollected garbage from doubling the memory of a large job. */

import { setFlagsFromString } from 'node:v8'

/** Analysing more characters than this takes a heap of several hundred megabytes. */
const MANY_CHARACTERS = 10_000_000
const GROWTH_PERCENT = 20

/**
 * From now on, the heaps of a large job may grow by 20 % of what is in use until garbage is collected; by V8's default they
 * may grow by up to 300 %.
 *
 * @param characters - The number of characters of code that are analysed.
 */
export function limitHeapGrowth(characters: number): void {
  if (characters > MANY_CHARACTERS) setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
}
