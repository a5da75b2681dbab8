/** The documentation of one exported component and its members. */

import type { BlockContent, Heading, RootContent } from 'mdast'
import { type Component, INHERITANCES } from '#generate/model.ts'
import { code, codeBlock, heading, type Inline, join, list, oneLine, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { type Draft, type Home, refTo } from './draft.ts'
import { allRelations, callRows, endLabel, isCut, MAX_NAMED, type Row, relationsOf } from './entry-relations.ts'
import { innerFunctions } from './inner-functions.ts'
import { kindWord } from './kind-word.ts'
import { toNamesake } from './namesakes.ts'
import { constructorText, valueText } from './short-code.ts'
import { wrapSignature } from './signature.ts'
import { few, MAX_SENTENCE } from './words.ts'
import { docBlocks, docSentence, isPublic, titleOf, type Writing, within } from './writing.ts'

/** How much a page says of each component; less when a page would be too large. */
export interface Detail {
  /** Characters of a doc comment; 0 leaves doc comments out. */
  docChars: number
  /** Whether documented methods have headings of their own. */
  memberHeadings: boolean
  /** Most entries of a file with a heading; the rest are listed. */
  maxEntries: number
  /** Most users of a component that are named below its entry. */
  maxUsers: number
}

/** Depth of the heading of an entry: below a file's heading, or at the top of a file's own page. */
export type EntryDepth = 2 | 3

/** Of one relation of a member without an entry of its own. */
const MAX_NAMED_OF_MEMBER = 6
const MAX_MEMBERS = 400
/** Members of an internal type that its line names. */
const MAX_INSIDE = 80
const MAX_INTERNAL = 200
/** Of the comment of a value in a list; one with more has a heading. Characters. */
const MAX_VALUE_DOC = 800

const HOLDERS = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'namespace', 'type'])

/** Write the entry of a top-level component with everything inside it. */
export function writeEntry(writing: Writing, draft: Draft, top: Component, detail: Detail, depth: EntryDepth): void {
  let left = MAX_MEMBERS
  const stack: { component: Component; depth: 2 | 3 | 4 }[] = [{ component: top, depth }]
  const below = depth === 2 ? 3 : 4
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const home = writeOne(writing, draft, next.component, next.depth, detail)
    const members = membersOf(writing, next.component)
    const open = members.filter((member) => member.exported && hasHeading(writing, member, detail)).slice(0, left)
    left -= open.length
    const opened = new Set(open)
    const rest = members.filter((member) => !opened.has(member))
    draft.blocks.push(...writeMembers(writing, draft, rest, home, detail))
    stack.push(...open.reverse().map((component) => ({ component, depth: below as 3 | 4 })))
  }
}

/** Where a component is, what it is based on, what it calls and makes, what inherits from it and who uses it, as one line. */
function factsOf(writing: Writing, component: Component, relations: readonly Row[]): Inline[] {
  const { survey, sources, texts } = writing
  const file = within(survey.leaves.get(component.file)?.path ?? '', component.file)
  const place = sources.definition(component, texts.place(file, component.startLine, component.endLine))
  const facts = [texts.entry.definedIn(kindWord(component), place), ...innerFacts(writing, component)]
  const bases = (survey.bases.get(component.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  for (const verb of INHERITANCES) {
    const names = bases.filter(({ id }) => survey.heirs.get(id)?.get(component.id) === verb)
    const links = names.map((base) => toNamesake(writing, base))
    if (names.length > 0) facts.push(texts.relations[verb].say(join(links, texts.comma)))
  }
  for (const row of relations) {
    const { verb, ends } = row
    const names = ends.slice(0, isCut(ends) ? MAX_NAMED : ends.length).map((end) => endLabel(writing, row, end))
    const left = ends.length - names.length
    const shown = join(names, texts.comma)
    facts.push(texts.relations[verb].say(left > 0 ? texts.andMore(shown, left) : shown))
  }
  return join(facts, ' · ')
}

/** The functions within a function, which have no entries of their own, with their lines. */
function innerFacts({ survey, sources, texts }: Writing, component: Component): Inline[][] {
  const inner = isFunction(component) ? innerFunctions(survey, component) : []
  const names = inner.map(({ name, startLine, endLine }): Inline[] => [
    ...sources.place(component.file, startLine, endLine, code(name)),
    ` (${texts.span(startLine, endLine)})`,
  ])
  return names.length === 0 ? [] : [texts.entry.inner(names.length, few(names, MAX_NAMED, texts))]
}

/** Everything below a component has its home where the component has it. @returns What that is. */
export function placeMembers(writing: Writing, draft: Draft, component: Component, home: Home): Component[] {
  const inside = [component]
  for (const next of inside) {
    draft.homes.set(refTo.component(next.id), home)
    inside.push(...(writing.survey.members.get(next.id) ?? []))
  }
  return inside
}

/** Definitions that nobody outside is meant to use, a line each, behind a line that opens them. */
export function foldInternals(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  what: (number: number) => string,
  home: Home,
): RootContent[] {
  const { texts } = writing
  if (components.length === 0) return []
  const rest = components.slice(MAX_INTERNAL).map((component): Inline[] => [code(component.name)])
  const more = rest.length === 0 ? [] : [paragraph(...texts.entry.andNames(few(rest, 2_000, texts)))]
  for (const component of components.slice(MAX_INTERNAL)) placeMembers(writing, draft, component, home)
  return fold(what(components.length), [memberList(writing, draft, components.slice(0, MAX_INTERNAL)), ...more])
}

/** A line for each, which is its home. */
function memberList(writing: Writing, draft: Draft, members: readonly Component[]): RootContent {
  const lines = list(members.map((member) => memberItem(writing, member)))
  for (const [index, member] of members.entries()) placeMembers(writing, draft, member, lines.children[index] ?? null)
  return lines
}

function writeOne(writing: Writing, draft: Draft, component: Component, depth: 2 | 3 | 4, detail: Detail): Heading {
  const home = heading(depth, code(titleOf(component)))
  draft.homes.set(refTo.component(component.id), home)
  const language = writing.survey.files.get(component.file)?.language ?? null
  const signature = component.signature === '' ? component.name : component.signature
  draft.blocks.push(home, codeBlock(language, wrapSignature(signature, writing.texts.entry.moreOverloads)))
  if (component.doc !== null && detail.docChars > 0) {
    draft.blocks.push(...docBlocks(writing, component.doc, component.file, detail.docChars, component.id))
  }
  const relations = relationsOf(writing, component)
  const written = detail.docChars === 0 ? [] : shortCode(writing, component)
  draft.blocks.push(
    ...written,
    paragraph(...factsOf(writing, component, relations)),
    ...allRelations(writing, relations, detail.maxUsers),
  )
  return home
}

/** The value of a constant, the constructor of a type, folded. */
function shortCode({ survey, texts }: Writing, component: Component): RootContent[] {
  const language = survey.files.get(component.file)?.language ?? null
  const value = valueText(survey, component)
  if (value !== undefined) return fold(texts.entry.value, [codeBlock(language, value)])
  const built = constructorText(survey, component)
  return built === undefined ? [] : fold(texts.entry.constructorTitle, [codeBlock(language, built)])
}

/** The values of attributes, which have no entries of their own, one below the other. */
function valuesOf({ survey, texts }: Writing, members: readonly Component[]): RootContent[] {
  // Of names that are set at once each would tell the same.
  const values = [...new Set(members.flatMap((member) => valueText(survey, member) ?? []))]
  const language = survey.files.get(members[0]?.file ?? '')?.language ?? null
  return values.length === 0
    ? []
    : fold(values.length === 1 ? texts.entry.value : texts.entry.values, [codeBlock(language, values.join('\n'))])
}

function membersOf(writing: Writing, component: Component): Component[] {
  return writing.survey.members.get(component.id) ?? []
}

/** An example has no room in a line, and a long comment none in a list. */
const CODE_BLOCK = /^ {0,3}(?:```|~~~)/m

function hasHeading(writing: Writing, member: Component, detail: Detail): boolean {
  if (!detail.memberHeadings) return false
  if (HOLDERS.has(member.kind)) return membersOf(writing, member).length > 0 || member.doc !== null
  if (member.doc === null || member.doc.trim() === '') return false
  return isFunction(member) || CODE_BLOCK.test(member.doc) || member.doc.length > MAX_VALUE_DOC
}

/** The signature, where it says more than the name. */
function labelOf({ name, signature }: Component): string {
  return oneLine(signature) === '' || signature === `${name} = ${name}` ? name : signature
}

/** Members without a heading: the public ones with what they are, the internal ones folded away. */
function writeMembers(
  writing: Writing,
  draft: Draft,
  members: Component[],
  home: Heading,
  detail: Detail,
): RootContent[] {
  const { texts } = writing
  const shown = members.filter((member) => isPublic(member, writing.survey))
  const hidden = members.filter((member) => !isPublic(member, writing.survey))
  const blocks: RootContent[] = shown.length === 0 ? [] : [memberList(writing, draft, shown.slice(0, MAX_MEMBERS))]
  if (shown.length > MAX_MEMBERS) {
    for (const member of shown.slice(MAX_MEMBERS)) placeMembers(writing, draft, member, home)
    const names = shown.slice(MAX_MEMBERS).map((member): Inline[] => [code(member.name)])
    blocks.push(paragraph(...texts.entry.moreMembers(few(names, 2_000, texts))))
  }
  return [
    ...blocks,
    ...(detail.docChars === 0 ? [] : valuesOf(writing, shown.slice(0, MAX_MEMBERS))),
    ...foldInternals(writing, draft, hidden, texts.entry.internalMembers, home),
  ]
}

/** A value has no entry that would say the rest of its comment: all of it stands here. */
function memberItem(writing: Writing, member: Component): Inline[] | BlockContent[] {
  if (isFunction(member) || HOLDERS.has(member.kind) || !isLong(member.doc)) return memberLine(writing, member)
  return [
    paragraph(...memberLine(writing, { ...member, doc: null })),
    ...docBlocks(writing, member.doc ?? '', member.file, MAX_VALUE_DOC, member.id),
  ]
}

/** More than a line says. */
const isLong = (doc: string | null): boolean =>
  doc !== null && (/\S[^\S\n]*\n[^\S\n]*\n\s*\S/.test(doc) || oneLine(doc).length > MAX_SENTENCE)

function memberLine(writing: Writing, member: Component): Inline[] {
  // A value has no entry that would say the rest.
  const sentence = docSentence(member.doc, !isFunction(member) && !HOLDERS.has(member.kind))
  return [
    ...writing.sources.definition(member, code(labelOf(member))),
    ...(sentence === null ? [] : [writing.texts.colon, ...sentence]),
    ...memberFacts(writing, member).flatMap((fact) => [' · ', ...fact]),
  ]
}

/** Of a function where it is, what it calls and who uses it; of a type its members; of a value what is called for it. */
function memberFacts(writing: Writing, member: Component): Inline[][] {
  const { texts } = writing
  if (HOLDERS.has(member.kind)) {
    const inside = membersOf(writing, member)
    const names = inside.map((one) => writing.sources.definition(one, code(one.name)))
    return inside.length === 0 ? [] : [texts.entry.has(few(names, MAX_INSIDE, texts))]
  }
  const told = (rows: readonly Row[]): Inline[][] => rows.map((row) => relationOfMember(writing, row))
  return isFunction(member)
    ? [
        [texts.span(member.startLine, member.endLine)],
        ...innerFacts(writing, member),
        ...told(relationsOf(writing, member)),
      ]
    : told(callRows(writing, member))
}

function relationOfMember(writing: Writing, row: Row): Inline[] {
  const { texts } = writing
  const { verb, ends } = row
  const names = ends.slice(0, MAX_NAMED_OF_MEMBER).map((end) => endLabel(writing, row, end))
  const shown = join(names, texts.comma)
  return texts.relations[verb].say(ends.length > names.length ? texts.suchAs(ends.length, shown) : shown)
}

function isFunction({ kind }: Component): boolean {
  return kind === 'function' || kind === 'method'
}
