/** Lists members and internal definitions that have no entry of their own. The text of a line: member-line.ts. */

import type { BlockContent, List, Paragraph, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { type Draft, type Home, refTo } from '#generate/pages/draft.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS } from '#generate/pages/script-languages.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { ownMembers, TYPES } from '#generate/pages/tops.ts'
import { few, MAX_SENTENCE } from '#generate/pages/words.ts'
import { docBlocks, toEntry, type Writing } from '#generate/pages/writing.ts'
import { readValue } from '#generate/signature-values.ts'
import { code, codeBlock, type Inline, list, oneLine, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import type { Detail } from './entry.ts'
import { detailBlocks, isDocumented, typeCell } from './entry-details.ts'
import { fieldWords } from './field-words.ts'
import { docSource } from './inherited-doc.ts'
import {
  hasSignatureRow,
  isFunction,
  listedInside,
  MAX_INTERNAL,
  marksOf,
  memberLine,
  overloadsBelow,
  variantWithData,
  withNamespace,
} from './member-line.ts'
import { nameWithMembers } from './name-with-members.ts'
import { isDescribed, isTrivial } from './own-words.ts'
import { fieldMacros, hasMadeItems, valueText } from './short-code.ts'
import { constructorsOf } from './shown-constructors.ts'

export const MAX_MEMBERS = 400
/** Limit on the comment of a value in a list, in characters; longer ones get a heading. */
export const MAX_VALUE_DOC = 800
/** Limit on the members of plain data that are in one list. */
const MAX_FIELDS = 30
/** Limit on the depth of types whose functions are listed below each other. */
const MAX_DEPTH = 2
/** Limit on the type of a field that nothing describes, in characters. */
const MAX_TYPE = 120
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu
/** In Kotlin only `val size: Int` in a head declares a field. */
const KOTLIN_FIELD = /(?<=\bva[lr] )[\p{L}_][\p{L}\p{N}_]*/gu
/** In C#, a property may have the name of its type: `Map map` in a head declares `map`. */
const CSHARP_FIELD = /(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*(?=\s?[,)=])/gu
const HEAD_FIELDS: ReadonlyMap<string, RegExp> = new Map([
  ['.cs', CSHARP_FIELD],
  ['.kt', KOTLIN_FIELD],
])
/** Limit on the comment of an internal definition, in characters. */
const MAX_INTERNAL_DOC = 2_000

/** Makes links to the members of a component point to its own entry. @returns The component and its members. */
export function placeMembers(writing: Writing, draft: Draft, component: Component, home: Home): Component[] {
  const inside = [component]
  for (const next of inside) {
    draft.homes.set(refTo.component(next.id), home)
    append(inside, ownMembers(writing.repo, next))
  }
  return inside
}

/** Internal definitions, one line each, in a collapsed section. */
export function foldInternals(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  what: string,
  home: Home,
  detail: Detail,
): RootContent[] {
  const { texts } = writing
  if (components.length === 0) return []
  const rest = components.slice(MAX_INTERNAL).map((component): Inline[] => [code(component.name)])
  const more = rest.length === 0 ? [] : [paragraph(...texts.entry.andNames(few(rest, 2_000, texts)))]
  for (const component of components.slice(MAX_INTERNAL)) placeMembers(writing, draft, component, home)
  const blocks = [...listMembers(writing, draft, components.slice(0, MAX_INTERNAL), home, detail), ...more]
  return blocks.length === 0 ? [] : fold(what, blocks)
}

/** Whether a member is exported and not marked as internal, unless its owner is, too. */
export function isShown(writing: Writing, member: Component): boolean {
  const owner = writing.repo.components.get(member.parent ?? '')
  return member.exported && (!isHidden(writing, member) || owner === undefined || isHidden(writing, owner))
}

/** Writes members without a heading: public ones and the fields of internal structs in a list, internal ones in a collapsed section. */
export function writeMembers(
  writing: Writing,
  draft: Draft,
  members: Component[],
  home: Home,
  detail: Detail,
  owner = writing.repo.components.get(members[0]?.parent ?? ''),
): RootContent[] {
  const { repo, texts } = writing
  const isInternalData = owner?.kind === 'struct' && !isPublic(owner, repo)
  const shown = members.filter(
    (one) => (isPublic(one, repo) && isShown(writing, one)) || (isInternalData && one.kind === 'field'),
  )
  const known = new Set(shown)
  const hidden = members.filter((member) => !known.has(member))
  const blocks = listMembers(writing, draft, shown.slice(0, MAX_MEMBERS), home, detail, owner)
  if (shown.length > MAX_MEMBERS) {
    for (const member of shown.slice(MAX_MEMBERS)) placeMembers(writing, draft, member, home)
    const names = shown.slice(MAX_MEMBERS).map((member): Inline[] => [code(member.name)])
    blocks.push(paragraph(...texts.entry.moreMembers(few(names, 2_000, texts))))
  }
  return [
    ...blocks,
    ...(detail.maxUsers === 0 ? [] : valuesOf(writing, shown.slice(0, MAX_MEMBERS))),
    ...foldInternals(
      writing,
      draft,
      hidden,
      texts.entry.internalMembers(countListed(writing, hidden, detail)),
      home,
      detail,
    ),
  ]
}

/** Of the first members, those that a list omits are not counted. */
function countListed(writing: Writing, members: readonly Component[], detail: Detail): number {
  const { told, bare } = membersToList(writing, members.slice(0, MAX_INTERNAL), detail)
  return told.length + bare.length + Math.max(0, members.length - MAX_INTERNAL)
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
  const { repo, texts } = writing
  const { owner = whole, told, bare } = membersToList(writing, members, detail)
  const known = new Set(told)
  for (const member of members) if (!known.has(member)) placeMembers(writing, draft, member, home)
  // Macros that declare fields are named even if no other member is left.
  const macros = new Set(owner === undefined ? [] : fieldMacros(repo, owner))
  const values = allValues(repo, owner, bare)
  const others = bare.filter((member) => !values.includes(member))
  const names = [...namesIn(writing, others), ...[...macros].map((name) => macroLabel(writing, name))]
  const isAll = told.length === 0 && values.length === 0
  return [
    ...(told.length === 0 ? [] : [memberList(writing, draft, told, detail)]),
    ...(values.length === 0
      ? []
      : [paragraph(texts.entry.values, texts.colon, ...few(namesIn(writing, values), MAX_MEMBERS, texts))]),
    ...(names.length === 0 ? [] : [namesOf(writing, owner, isAll ? members : [], names)]),
  ]
}

function namesIn(writing: Writing, members: readonly Component[]): Inline[][] {
  const byName = new Map<string, Component[]>()
  for (const member of members) push(byName, withNamespace(writing.repo, member, member.name), member)
  return [...byName.values()].map((same) => shortLabel(writing, same))
}

/** The values of an enum, if none of them has a line of its own. */
function allValues(repo: RepoIndex, owner: Component | undefined, bare: readonly Component[]): readonly Component[] {
  if (owner?.kind !== 'enum' || hasMadeItems(repo, owner)) return []
  const values = bare.filter(isConstant)
  return values.length === (repo.members.get(owner.id) ?? []).filter(isConstant).length ? values : []
}

/** Whether a member of an enum is one of its values; other constants of Rust and PHP begin with `const`. */
const isConstant = ({ kind, signature }: Component): boolean =>
  kind === 'constant' && !/^[a-z() ]{0,40}\bconst /.test(signature)

interface Listed {
  readonly owner: Component | undefined
  /** Members with a line each. */
  readonly told: Component[]
  /** Members named together on one line. */
  readonly bare: Component[]
}

function membersToList(writing: Writing, all: readonly Component[], detail: Detail): Listed {
  const { repo } = writing
  const owner = repo.components.get(all[0]?.parent ?? '')
  const members = owner === undefined ? all : withoutDefaults(owner, all)
  const lined = new Set(members.filter((member) => hasLine(writing, member, detail)))
  const values = owner?.kind === 'enum' ? members.filter(isConstant) : []
  const isDescribedEnum = values.length > 0 && values.filter((one) => lined.has(one)).length * 2 >= values.length
  const isStruct = lined.size > 0 && /^(?:interface|struct|type)$/.test(owner?.kind ?? '')
  // The fields of plain data are one list, as are the values of an enum of which half are described.
  const isOfList = (one: Component): boolean => (isStruct ? one.kind === 'field' : isDescribedEnum && isConstant(one))
  const told = members.filter((one) => lined.has(one) || (members.length <= MAX_FIELDS && isOfList(one)))
  const known = new Set(told)
  // A constructor has parameters, which may have the names of fields; the head of a class in TypeScript contains it.
  const isOfConstructor = owner?.kind === 'class' && SCRIPTS.has(repo.files.get(owner.file)?.language ?? '')
  const head = isOfConstructor ? '' : (owner?.signature ?? '')
  const inHead = new Set(head.match(HEAD_FIELDS.get(owner?.file.slice(-3) ?? '') ?? IDENTIFIER))
  if (owner !== undefined) inHead.delete(owner.name)
  // Internal fields only repeat it. In Ruby and Python, an attribute is declared separately.
  const makers = owner === undefined || /\.(?:pyi?|rb)$/.test(owner.file) ? [] : constructorsOf(writing, owner)
  const parameters = new Set(makers.flatMap(({ signature }) => signature.match(IDENTIFIER) ?? []))
  const isToldAbove = ({ name, exported }: Component): boolean =>
    inHead.has(name) || (!exported && parameters.has(name))
  const bare = members.filter(
    (one) =>
      !known.has(one) &&
      !isMade(writing, one) &&
      !(one.kind === 'field' && one.file === owner?.file && isToldAbove(one)),
  )
  return { owner, told, bare }
}

/** Removes the default implementations of requirements in an extension of a Swift protocol. */
function withoutDefaults({ kind, file }: Component, members: readonly Component[]): readonly Component[] {
  if (kind !== 'interface' || !file.endsWith('.swift')) return members
  const asked = new Set(members.map(({ signature }) => signature))
  return members.filter(
    ({ signature }) =>
      !asked.has(signature.replace(/^(?:public|internal) /, '')) || !/^(?:public|internal) /.test(signature),
  )
}

/** The names of members without a line, as all members of their owner if they are. */
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

/** Whether a member has more than a name and a type: a description, an annotation, or a signature. */
function hasLine(writing: Writing, member: Component, detail: Detail): boolean {
  if (listedInside(writing, member, detail).length > 0 || marksOf(member).length > 0) return true
  if (isTrivial(member)) return false
  const { repo } = writing
  if (isFunction(member) && hasSignatureRow(writing, member) && isShown(writing, member) && !isMade(writing, member))
    return true
  return (
    hasOwnWords(repo, member) ||
    isDescribed(repo, { ...member, doc: null }) ||
    docSource(repo, member) !== undefined ||
    readmeDescription(writing, member) !== null
  )
}

/** Whether the signature of its type, in the same file, contains a constructor. */
function isMade(writing: Writing, member: Component): boolean {
  const owner = writing.repo.components.get(member.parent ?? '')
  if (owner?.file !== member.file || !isConstructor(writing.repo, member)) return false
  return constructorsOf(writing, owner).includes(member)
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

/** One line per member, the target of links to it; the functions of a type are a list below its line. */
function memberList(writing: Writing, draft: Draft, members: readonly Component[], detail: Detail, depth = 0): List {
  const lines = list(members.map((member) => memberItem(writing, member, detail)))
  for (const [index, member] of members.entries()) {
    const line = lines.children[index]
    placeMembers(writing, draft, member, line ?? null)
    const inside = depth === MAX_DEPTH ? [] : listedInside(writing, member, detail)
    if (inside.length > 0) line?.children.push(memberList(writing, draft, inside, detail, depth + 1))
  }
  return lines
}

/** The whole doc comment: one sentence in the line, anything longer below it. */
function memberItem(writing: Writing, whole: Component, detail: Detail): Inline[] | BlockContent[] {
  const words = fieldWords(writing.repo, whole)
  const { details: parts, ...rest } = whole
  const below = overloadsBelow(whole)
  const member: Component = {
    ...rest,
    doc: hasOwnWords(writing.repo, whole) ? words : null,
    ...(parts === undefined || isTrivial(whole) ? {} : { details: parts }),
  }
  const isValue = !isFunction(member) && !TYPES.has(member.kind)
  const inLine = below.length === 0 ? member : { ...member, overloads: [] }
  const language = writing.repo.files.get(member.file)?.language ?? null
  const details = [
    ...(below.length === 0 ? [] : [codeBlock(language, below.join('\n'))]),
    ...(isDocumented(member) ? (detailBlocks(writing, member) as BlockContent[]) : []),
  ]
  if (!isLong(member.doc) && details.length === 0) return memberLine(writing, inLine, detail)
  const max = isValue ? MAX_VALUE_DOC : MAX_INTERNAL_DOC
  return [
    paragraph(...memberLine(writing, isLong(member.doc) ? { ...inLine, doc: null } : inLine, detail)),
    ...(isLong(member.doc) ? docBlocks(writing, member.doc ?? '', member.file, max, member.id) : []),
    ...details,
  ]
}

/** Whether a member has a comment that says more than its name and differs from its owner's. */
function hasOwnWords(repo: RepoIndex, member: Component): boolean {
  const words = fieldWords(repo, member)
  if (isTrivial(member) || words === null || repo.components.get(member.parent ?? '')?.doc === words) return false
  return isLong(words) || isOption(words) || tellingSentence(words, member.title ?? member.qualifiedName) !== null
}

/** `Should hyphens be expanded? Default is true`: the description of an option. */
const isOption = (doc: string | null): boolean =>
  /^(?:are|can|do|does|is|may|should|will)\s[^?\n]{8,200}\?/i.test(doc?.trimStart() ?? '')

/** Whether a doc comment does not fit on the line. */
const isLong = (doc: string | null): boolean =>
  doc !== null && (/\S[^\S\n]*\n[^\S\n]*\n\s*\S/.test(doc) || oneLine(doc).length > MAX_SENTENCE)
