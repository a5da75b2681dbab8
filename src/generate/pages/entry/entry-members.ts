/** Writes the members and internal definitions that have no entry of their own. */

import type { RootContent } from 'mdast'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import type { Draft, Home } from '#generate/pages/draft.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, codeBlock, type Inline, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import type { Detail } from './entry.ts'
import { MAX_INTERNAL } from './member-line.ts'
import { memberList } from './member-list.ts'
import { memberNames } from './member-names.ts'
import { isShown, MAX_MEMBERS, membersToList } from './members-to-list.ts'
import { placeMembers } from './place-members.ts'
import { valueText } from './short-code.ts'

/** Limit on the names after the members of a list. */
const MAX_NAMES = 2_000

/**
 * Writes members without headings. In a list are public members; of an internal type, the fields of a struct, the exported members of
 * a class, or all members of any other type. The other members are in a collapsed section.
 */
export function writeMembers(
  writing: Writing,
  draft: Draft,
  members: Component[],
  home: Home,
  detail: Detail,
  owner = writing.repo.components.get(members[0]?.parent ?? ''),
): RootContent[] {
  const { repo, texts } = writing
  const isInternal = owner !== undefined && !isPublic(owner, repo)
  const isOfInternal = (one: Component): boolean =>
    owner?.kind === 'struct' ? one.kind === 'field' : owner?.kind !== 'class' || one.exported
  const shown = members.filter((one) => (isInternal ? isOfInternal(one) : isPublic(one, repo) && isShown(writing, one)))
  const known = new Set(shown)
  const hidden = members.filter((member) => !known.has(member))
  const listed = shown.slice(0, MAX_MEMBERS)
  const others = shown.slice(MAX_MEMBERS)
  const title = texts.entry.internalMembers(countListed(writing, hidden, detail))
  return [
    ...listMembers(writing, draft, listed, home, detail, owner),
    ...(others.length === 0 ? [] : [paragraph(...texts.entry.moreMembers(onlyNames(writing, draft, others, home)))]),
    ...(detail.maxUsers === 0 ? [] : valuesOf(writing, listed)),
    ...foldInternals(writing, draft, hidden, title, home, detail),
  ]
}

/** Internal definitions, one line each, in a collapsed section. */
export function foldInternals(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  title: string,
  home: Home,
  detail: Detail,
): RootContent[] {
  const others = components.slice(MAX_INTERNAL)
  const blocks = listMembers(writing, draft, components.slice(0, MAX_INTERNAL), home, detail)
  if (others.length > 0) {
    const names = onlyNames(writing, draft, others, home)
    blocks.push(paragraph(...writing.texts.entry.andNames(names)))
  }
  return blocks.length === 0 ? [] : fold(title, blocks)
}

/** The names of members beyond the limit of a list. */
function onlyNames(writing: Writing, draft: Draft, members: readonly Component[], home: Home): Inline[] {
  for (const member of members) placeMembers(writing, draft, member, home)
  return few(
    members.map(({ name }): Inline[] => [code(name)]),
    MAX_NAMES,
    writing.texts,
  )
}

/**
 * One line for each member that something describes and each public function, and one with the names of the others, except for fields
 * that the signature of the type or its constructor has.
 */
function listMembers(
  writing: Writing,
  draft: Draft,
  members: readonly Component[],
  home: Home,
  detail: Detail,
  whole?: Component,
): RootContent[] {
  const { owner = whole, withLine, named } = membersToList(writing, members, detail)
  const lines = new Set(withLine)
  for (const member of members) if (!lines.has(member)) placeMembers(writing, draft, member, home)
  return [
    ...(withLine.length === 0 ? [] : [memberList(writing, draft, withLine, detail)]),
    ...memberNames(writing, owner, named, withLine.length === 0 ? members : []),
  ]
}

/** Of the first members, those that a list omits are not counted. */
function countListed(writing: Writing, members: readonly Component[], detail: Detail): number {
  const { withLine, named } = membersToList(writing, members.slice(0, MAX_INTERNAL), detail)
  return withLine.length + named.length + Math.max(0, members.length - MAX_INTERNAL)
}

/** The values of attributes, one per line, in a collapsed section. */
function valuesOf({ repo, texts }: Writing, members: readonly Component[]): RootContent[] {
  // Names assigned together have the same value.
  const values = [...new Set(members.flatMap((member) => valueText(repo, member) ?? []))]
  const language = repo.files.get(members[0]?.file ?? '')?.language ?? null
  return values.length === 0
    ? []
    : fold(values.length === 1 ? texts.entry.value : texts.entry.values, [codeBlock(language, values.join('\n'))])
}
