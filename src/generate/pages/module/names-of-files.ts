/** The main names of files in a cell: the first with what it is, the others by name, and how many more there are. */

import type { Component } from '#generate/model.ts'
import { memberNames } from '#generate/pages/entry/additions.ts'
import { saidInReadme } from '#generate/pages/readme/readme-rows.ts'
import { membersElsewhere, ownMembers, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { docSentence, isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { saidOf, wordsOf } from './said-of.ts'

export const MAX_NAMES = 5
const MAX_REASON = 120
/** Members of a type that stand in one of its files. */
const MAX_HERE = 6

/**
 * @param names - Those that may be named, the best first.
 * @param total - How many there are with those that are not.
 */
export function namesWithSentence(writing: Writing, names: readonly Component[], total: number): Inline[] {
  const { texts, survey } = writing
  const counts = new Map<string, number>()
  for (const { qualifiedName } of names) counts.set(qualifiedName, (counts.get(qualifiedName) ?? 0) + 1)
  const label = (component: Component): Inline[] => {
    const { qualifiedName, file } = component
    const entry = toEntry(component)
    const isOne = counts.get(qualifiedName) === 1 || component.label !== undefined
    return isOne ? entry : [...entry, ` (${nameOf(file)})`]
  }
  const [told] = names
  const sentence = told === undefined ? null : (wordsOf(survey, told) ?? saidInReadme(writing, told))
  const listed = (some: readonly Component[], max: number, left: number): Inline[] => {
    const shown = join(some.slice(0, max).map(label), texts.comma)
    return left > 0 ? texts.andMore(shown, left) : shown
  }
  if (told === undefined || sentence === null)
    return listed(names, MAX_NAMES, total - Math.min(MAX_NAMES, names.length))
  const rest = names.filter((one) => one !== told)
  const left = total - 1 - Math.min(MAX_NAMES - 1, rest.length)
  return [
    ...label(told),
    texts.colon,
    ...sentence,
    ...(rest.length === 0 ? [] : texts.module.alsoHolds(listed(rest, MAX_NAMES - 1, left))),
  ]
}

/** The only definition of a file: with its words, or what it is made from and has; nothing that only repeats the file's name. */
export function nameWithShape(writing: Writing, component: Component): Inline[] {
  const said = saidOf(writing, component)
  const here = membersHere(writing, component)
  if (said.length > 0) return [...toEntry(component), writing.texts.colon, ...said, ...here]
  if (here.length > 0) return [...toEntry(component), ...here]
  return nameOf(component.file).replace(/\.\w+$/, '') === component.name ? [] : toEntry(component)
}

/** Where most of a type stands in other files, its words are of the whole: what of it stands here. */
function membersHere({ survey, texts }: Writing, component: Component): Inline[] {
  const isMember = ({ kind }: Component): boolean => !TYPES.has(kind)
  const here = ownMembers(survey, component).filter((member) => isMember(member) && isPublic(member, survey))
  if (here.length === 0 || membersElsewhere(survey, component).filter(isMember).length < here.length) return []
  return [' · ', ...texts.module.here(few(memberNames(here), MAX_HERE, texts))]
}

/** Names of what is not to be used any more, with what is said of that. */
export function deprecatedNames({ texts }: Writing, names: readonly Component[], total: number): Inline[] {
  const items = names.slice(0, MAX_NAMES).map((component): Inline[] => {
    const reason = docSentence(component.details?.deprecated)
    const text = reason === null ? '' : plainText(paragraph(...reason)).replace(/\.$/, '')
    return text === '' || text.length > MAX_REASON ? toEntry(component) : [...toEntry(component), ` (${text})`]
  })
  const shown = join(items, texts.comma)
  const left = total - items.length
  return texts.module.deprecated(left > 0 ? texts.andMore(shown, left) : shown)
}
