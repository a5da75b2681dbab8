/** Writes the cell of the overview that tells what a public name is: its sentence, otherwise the methods of a type. */

import type { Writing } from '#generate/pages/writing.ts'
import type { Inline } from '#markdown/build.ts'
import { memberNames } from './index-signature.ts'
import type { PublicName } from './public-names.ts'
import { rowWords } from './row-words.ts'

/** A type with fewer methods is not described by their names. */
const MIN_METHODS = 3
/** Limit on the methods in a cell. */
const MAX_METHODS = 6

/** Empty if nothing is known of the name. */
export function rowCell(writing: Writing, one: PublicName): Inline[] {
  const words = rowWords(writing, one)
  if (words.length > 0 || one.component === null) return words
  const members = memberNames(writing, one.component, MAX_METHODS, MAX_METHODS)
  return members.filter(isMethod).length < MIN_METHODS ? [] : members
}

const isMethod = (one: Inline): boolean =>
  typeof one !== 'string' && one.type === 'inlineCode' && one.value.endsWith('()')
