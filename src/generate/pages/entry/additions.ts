/** Describes the members that files add to types of other files: by type for a file, and by file for a type. */

import type { RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { membersElsewhere, parentOf, TYPES } from '#generate/pages/tops.ts'
import { few, upTo } from '#generate/pages/words.ts'
import { isPublic, toFile, type Writing, within } from '#generate/pages/writing.ts'
import { code, type Inline, refLink, table } from '#markdown/build.ts'
import { implOf } from './implemented-traits.ts'

/** Limits on the names that one file adds, and on the files, in the entry of a type. */
const MAX_ADDED = 60
const MAX_FILES = 200

/** The added members by their type, in the order of the first member of each. */
export function byOwner({ repo }: Writing, added: readonly Component[]): Map<Component, Component[]> {
  const owners = new Map<Component, Component[]>()
  for (const member of added) {
    const owner = parentOf(member, repo.components)
    if (owner !== undefined) owners.set(owner, [...(owners.get(owner) ?? []), member])
  }
  return owners
}

/** Links to the members; overloads share one. */
function memberNames(members: readonly Component[]): Inline[][] {
  const byName = new Map(members.toReversed().map((member) => [member.name, member]))
  return [...byName.values()].reverse().map(({ id, name }) => [refLink(refTo.component(id), code(name))])
}

/** The public members, or all if none is public. */
function shownOf({ repo }: Writing, members: readonly Component[]): readonly Component[] {
  const shown = members.filter((member) => isPublic(member, repo))
  return shown.length > 0 ? shown : members
}

/** A table of the methods and values that other files add to a type, by file. Inner types are left out. */
export function elsewhereTable(writing: Writing, component: Component): RootContent[] {
  const { repo, texts } = writing
  const files = new Map<string, Component[]>()
  const elsewhere = membersElsewhere(repo, component).filter(
    (member) => !TYPES.has(member.kind) && implOf(repo, member) === undefined && !isHidden(writing, member),
  )
  for (const member of shownOf(writing, elsewhere)) files.set(member.file, [...(files.get(member.file) ?? []), member])
  if (files.size === 0) return []
  const folder = repo.leaves.get(component.file)?.path ?? ''
  const rowOf = ([path, own]: [string, Component[]]): Inline[][] => [
    toFile(path, within(folder, path)),
    few(memberNames(own), MAX_ADDED, texts),
  ]
  return upTo([...files], MAX_FILES, texts, (first) => table([...texts.module.fileHeads], first.map(rowOf)))
}
