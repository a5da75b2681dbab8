/** Describes several definitions by what the comments of the first few say, and names the others. */

import type { Component } from '#generate/model.ts'
import { minor } from '#generate/pages/public-api/traits.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join } from '#markdown/build.ts'
import { names, nameWithPurpose, ownersOf } from './names-of-files.ts'
import { wordsOf } from './said-of.ts'
import { plainOf } from './subject-of-file.ts'

/** Limits on the definitions that are described, and on those among which they are. */
const MAX_TOLD = 3
const MAX_AMONG = 6
/** Limit on the characters of all descriptions. */
const MAX_CHARS = 320

/**
 * `last_word: Finds the last word. · extract_tables: Finds the tables. · 6 more`; of several files, one definition of each. Empty if
 * none of the first is documented.
 *
 * @param components - The most important first.
 * @param others - The number of further definitions.
 */
export function toldNames(writing: Writing, components: readonly Component[], others = 0): Inline[] {
  const all = ownersOf(writing, components)
  const isOfSeveral = new Set(all.map(({ file }) => file)).size > 1
  const told = new Map<Component, Inline[]>()
  const files = new Set<string>()
  let left = MAX_CHARS
  for (const one of isOfSeveral ? all : all.slice(0, MAX_AMONG)) {
    if (told.size === MAX_TOLD) break
    if (minor(one) > 0 || one.name.startsWith('_') || (isOfSeveral && files.has(one.file))) continue
    const words = wordsOf(writing.repo, one) === null ? [] : nameWithPurpose(writing, one)
    const length = plainOf(words).length
    if (length === 0 || length > left) continue
    left -= length
    told.set(one, words)
    files.add(one.file)
  }
  if (told.size === 0) return []
  const rest = all.filter((one) => !told.has(one))
  const words = join([...told.values()], ' · ')
  const named = names(writing, rest, false, others)
  if (named.length > 0) return [...words, ' · ', ...named]
  return rest.length + others > 0 ? writing.texts.andMore(words, rest.length + others) : words
}
