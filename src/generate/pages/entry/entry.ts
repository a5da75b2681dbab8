/** Writes the entry of one exported component with its members, and the entries of members that a file adds to other types. */

import type { Heading, RootContent } from 'mdast'
import { capital } from '#base/capital.ts'
import { append } from '#base/long-arrays.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { callsOfEntry } from '#generate/pages/calls/entry-calls.ts'
import { optionsOf, withoutOptions } from '#generate/pages/commands/command-line.ts'
import { type Draft, refTo } from '#generate/pages/draft.ts'
import { isRemark } from '#generate/pages/module/remarks.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { isExported } from '#generate/pages/public-api/public-names.ts'
import { describedIn } from '#generate/pages/readme/readme-descriptions.ts'
import { ownMembers, TYPES } from '#generate/pages/tops.ts'
import { exampleOfUse } from '#generate/pages/usage/example-of-use.ts'
import { usageSections } from '#generate/pages/usage/usage.ts'
import { docBlocks, docSentence, titleOf, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, codeBlock, heading, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { byOwner, membersInOtherFiles } from './additions.ts'
import { aliasOf } from './alias-of.ts'
import { hasEntryWithoutComment } from './entries-without-comment.ts'
import { deprecationBlocks, detailBlocks, isDocumented, withLabel } from './entry-details.ts'
import { factsOf } from './entry-facts.ts'
import { writeMembers } from './entry-members.ts'
import { usersSignature } from './exported-as.ts'
import { relationsOf } from './inheritance.ts'
import { boundMethod, docSource } from './inherited-doc.ts'
import { isFunction } from './member-line.ts'
import { MAX_VALUE_DOC } from './member-list.ts'
import { isShown, MAX_MEMBERS } from './members-to-list.ts'
import { constructorWords, isDescribed, isDescribedInside, isTautology, isTrivial } from './own-words.ts'
import { placeMembers } from './place-members.ts'
import { macroText, typedefName, valueText } from './short-code.ts'
import { constructorsOf } from './shown-constructors.ts'
import { shownDecorators } from './shown-decorators.ts'
import { signatureLines } from './signature.ts'
import { declaredTypes, signatureTypes } from './signature-types.ts'

/** The level of detail of a page, which is reduced if the page would be too large. */
export interface Detail {
  /** Limit on the characters of a doc comment. */
  docChars: number
  /** Whether documented methods have headings of their own. */
  memberHeadings: boolean
  /** Limit on the entries of a file with a heading; the rest are listed. */
  maxEntries: number
  /** Limit on the users of a component that its entry lists; at 0, values of constants are left out, too. */
  maxUsers: number
}

/** Depth of the heading of an entry: below a file's heading, or at the top of a file's own page. */
export type EntryDepth = 2 | 3

const MAX_SIGNATURES = 40

/** Write the entry of a top-level component, with everything inside it in the same file. */
export function writeEntry(writing: Writing, draft: Draft, top: Component, detail: Detail, depth: EntryDepth): void {
  writeAll(writing, draft, [{ component: top, depth }], detail, depth)
}

/** Write what a file adds to types of other files: lists of the members, and entries of the documented ones. */
export function writeAdditions(writing: Writing, draft: Draft, path: string, detail: Detail, depth: EntryDepth): void {
  const added = writing.repo.additions.get(path) ?? []
  if (added.length === 0) return
  const open = added
    .filter((member) => isPublic(member, writing.repo) && hasHeading(writing, member, detail))
    .slice(0, detail.maxEntries)
  const opened = new Set(open)
  for (const [owner, members] of byOwner(writing, added)) {
    const rest = members.filter((member) => !opened.has(member))
    const home = heading(depth, ...writing.texts.entry.membersOf(toEntry(owner)))
    const blocks = writeMembers(writing, draft, rest, home, detail)
    if (blocks.length > 0) append(draft.blocks, [home, ...blocks])
  }
  writeAll(
    writing,
    draft,
    open.toReversed().map((component) => ({ component, depth })),
    detail,
    depth,
  )
}

interface Next {
  component: Component
  depth: 2 | 3 | 4
}

/** @param stack - The components to write, in reverse order. */
function writeAll(writing: Writing, draft: Draft, stack: Next[], detail: Detail, depth: EntryDepth): void {
  let left = MAX_MEMBERS
  const below = depth === 2 ? 3 : 4
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const built = constructorOf(writing, next.component)
    const home = writeOne(writing, draft, next.component, built, next.depth, detail)
    const members = ownMembers(writing.repo, next.component).filter((member) => member !== built)
    const headed = members.filter((member) => isShown(writing, member) && hasHeading(writing, member, detail))
    // Functions come before inner types.
    const isHolder = ({ kind }: Component): boolean => TYPES.has(kind)
    const open = [...headed.filter((member) => !isHolder(member)), ...headed.filter(isHolder)].slice(0, left)
    left -= open.length
    const opened = new Set(open)
    const rest = members.filter((member) => !opened.has(member))
    append(draft.blocks, [
      ...writeMembers(writing, draft, rest, home, detail, next.component),
      ...membersInOtherFiles(writing, next.component),
    ])
    append(
      stack,
      open.reverse().map((component) => ({ component, depth: below as 3 | 4 })),
    )
  }
}

/** The constructor that the entry of a type describes: the only one, if it is public. */
function constructorOf({ repo }: Writing, component: Component): Component | undefined {
  if (component.kind !== 'class' && component.kind !== 'struct') return undefined
  const all = ownMembers(repo, component).filter(
    (member) => isFunction(member) && isConstructor(repo, member) && !/\bstatic\b/.test(member.signature),
  )
  return all.length === 1 && all[0]?.visibility !== 'private' && all[0]?.exported !== false ? all[0] : undefined
}

function writeOne(
  writing: Writing,
  draft: Draft,
  component: Component,
  built: Component | undefined,
  depth: 2 | 3 | 4,
  detail: Detail,
): Heading {
  const home = heading(depth, code(titleOf(component)))
  draft.homes.set(refTo.component(component.id), home)
  if (built !== undefined) placeMembers(writing, draft, built, home)
  const language = writing.repo.files.get(component.file)?.language ?? null
  const signature = signaturesOf(writing, component, language).join('\n')
  append(draft.blocks, [
    home,
    codeBlock(language, signature),
    ...signatureTypes(writing, signature, built === undefined ? [component] : [component, built]),
    ...deprecationBlocks(writing, component),
  ])
  const { doc, details } = component
  // Above its result or its parameters, a sentence of the words of the name says whose they are.
  if (doc !== null && (details !== undefined || !isTautology(doc, titleOf(component))))
    append(draft.blocks, docBlocks(writing, doc, component.file, detail.docChars, component.id))
  const made = built === undefined ? '' : constructorWords(component, built, titleOf(component))
  const words = built === undefined ? [] : docBlocks(writing, made, built.file, detail.docChars, built.id)
  if (words.length > 0) append(draft.blocks, withLabel(capital(writing.texts.kinds.constructor), words))
  append(draft.blocks, [
    ...inheritedBlocks(writing, component, detail.docChars),
    ...detailBlocks(writing, component, built),
    ...optionsOf(writing, component),
    ...valueBlocks(writing, component, language),
    ...exampleOfUse(writing, component),
  ])
  const relations = relationsOf(writing, component)
  append(draft.blocks, [
    paragraph(...factsOf(writing, component, relations)),
    ...usageSections(writing, component, detail.maxUsers),
    ...(detail.maxUsers === 0 ? [] : callsOfEntry(writing, component)),
  ])
  return home
}

/** The documentation that an undocumented component takes from the one it overrides, is bound to or is an alias of. */
function inheritedBlocks(writing: Writing, component: Component, maxChars: number): RootContent[] {
  const source = docSource(writing.repo, component)
  const bound = isDocumented(component)
    ? undefined
    : (boundMethod(writing.repo, component) ?? aliasOf(writing.repo, component))
  if (source === undefined && bound !== undefined)
    return [
      ...[docSentence(bound.doc)].flatMap((words) => (words === null ? [] : [paragraph(...words)])),
      paragraph('(', ...writing.texts.entry.from(toNamesake(writing, bound)), ')'),
    ]
  if (source === undefined)
    return isDocumented(component) && !isRemark(component) ? [] : readmeBlocks(writing, component, maxChars)
  const from = writing.texts.entry.from(toNamesake(writing, source))
  return [
    ...docBlocks(writing, source.doc ?? '', source.file, maxChars, source.id),
    ...detailBlocks(writing, source),
    paragraph('(', ...from, ')'),
  ]
}

/** The paragraph below its name in a document, or the sentence of one about it. */
function readmeBlocks(writing: Writing, component: Component, maxChars: number): RootContent[] {
  const found = describedIn(writing, component)
  if (found === undefined) return []
  const from = writing.texts.entry.from(toFile(found.path, found.path))
  if (found.paragraph !== undefined)
    return [...docBlocks(writing, found.paragraph, found.path, maxChars, component.id), paragraph('(', ...from, ')')]
  return found.words === null ? [] : [paragraph(...found.words, ' (', ...from, ')')]
}

/** The value of a constant in a collapsed section. */
function valueBlocks({ repo, texts }: Writing, component: Component, language: string | null): RootContent[] {
  const value = valueText(repo, component)
  return value === undefined ? [] : fold(texts.entry.value, [codeBlock(language, value)])
}

/** The lines of the code block at the top: condition, decorators, all signatures, and for a type its constructors. */
function signaturesOf(writing: Writing, component: Component, language: string | null): string[] {
  const { repo } = writing
  const macro = macroText(repo, component)
  if (macro !== undefined) return [macro]
  const signature = (component.signature === '' ? component.name : component.signature) + typedefName(component)
  const bound = boundMethod(repo, component)
  const ways = [
    ...(component.overloads ?? []),
    ...(bound === undefined ? [] : [bound.signature.replace(/\((?:self|cls)(?:, )?/, '(')]),
    ...declaredTypes(writing, component),
  ]
  const all = [signature, ...ways].slice(0, MAX_SIGNATURES).map((one) => usersSignature(component, one))
  const made = constructorLines(writing, component)
  return [
    ...(component.condition === undefined ? [] : [conditionLine(component.condition)]),
    // The signature of a Swift type already contains them.
    ...withoutOptions(writing, component, shownDecorators(component)).filter((one) => !signature.includes(one)),
    ...all.flatMap((one) => signatureLines(one, language, made.slice(0, MAX_SIGNATURES))),
  ]
}

/** The constructors of a type; those of a base, which Python and Ruby inherit, below a comment that names it. */
function constructorLines(writing: Writing, component: Component): string[] {
  const all = constructorsOf(writing, component)
  const owner = writing.repo.components.get(all[0]?.parent ?? '')
  const lines = all.flatMap((one) => [one.signature, ...(one.overloads ?? [])])
  return owner === undefined || owner.id === component.id ? lines : [`# inherited from ${titleOf(owner)}`, ...lines]
}

/** Preprocessor directives have a line each, the head of an extension is shown as it is; other conditions become a comment. */
const conditionLine = (condition: string): string =>
  /^(?:#|extension )/.test(condition) ? condition.replaceAll(', #', '\n#') : `# ${condition}`

/** A deprecated member has only a row. A nested type has a heading if its members have text, if it has more than a sentence, or if it is public with text or weight. */
function hasHeading(writing: Writing, member: Component, detail: Detail): boolean {
  if (!detail.memberHeadings || isTrivial(member) || member.details?.deprecated !== undefined) return false
  const { repo } = writing
  const doc = member.doc ?? ''
  if (TYPES.has(member.kind))
    return (
      isDescribedInside(repo, member) ||
      /\n[^\S\n]{0,80}\n/.test(doc.trim()) ||
      (isExported(writing, member) && (isDescribed(repo, member) || hasEntryWithoutComment(writing, member)))
    )
  if (!isDescribed(repo, member)) return false
  return isFunction(member) || /^ {0,3}(?:```|~~~)/m.test(doc) || doc.length > MAX_VALUE_DOC
}
