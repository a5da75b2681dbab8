/** Lists members and internal definitions that have no entry of their own, one line each. */

import type { BlockContent, List, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { type Draft, type Home, refTo } from '#generate/pages/draft.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { ownMembers } from '#generate/pages/tops.ts'
import { few, MAX_SENTENCE } from '#generate/pages/words.ts'
import { docBlocks, docSentence, isPublic, type Writing } from '#generate/pages/writing.ts'
import { readValue } from '#generate/signature-values.ts'
import { code, codeBlock, type Inline, list, oneLine, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { withAsync } from './async-head.ts'
import { attributesOf } from './attributes.ts'
import type { Detail } from './entry.ts'
import { detailBlocks, isDocumented, typeCell, withoutLabel } from './entry-details.ts'
import { fieldWords } from './field-words.ts'
import { docSource } from './inherited-doc.ts'
import { kindWord } from './kind-word.ts'
import { nameWithMembers } from './name-with-members.ts'
import { isDescribed, isDescribedInside, isTrivial } from './own-words.ts'
import { givenLiteral, valueText } from './short-code.ts'

export const KINDS_WITH_MEMBERS = new Set<Component['kind']>([
  'class',
  'struct',
  'interface',
  'trait',
  'enum',
  'namespace',
  'type',
])
export const MAX_MEMBERS = 400
/** Limit on the comment of a value in a list, in characters; longer ones get a heading. */
export const MAX_VALUE_DOC = 800
/** Limit on the links to the members of a type in a list; the others are names. */
const MAX_INSIDE = 40
const MAX_INTERNAL = 200
/** Limit on the depth of types whose functions are listed below each other. */
const MAX_DEPTH = 2
/** Limit on the type of a field that nothing describes, in characters. */
const MAX_TYPE = 40
/** Limit on the comment of an internal definition, in characters. */
const MAX_INTERNAL_DOC = 2_000

/** Links to the members of a component lead to the same place as links to it. @returns The component and its members. */
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
  return fold(what, [...listMembers(writing, draft, components.slice(0, MAX_INTERNAL), home, detail), ...more])
}

/** Whether a member is exported and not marked as internal, unless its owner is, too. */
export function isShown(writing: Writing, member: Component): boolean {
  const owner = writing.repo.components.get(member.parent ?? '')
  return member.exported && (!isHidden(writing, member) || owner === undefined || isHidden(writing, owner))
}

/** Members without a heading: the public ones in a list, the internal ones in a collapsed section. */
export function writeMembers(
  writing: Writing,
  draft: Draft,
  members: Component[],
  home: Home,
  detail: Detail,
): RootContent[] {
  const { texts } = writing
  const shown = members.filter((member) => isPublic(member, writing.repo) && isShown(writing, member))
  const known = new Set(shown)
  const hidden = members.filter((member) => !known.has(member))
  const blocks = listMembers(writing, draft, shown.slice(0, MAX_MEMBERS), home, detail)
  if (shown.length > MAX_MEMBERS) {
    for (const member of shown.slice(MAX_MEMBERS)) placeMembers(writing, draft, member, home)
    const names = shown.slice(MAX_MEMBERS).map((member): Inline[] => [code(member.name)])
    blocks.push(paragraph(...texts.entry.moreMembers(few(names, 2_000, texts))))
  }
  return [
    ...blocks,
    ...(detail.docChars === 0 ? [] : valuesOf(writing, shown.slice(0, MAX_MEMBERS))),
    ...foldInternals(writing, draft, hidden, texts.entry.internalMembers(hidden.length), home, detail),
  ]
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

/** One line for each member that something describes, and one with the names of the others. */
function listMembers(
  writing: Writing,
  draft: Draft,
  members: readonly Component[],
  home: Home,
  detail: Detail,
): RootContent[] {
  const { texts } = writing
  const told = members.filter((member) => hasLine(writing, member, detail))
  const known = new Set(told)
  const bare = members.filter((member) => !known.has(member))
  for (const member of bare) placeMembers(writing, draft, member, home)
  const byName = new Map<string, Component[]>()
  for (const member of bare) push(byName, member.name, member)
  const names = [...byName.values()].map((same) => shortLabel(writing, same))
  return [
    ...(told.length === 0 ? [] : [memberList(writing, draft, told, detail)]),
    ...(names.length === 0 ? [] : [paragraph(texts.file.alsoDefined, texts.colon, ...few(names, MAX_MEMBERS, texts))]),
  ]
}

/** Whether the line of a member says more than its name and type: words, or an annotation. */
function hasLine(writing: Writing, member: Component, detail: Detail): boolean {
  if (listedInside(writing, member, detail).length > 0 || attributesOf(writing.repo, member).length > 0) return true
  if (isTrivial(member)) return false
  const { repo } = writing
  return (
    isTold(repo, member) ||
    isDescribed(repo, { ...member, doc: null }) ||
    docSource(repo, member) !== undefined ||
    readmeDescription(writing, member) !== null
  )
}

/** The name, and the type of a field if it is short. @param same - Members of one name; the first one stands for all. */
function shortLabel(writing: Writing, same: readonly Component[]): Inline[] {
  const { repo } = writing
  const [member] = same
  if (member === undefined) return []
  const { name, signature, kind, file } = member
  const head = nameWithMembers(writing, same, variantWithData(repo, member) || name)
  const said = kind === 'field' ? readValue(signature, name, repo.files.get(file)?.language ?? '') : null
  if (said === null || said.type === '' || said.type.length > MAX_TYPE) return head
  return [...head, said.isOptional ? '? ' : ' ', ...typeCell(writing, member, said.type)]
}

/** One line per member, which links to the member lead to; the functions of a type are a list below its line. */
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

/** The functions of a type without an entry, and the types in it that something describes; the fields of a field. */
function listedInside({ repo }: Writing, member: Component, detail: Detail): Component[] {
  if (member.kind === 'field') return ownMembers(repo, member).slice(0, MAX_INTERNAL)
  if (!KINDS_WITH_MEMBERS.has(member.kind) || detail.maxUsers === 0) return []
  return ownMembers(repo, member)
    .filter((one) => !repo.inTests.has(one.id))
    .filter((one) =>
      isFunction(one) ? isDescribed(repo, one) : KINDS_WITH_MEMBERS.has(one.kind) && isDescribedInside(repo, one),
    )
    .slice(0, MAX_INTERNAL)
}

/** The whole doc comment: one sentence in the line, anything longer below it. */
function memberItem(writing: Writing, whole: Component, detail: Detail): Inline[] | BlockContent[] {
  const words = fieldWords(writing.repo, whole)
  const { details: parts, ...rest } = whole
  const member: Component = {
    ...rest,
    doc: isTold(writing.repo, whole) ? words : null,
    ...(parts === undefined || isTrivial(whole) ? {} : { details: parts }),
  }
  const isValue = !isFunction(member) && !KINDS_WITH_MEMBERS.has(member.kind)
  const details = isDocumented(member) ? (detailBlocks(writing, member) as BlockContent[]) : []
  if (!isLong(member.doc) && details.length === 0) return memberLine(writing, member, detail)
  const max = isValue ? MAX_VALUE_DOC : MAX_INTERNAL_DOC
  return [
    paragraph(...memberLine(writing, isLong(member.doc) ? { ...member, doc: null } : member, detail)),
    ...(isLong(member.doc) ? docBlocks(writing, member.doc ?? '', member.file, max, member.id) : []),
    ...details,
  ]
}

/** Whether the comment of a member says more than its name, and is not that of its owner. */
function isTold(repo: RepoIndex, member: Component): boolean {
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

function memberLine(writing: Writing, member: Component, detail: Detail): Inline[] {
  const source = docSource(writing.repo, member)
  const sentence = docSentence(member.doc, true) ?? readmeDescription(writing, member)
  // Its text is where it was written.
  const from =
    source === undefined || member.doc !== null || isTrivial(member)
      ? []
      : [' (', ...writing.texts.entry.from(toNamesake(writing, source)), ')']
  const { deprecated } = member.details ?? {}
  const marks = KINDS_WITH_MEMBERS.has(member.kind) ? [] : attributesOf(writing.repo, member)
  const conditions = [...(member.condition === undefined ? [] : [member.condition]), ...marks]
  const when = conditions.flatMap((one): Inline[] => [' (', code(one), ')'])
  return [
    ...labelOf(writing, member),
    ...when,
    ...(sentence === null ? from : [writing.texts.colon, ...sentence]),
    ...(deprecated === undefined ? [] : deprecation(writing, deprecated)),
    ...memberFacts(writing, member, detail).flatMap((fact) => [' · ', ...fact]),
  ]
}

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
  const { name, signature, kind } = member
  const others = (member.overloads ?? []).flatMap((one): Inline[] => [texts.comma, code(one)])
  if (isFunction(member))
    return [
      ...sources.definition(
        member,
        code(oneLine(signature) === '' ? name : withAsync(repo, member, signature) + givenLiteral(repo, member)),
      ),
      ...others,
    ]
  const variant = variantWithData(repo, member)
  if (variant !== '') return [...sources.definition(member, code(variant)), ...others]
  // `[key: string]: any`
  if (name.startsWith('[') && signature.startsWith('['))
    return [...sources.definition(member, code(signature)), ...others]
  const head = sources.definition(member, code(name))
  if (KINDS_WITH_MEMBERS.has(kind))
    return oneLine(signature) === '' || signature === name ? head : [...head, ' ', code(signature)]
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
    ...(isSelf ? [] : [' = ', { ...code(said.value), data: { isQuoted: true } }]),
  ]
}

/** `Flag(docopt::Error)`: an enum variant with its associated data; '' if it has none. */
function variantWithData({ components }: RepoIndex, { kind, name, signature, parent }: Component): string {
  if (kind !== 'constant' || components.get(parent ?? '')?.kind !== 'enum') return ''
  const text = signature.replace(/^(?:indirect )?case /, '')
  return text.startsWith(`${name}(`) || text.startsWith(`${name} {`) ? text : ''
}

/** For a function, its lines; for a type, its members. */
function memberFacts(writing: Writing, member: Component, detail: Detail): Inline[][] {
  const { texts } = writing
  if (!isFunction(member)) {
    const listed = new Set(listedInside(writing, member, detail))
    const inside = (writing.repo.members.get(member.id) ?? []).filter(
      (one) => one.name !== member.name && !listed.has(one) && (one.exported || !member.exported),
    )
    const names = inside.map((one, at): Inline[] =>
      at < MAX_INSIDE ? writing.sources.definition(one, code(one.name)) : [code(one.name)],
    )
    return inside.length === 0 ? [] : [texts.entry.has(few(names, MAX_INTERNAL * 10, texts))]
  }
  return [[texts.span(member.startLine, member.endLine)]]
}

export function isFunction({ kind }: Component): boolean {
  return kind === 'function' || kind === 'method'
}
