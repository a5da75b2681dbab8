/** Writes the line of a member that has no entry of its own: label, names of its members, sentence. */

import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { ownMembers, parentOf, TYPES } from '#generate/pages/tops.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { readValue, wordAt } from '#generate/signature-values.ts'
import { code, type Inline, oneLine } from '#markdown/build.ts'
import type { Detail } from './entry.ts'
import { typeCell, withoutLabel } from './entry-details.ts'
import { docSource } from './inherited-doc.ts'
import { kindWord } from './kind-word.ts'
import { membersInBrackets, publicMembers } from './name-with-members.ts'
import { isBare, isDescribed, isDescribedInside, isTrivial, SMALL } from './own-words.ts'
import { aliasText } from './short-code.ts'
import { shownDecorators } from './shown-decorators.ts'

/** Limit on the members of a type that are listed below its line. */
export const MAX_INTERNAL = 200

/** The line of a member: label, names of its members, conditions, sentence and deprecation. */
export function memberLine(writing: Writing, member: Component, detail: Detail): Inline[] {
  const source = docSource(writing.repo, member)
  const sentence = docSentence(member.doc, true) ?? readmeDescription(writing, member)
  const { overrides, from } = writing.texts.entry
  // Implementing a requirement of a Swift protocol or a Rust trait is not overriding.
  const isConforming =
    /\.(?:rs|swift)$/.test(member.file) &&
    /^(?:interface|trait)$/.test(parentOf(source ?? member, writing.repo.components)?.kind ?? '')
  // Its description is at the overridden member.
  const overridden =
    source === undefined || member.doc !== null || isTrivial(member) || member.file.endsWith('.go')
      ? []
      : [' (', ...(isConforming ? from : overrides)(toNamesake(writing, source)), ')']
  const { deprecated } = member.details ?? {}
  const conditions = [...(member.condition === undefined ? [] : [member.condition]), ...marksOf(member)]
  const when = conditions.flatMap((one): Inline[] => [' (', code(one), ')'])
  return [
    ...labelOf(writing, member),
    ...membersInBrackets(writing, [member], listedInside(writing, member, detail)),
    ...when,
    ...(sentence === null ? overridden : [writing.texts.colon, ...sentence]),
    ...(deprecated === undefined ? [] : deprecation(writing, deprecated)),
  ]
}

/** Limit on the signatures of a member that are on one line, in characters. */
const MAX_OVERLOADS = 160

/** The other signatures of a member if they are too long for its line. */
export function overloadsBelow({ signature, overloads = [] }: Component): readonly string[] {
  return overloads.length > 0 && [signature, ...overloads].join(', ').length > MAX_OVERLOADS ? overloads : []
}

/** The decorators of a field, which may make it a setting. */
export const marksOf = (member: Component): string[] => (member.kind === 'field' ? shownDecorators(member) : [])

/** ` Deprecated: Use burn instead.` */
function deprecation({ texts }: Writing, reason: string): Inline[] {
  const sentence = docSentence(withoutLabel(reason), true)
  const word = ` ${texts.entry.deprecated}`
  return sentence === null ? [`${word}.`] : [word, texts.colon, ...sentence]
}

/**
 * The signature of a function; the name of anything else, so that the link text is the name; type and value
 * follow.
 */
function labelOf(writing: Writing, member: Component): Inline[] {
  const { sources, repo, texts } = writing
  const { name, kind } = member
  const signature = (kind === 'type' && aliasText(repo, member)) || member.signature
  const others = (member.overloads ?? []).flatMap((one): Inline[] => [texts.comma, code(one)])
  if (isFunction(member)) {
    const form = oneLine(signature) === '' ? name : signature
    return [...sources.definition(member, code(withNamespace(repo, member, form))), ...others]
  }
  const variant = variantWithData(repo, member)
  if (variant !== '') return [...sources.definition(member, code(variant)), ...others]
  // `[key: string]: any`
  if (name.startsWith('[') && signature.startsWith('['))
    return [...sources.definition(member, code(signature)), ...others]
  const head = sources.definition(member, code(withNamespace(repo, member, name)))
  if (kind === 'type' && signature.startsWith(`${name} = `))
    return [...head, ' = ', quoted(signature.slice(name.length + 3))]
  if (TYPES.has(kind)) return oneLine(signature) === '' || signature === name ? head : [...head, ' ', code(signature)]
  if (others.length > 0) return [...head, ' ', code(signature), ...others]
  const said =
    kindWord(member) === kind ? readValue(signature, name, repo.files.get(member.file)?.language ?? '') : null
  if (said === null) return oneLine(signature) === '' || signature === name ? head : [...head, ' ', code(signature)]
  const type = said.type === '' ? (member.details?.returns?.[0]?.type ?? '') : said.type
  const isSelf = said.value === '' || said.value === name
  return [
    ...head,
    ...(said.isOptional ? ['?'] : []),
    ...(type === '' ? [] : [' ', ...typeCell(writing, member, type)]),
    ...(isSelf ? [] : [' = ', quoted(said.value)]),
  ]
}

/** `Route orbit::stream::plan(int legs)`: with the namespaces between a definition of C++ and the one whose entry lists it. */
export function withNamespace(
  { components }: RepoIndex,
  { name, qualifiedName, parent }: Component,
  text: string,
): string {
  const owner = components.get(parent ?? '')
  if (owner?.kind !== 'namespace' || !/\.(?:h|hh|hpp|hxx|cc|cpp|cxx)$/.test(owner.file)) return text
  const inside = qualifiedName.startsWith(`${owner.qualifiedName}.`)
    ? qualifiedName.slice(owner.qualifiedName.length + 1, -name.length)
    : ''
  const at = inside === '' ? -1 : wordAt(text, name)
  return at < 0 ? text : `${text.slice(0, at)}${inside.replaceAll('.', '::')}${text.slice(at)}`
}

/** `Flag(docopt::Error)`: an enum variant with its associated data; '' if it has none. */
export function variantWithData({ components }: RepoIndex, { kind, name, signature, parent }: Component): string {
  if (kind !== 'constant' || components.get(parent ?? '')?.kind !== 'enum') return ''
  const text = signature.replace(/^(?:indirect )?case /, '')
  return text.startsWith(`${name}(`) || text.startsWith(`${name} {`) ? text : ''
}

/** An alias with alternatives or with parts: `Times = Union[int, str]`. */
const ALIAS = /^[^=]{1,120} = (?:[\w.]{1,80}\[|[^=]{0,200} \| )/
/** Longer signatures are in the source only. */
const MAX_ROW = 300

/** Whether the signature of a function, a constant or an alias is worth a row: it is informative, and users can see it. */
export function hasSignatureRow(writing: Writing, one: Component): boolean {
  // Parameters of users often have an alias as their type that is only named in signatures.
  const isSeen = isPublic(one, writing.repo) || (one.kind === 'type' && ALIAS.test(aliasText(writing.repo, one)))
  if (!isSeen || isTrivial(one) || one.signature.length > MAX_ROW) return false
  // For tools, benchmarks and tests, names are enough.
  if (!isMain(one.file, writing.repo) || publicMembers(writing, one).length > 0) return false
  return !isBare(one) && (isFunction(one) || (SMALL.has(one.kind) && one.kind !== 'namespace'))
}

/** The functions and described inner types of a type without an entry; the fields of a field. */
export function listedInside({ repo }: Writing, member: Component, detail: Detail): Component[] {
  if (member.kind === 'field') return ownMembers(repo, member).slice(0, MAX_INTERNAL)
  if (!TYPES.has(member.kind) || detail.maxUsers === 0) return []
  return ownMembers(repo, member)
    .filter((one) => !repo.inTests.has(one.id))
    .filter((one) => (isFunction(one) ? isDescribed(repo, one) : TYPES.has(one.kind) && isDescribedInside(repo, one)))
    .slice(0, MAX_INTERNAL)
}

export function isFunction({ kind }: Component): boolean {
  return kind === 'function' || kind === 'method'
}
