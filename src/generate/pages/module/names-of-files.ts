/** A definition that stands for a file or a module, with what is said of it; names alone say nothing. */

import type { Component } from '#generate/model.ts'
import { memberNames } from '#generate/pages/entry/additions.ts'
import { membersElsewhere, ownMembers, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { docSentence, isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { type Inline, join, paragraph, plainText } from '#markdown/build.ts'
import { purposeOfName } from './said-of.ts'

const MAX_NAMES = 5
const MAX_REASON = 120
/** Members of a type that stand in one of its files. */
const MAX_HERE = 6

/** `Plan: the orbits that are flown`; nothing where nothing is said of it. */
export function nameWithWords(writing: Writing, component: Component): Inline[] {
  const said = purposeOfName(writing, component)
  const here = membersHere(writing, component)
  if (said.length > 0) return [...toEntry(component), writing.texts.colon, ...said, ...here]
  return here.length > 0 ? [...toEntry(component), ...here] : []
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
