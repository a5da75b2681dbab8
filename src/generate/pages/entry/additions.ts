/** Describes the members that files add to types of other files. */

import type { RootContent } from 'mdast'
import { push } from '#base/multimap.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { membersElsewhere, parentOf, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, paragraph, refLink } from '#markdown/build.ts'

/** Limit on the names in the entry of a type. */
const MAX_ADDED = 60

/** The added members by their type, in the order of the first member of each. */
export function byOwner({ repo }: Writing, added: readonly Component[]): Map<Component, Component[]> {
  const owners = new Map<Component, Component[]>()
  for (const member of added) {
    const owner = parentOf(member, repo.components)
    if (owner !== undefined) push(owners, owner, member)
  }
  return owners
}

/** Links to the members; overloads share one. */
function memberNames(members: readonly Component[]): Inline[][] {
  const byName = new Map(members.toReversed().map((member) => [member.name, member]))
  return [...byName.values()].reverse().map(({ id, name }) => [refLink(refTo.component(id), code(name))])
}

/** The public members, or all of a type that is not public. */
function shownOf({ repo }: Writing, type: Component, members: readonly Component[]): readonly Component[] {
  return isPublic(type, repo) ? members.filter((member) => isPublic(member, repo)) : members
}

/** Whether it is a Rust method without `pub`, such as those of trait implementations. */
const isOfTrait = ({ file, signature }: Component): boolean => file.endsWith('.rs') && !signature.startsWith('pub')

/**
 * One line of links to the methods and values that other files add to a type. Left out are inner types, destructors, defaulted and
 * deleted members, methods of traits, and hidden members.
 */
export function membersInOtherFiles(writing: Writing, component: Component): RootContent[] {
  const { repo, texts } = writing
  const elsewhere = membersElsewhere(repo, component).filter(
    (member) =>
      !TYPES.has(member.kind) &&
      !member.name.startsWith('~') &&
      !/= ?(?:default|delete);?$/.test(member.signature) &&
      !isOfTrait(member) &&
      !isHidden(writing, member),
  )
  const names = memberNames(shownOf(writing, component, elsewhere))
  return names.length === 0 ? [] : [paragraph(...texts.entry.moreMembers(few(names, MAX_ADDED, texts)))]
}
