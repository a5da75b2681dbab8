/** Lists the inherited public members of a class that has no public methods of its own. */

import type { RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { refTo } from '#generate/pages/draft.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { ownMembers } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, paragraph, refLink } from '#markdown/build.ts'
import { isFunction } from './entry-members.ts'

const MAX_TYPES = 6
const MAX_NAMES = 12

/** One line for each base type that has public members, such as `parse, match (from RegexBasedAbstract)`. */
export function inheritedMembers(writing: Writing, component: Component): RootContent[] {
  const { repo, texts } = writing
  const members = ownMembers(repo, component)
  if (component.kind !== 'class' || callable(writing, component).length > 0) return []
  const seen = new Set(members.map(({ name }) => name))
  const types = new Set([component])
  const blocks: RootContent[] = []
  for (const type of types) {
    for (const id of repo.bases.get(type.id) ?? []) {
      const base = repo.components.get(id)
      if (base !== undefined && types.size < MAX_TYPES && base.kind !== 'interface') types.add(base)
    }
    if (type === component) continue
    const own = usable(writing, type).filter((one) => !seen.has(one.name) && !isConstructor(repo, one))
    for (const { name } of own) seen.add(name)
    const names = [...new Map(own.map((one) => [one.name, one])).values()].map(({ id, name }): Inline[] => [
      refLink(refTo.component(id), code(name)),
    ])
    if (names.length > 0)
      blocks.push(
        paragraph(...few(names, MAX_NAMES, texts), ' (', ...texts.entry.from([toNamesake(writing, type)].flat()), ')'),
      )
  }
  return blocks
}

const callable = (writing: Writing, type: Component): Component[] => usable(writing, type).filter(isFunction)

function usable({ repo }: Writing, type: Component): Component[] {
  return ownMembers(repo, type).filter(
    (member) =>
      (isFunction(member) || member.kind === 'field') && member.visibility === 'public' && !member.name.startsWith('#'),
  )
}
