/** Writes the names of members that have no line of their own, together on one line. */

import type { Paragraph } from 'mdast'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { few } from '#generate/pages/words.ts'
import { toEntry, type Writing } from '#generate/pages/writing.ts'
import { readValue } from '#generate/signature-values.ts'
import { code, type Inline, paragraph } from '#markdown/build.ts'
import { typeCell } from './entry-details.ts'
import { variantWithData, withNamespace } from './member-line.ts'
import { isEnumValue, MAX_MEMBERS } from './members-to-list.ts'
import { nameWithMembers } from './name-with-members.ts'
import { fieldMacros, hasMadeItems } from './short-code.ts'

/** Limit on the type of a field that nothing describes, in characters. */
const MAX_TYPE = 120

/**
 * The names of `bare` and of macros that declare further fields, with all values of an enum on a line of their own.
 *
 * @param all - All members of the list if none of them has a line; otherwise empty.
 */
export function memberNames(
  writing: Writing,
  owner: Component | undefined,
  bare: readonly Component[],
  all: readonly Component[],
): Paragraph[] {
  const { repo, texts } = writing
  // Macros that declare fields are named even if no other member is left.
  const macros = new Set(owner === undefined ? [] : fieldMacros(repo, owner))
  const values = allValues(repo, owner, bare)
  const others = values.length === 0 ? bare : bare.filter((member) => !isEnumValue(member))
  const names = [...namesIn(writing, others), ...[...macros].map((name) => macroLabel(writing, name))]
  return [
    ...(values.length === 0
      ? []
      : [paragraph(texts.entry.values, texts.colon, ...few(namesIn(writing, values), MAX_MEMBERS, texts))]),
    ...(names.length === 0 ? [] : [namesOf(writing, owner, values.length === 0 ? all : [], names)]),
  ]
}

/** The values of an enum, if none of them has a line of its own. */
function allValues(repo: RepoIndex, owner: Component | undefined, bare: readonly Component[]): readonly Component[] {
  if (owner?.kind !== 'enum' || hasMadeItems(repo, owner)) return []
  const values = bare.filter(isEnumValue)
  return values.length === (repo.members.get(owner.id) ?? []).filter(isEnumValue).length ? values : []
}

/** One label per name, with the namespace that it is declared in. */
function namesIn(writing: Writing, members: readonly Component[]): Inline[][] {
  const byName = new Map<string, Component[]>()
  for (const member of members) push(byName, withNamespace(writing.repo, member, member.name), member)
  return [...byName.values()].map((same) => shortLabel(writing, same))
}

/** The names of members without a line, introduced as all members of their owner if they are. */
function namesOf(
  { repo, texts }: Writing,
  owner: Component | undefined,
  members: readonly Component[],
  names: Inline[][],
): Paragraph {
  const words = few(names, MAX_MEMBERS, texts)
  const isAll = owner !== undefined && members.length === (repo.members.get(owner.id) ?? []).length
  return isAll && owner.kind !== 'enum'
    ? paragraph(...texts.entry.members(words))
    : paragraph(texts.file.alsoDefined, texts.colon, ...words)
}

/** The name, and the type of a field if it is short. @param same - Members of one name; the first one stands for all. */
function shortLabel(writing: Writing, same: readonly Component[]): Inline[] {
  const { repo } = writing
  const [member] = same
  if (member === undefined) return []
  const { name, signature, kind, file, condition } = member
  const when: Inline[] = condition === undefined || same.length > 1 ? [] : [' (', code(condition), ')']
  const head = nameWithMembers(writing, same, variantWithData(repo, member) || withNamespace(repo, member, name))
  const said = kind === 'field' ? readValue(signature, name, repo.files.get(file)?.language ?? '') : null
  if (said === null || said.type === '' || said.type.length > MAX_TYPE) return [...head, ...when]
  return [...head, said.isOptional ? '? ' : ' ', ...typeCell(writing, member, said.type), ...when]
}

/** A macro that declares further members, with its entry if there is exactly one of its name. */
function macroLabel({ repo, texts }: Writing, name: string): Inline[] {
  const [macro, ...others] = macrosByName(repo).get(name) ?? []
  const label = macro === undefined || others.length > 0 ? [code(name)] : toEntry(macro)
  return [...label, ` (${texts.kinds.macro})`]
}

const macrosByName = memoized((repo: RepoIndex): ReadonlyMap<string, readonly Component[]> => {
  const found = new Map<string, Component[]>()
  for (const one of repo.components.values()) if (one.kind === 'macro') push(found, one.name, one)
  return found
})
