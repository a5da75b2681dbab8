/** Decides which members of a type have a line each, which are only named, and which the signature of the type already shows. */

import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { MAX_SENTENCE } from '#generate/pages/first-sentence.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS } from '#generate/pages/script-languages.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { oneLine } from '#markdown/build.ts'
import type { Detail } from './entry.ts'
import { fieldWords } from './field-words.ts'
import { docSource } from './inherited-doc.ts'
import { hasSignatureRow, isFunction, listedInside, marksOf } from './member-line.ts'
import { isDescribed, isTrivial } from './own-words.ts'
import { constructorsOf } from './shown-constructors.ts'

/** Limit on the members of a type that are shown. */
export const MAX_MEMBERS = 400
/** Limit on the members of plain data that are in one list. */
const MAX_FIELDS = 30
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu
/** In Kotlin only `val size: Int` in a head declares a field. */
const KOTLIN_FIELD = /(?<=\bva[lr] )[\p{L}_][\p{L}\p{N}_]*/gu
/** In C#, a property may have the name of its type: `Map map` in a head declares `map`. */
const CSHARP_FIELD = /(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*(?=\s?[,)=])/gu
const HEAD_FIELDS: ReadonlyMap<string, RegExp> = new Map([
  ['.cs', CSHARP_FIELD],
  ['.kt', KOTLIN_FIELD],
])

export interface ListedMembers {
  readonly owner: Component | undefined
  /** Members with a line each. */
  readonly withLine: Component[]
  /** Members named together on one line. */
  readonly named: Component[]
}

export function membersToList(writing: Writing, all: readonly Component[], detail: Detail): ListedMembers {
  const owner = writing.repo.components.get(all[0]?.parent ?? '')
  const members = owner === undefined ? all : withoutDefaults(owner, all)
  const described = new Set(members.filter((member) => hasLine(writing, member, detail)))
  const isOfList = members.length <= MAX_FIELDS ? completesList(owner, members, described) : () => false
  const withLine = members.filter((one) => described.has(one) || isOfList(one))
  const lines = new Set(withLine)
  const isInHead = owner === undefined ? () => false : fieldsInHead(writing, owner)
  const named = members.filter((one) => !lines.has(one) && !isMade(writing, one) && !isInHead(one))
  return { owner, withLine, named }
}

/** The fields of plain data are one list if any is described, as are the values of an enum of which half are. */
function completesList(
  owner: Component | undefined,
  members: readonly Component[],
  described: ReadonlySet<Component>,
): (member: Component) => boolean {
  const isData =
    /^(?:interface|struct|type)$/.test(owner?.kind ?? '') || owner?.decorators?.some(isOfDataclass) === true
  if (described.size > 0 && isData) return ({ kind }) => kind === 'field'
  const values = owner?.kind === 'enum' ? members.filter(isEnumValue) : []
  const isDescribedEnum = values.length > 0 && values.filter((one) => described.has(one)).length * 2 >= values.length
  return (one) => isDescribedEnum && isEnumValue(one)
}

const isOfDataclass = (decorator: string): boolean => /^@(?:dataclasses\.)?dataclass\b/.test(decorator)

/** @returns Whether the head of the type, or for internal fields its constructor, already shows a field. */
function fieldsInHead(writing: Writing, owner: Component): (member: Component) => boolean {
  // A constructor has parameters, which may have the names of fields; the head of a class in TypeScript contains it.
  const isOfConstructor = owner.kind === 'class' && SCRIPTS.has(writing.repo.files.get(owner.file)?.language ?? '')
  const head = isOfConstructor ? '' : owner.signature
  const inHead = new Set(head.match(HEAD_FIELDS.get(owner.file.slice(-3)) ?? IDENTIFIER))
  inHead.delete(owner.name)
  // In Ruby and Python, an attribute is declared separately.
  const constructors = /\.(?:pyi?|rb)$/.test(owner.file) ? [] : constructorsOf(writing, owner)
  const parameters = new Set(constructors.flatMap(({ signature }) => signature.match(IDENTIFIER) ?? []))
  return ({ kind, file, name, exported }) =>
    kind === 'field' && file === owner.file && (inHead.has(name) || (!exported && parameters.has(name)))
}

/** Removes the default implementations of requirements in an extension of a Swift protocol. */
function withoutDefaults({ kind, file }: Component, members: readonly Component[]): readonly Component[] {
  if (kind !== 'interface' || !file.endsWith('.swift')) return members
  const required = new Set(members.map(({ signature }) => signature))
  return members.filter(
    ({ signature }) =>
      !required.has(signature.replace(/^(?:public|internal) /, '')) || !/^(?:public|internal) /.test(signature),
  )
}

/** Whether a member of an enum is one of its values; other constants of Rust and PHP begin with `const`. */
export const isEnumValue = ({ kind, signature }: Component): boolean =>
  kind === 'constant' && !/^[a-z() ]{0,40}\bconst /.test(signature)

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

/** Whether a member is exported and not marked as internal, unless its owner is, too. */
export function isShown(writing: Writing, member: Component): boolean {
  const owner = writing.repo.components.get(member.parent ?? '')
  return member.exported && (!isHidden(writing, member) || owner === undefined || isHidden(writing, owner))
}

/** Whether a member has a comment that says more than its name and differs from its owner's. */
export function hasOwnWords(repo: RepoIndex, member: Component): boolean {
  const words = fieldWords(repo, member)
  if (isTrivial(member) || words === null || repo.components.get(member.parent ?? '')?.doc === words) return false
  return isLong(words) || isOption(words) || tellingSentence(words, member.title ?? member.qualifiedName) !== null
}

/** `Should hyphens be expanded? Default is true`: the description of an option. */
const isOption = (doc: string | null): boolean =>
  /^(?:are|can|do|does|is|may|should|will)\s[^?\n]{8,200}\?/i.test(doc?.trimStart() ?? '')

/** Whether a doc comment does not fit on the line. */
export const isLong = (doc: string | null): boolean =>
  doc !== null && (/\S[^\S\n]*\n[^\S\n]*\n\s*\S/.test(doc) || oneLine(doc).length > MAX_SENTENCE)
