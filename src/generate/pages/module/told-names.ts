/** Describes several definitions by what the comments of the first few say, and names the others. */

import type { Component } from '#generate/model.ts'
import { isDiscouraged, isOptionsType, minor } from '#generate/pages/public-api/traits.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join } from '#markdown/build.ts'
import { names, nameWithPurpose, ownersOf } from './names-of-files.ts'
import { wordsOf } from './said-of.ts'
import { plainOf } from './subject-of-file.ts'

/** Limits on the definitions that are described, and on those among which they are. */
const MAX_TOLD = 3
const MAX_AMONG = 6
const MAX_AMONG_FILES = 12
/** Limit on the names before the first description. */
const MAX_BEFORE = 2
/** Limit on the characters of all descriptions. */
const MAX_CHARS = 400

/**
 * `last_word: Finds the last word. · extract_tables: Finds the tables. · find_prev, split and 4 more`; of many in several
 * files, one definition of each. Empty if none of the first is documented.
 *
 * @param components - The most important first.
 * @param others - The number of further definitions.
 */
export function toldNames(writing: Writing, components: readonly Component[], others = 0): Inline[] {
  const all = ownersOf(writing, components)
  const isOfSeveral = all.length > MAX_AMONG && new Set(all.map(({ file }) => file)).size > 1
  const told = new Map<Component, Inline[]>()
  const before: Component[] = []
  const files = new Set<string>()
  let left = MAX_CHARS
  const said = new Set<string>()
  for (const one of all.slice(0, isOfSeveral ? MAX_AMONG_FILES : MAX_AMONG)) {
    if (told.size === MAX_TOLD) break
    if (minor(one) > 0 || isOptionsType(one) || isDiscouraged(one) || one.name.startsWith('_')) continue
    const isOneOfMany = TYPES.has(one.kind) && components.filter(({ name }) => name === one.name).length > 1
    if (isOneOfMany || (isOfSeveral && files.has(one.file))) continue
    const comment = plainOf(wordsOf(writing.repo, one) ?? [])
    if (comment === '' && told.size === 0) before.push(one)
    // One comment may be above several definitions.
    if (comment === '' || said.has(comment)) continue
    const words = nameWithPurpose(writing, one)
    left -= plainOf(words).length
    if (left < 0 && told.size > 0) break
    said.add(comment)
    told.set(one, words)
    files.add(one.file)
  }
  if (told.size === 0) return []
  // What leads without a comment still does.
  const leading = before.slice(0, MAX_BEFORE)
  const rest = all.filter((one) => !told.has(one) && !leading.includes(one))
  const words = join(
    [names(writing, leading, false), ...told.values()].filter((part) => part.length > 0),
    ' · ',
  )
  const named = names(writing, rest, false, others)
  if (named.length > 0) return [...words, ' · ', ...named]
  return rest.length + others > 0 ? writing.texts.andMore(words, rest.length + others) : words
}
