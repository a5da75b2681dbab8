/**
 * Documents one file: its comment, its exported components, and its internal ones in a collapsed section. It is a section of its
 * module's page or, in a large module, a page of its own.
 */

import type { Heading, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component, Module } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { hasEntryWithoutComment, isMuchUsed } from '#generate/pages/entry/entries-without-comment.ts'
import { type Detail, type EntryDepth, writeAdditions, writeEntry } from '#generate/pages/entry/entry.ts'
import { isDocumented } from '#generate/pages/entry/entry-details.ts'
import { foldInternals } from '#generate/pages/entry/entry-members.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { SMALL } from '#generate/pages/entry/own-words.ts'
import { isUndescribed, writeUndescribed } from '#generate/pages/entry/without-description.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { shapeOf } from '#generate/pages/public-api/index-signature.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { titleOf, toEntry, type Writing, within } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { heading, type Inline, join, paragraph, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { compileOptions, writeCompileOptions } from './compile-options.ts'
import { withDeprecation, wordsOf } from './describe-definition.ts'
import { exportHasEntry } from './exports-with-entry.ts'
import { openingOfFile } from './file-opening.ts'
import { filePurpose } from './file-purpose.ts'
import { parsingNote } from './partly-parsed.ts'
import { purposeOf } from './purpose.ts'

/** Minimum number of entries for the page of a file to begin with a list of them. */
const MIN_INDEXED = 4
const MAX_ROWS = 200

/**
 * Write the section of a file on its module's page.
 *
 * @param isSaid - Whether the opening of its comment is already at the top of the page.
 * @returns The number of blocks before its components.
 */
export function writeFile(
  writing: Writing,
  draft: Draft,
  module: Module,
  path: string,
  detail: Detail,
  isSaid: boolean,
): number {
  const { repo, sources } = writing
  const home = heading(2, ...sources.file(path, within(module.path, path)))
  draft.homes.set(refTo.file(path), home)
  draft.blocks.push(home)
  append(draft.blocks, openingOfFile(writing, path, detail, isSaid))
  const head = draft.blocks.length
  writeComponents(writing, draft, path, detail, home, 3)
  // Everything about the file is already at the top of the page.
  if (draft.blocks.at(-1) === home) draft.blocks.push(paragraph(writing.texts.lines(repo.files.get(path)?.lines ?? 0)))
  return head
}

/** The page of a file, made from its section; the headings of components move up one level. */
export function filePageOf(writing: Writing, file: string, module: Module, path: string, section: Section): Draft {
  const components = section.draft.blocks.slice(section.head)
  const first = components.find((block) => block.type === 'heading')
  if (first === undefined) return writeFilePage(writing, file, module, path, section.detail)
  const draft = beginFilePage(writing, file, module, path, section.detail)
  for (const block of components)
    if (block.type === 'heading' && block.depth > 2) block.depth = block.depth === 4 ? 3 : 2
  append(draft.blocks, components)
  // The title of the page, which has no anchor, is in place of the heading of the section.
  const title = section.draft.homes.get(refTo.file(path))
  for (const [ref, home] of section.draft.homes)
    if (!draft.homes.has(ref)) draft.homes.set(ref, home === title ? first : home)
  return draft
}

/** A section that was written for a module's page. */
export interface Section {
  draft: Draft
  /** The number of blocks before the components. */
  head: number
  detail: Detail
}

/**
 * The page of a file.
 *
 * @param file - The name of the page.
 */
export function writeFilePage(writing: Writing, file: string, module: Module, path: string, detail: Detail): Draft {
  const draft = beginFilePage(writing, file, module, path, detail)
  writeComponents(writing, draft, path, detail, null, 2)
  return draft
}

function beginFilePage(writing: Writing, file: string, module: Module, path: string, detail: Detail): Draft {
  const { sources } = writing
  const draft = newDraft(file, within(module.path, path), module.id, 'file')
  draft.homes.set(refTo.file(path), null)
  const comment = openingOfFile(writing, path, detail, purposeOf(writing, module)?.from === path)
  const contents = contentsOf(writing, path)
  const isOpened = comment[0]?.type === 'paragraph' || comment[0]?.type === 'list'
  const said = isOpened ? [] : filePurpose(writing, path)
  append(draft.blocks, [
    heading(1, ...sources.file(path, within(module.path, path))),
    ...(said.length === 0 ? [] : [paragraph(...said)]),
    ...comment,
    ...contents,
  ])
  return draft
}

/** The exported components of a file, with a sentence, a signature, or their members. */
function contentsOf(writing: Writing, path: string): RootContent[] {
  const { texts } = writing
  // Definitions for several platforms are listed once.
  const seen = new Set<string>()
  const added = (writing.repo.additions.get(path) ?? []).filter(
    (one) => isPublic(one, writing.repo) && isDocumented(one),
  )
  const all = [...added, ...exportedOf(writing, path)]
  // If all components are internal to the project, they are listed all the same.
  const isInner = all.every((component) => isHidden(writing, component))
  const exported = all.filter((component) => {
    if (!isInner && isHidden(writing, component)) return false
    const key = `${component.kind} ${titleOf(component)}`
    return isDocumented(component) || (!seen.has(key) && seen.add(key))
  })
  if (exported.length < MIN_INDEXED) return []
  const current = exported.filter((component) => !isDeprecated(component))
  const listed = [...current, ...exported.filter(isDeprecated)]
  const described = listed.flatMap((component) => {
    const words =
      wordsOf(writing.repo, component) ?? readmeDescription(writing, component) ?? shapeOf(writing, component)
    return words.length === 0 ? [] : [{ component, words }]
  })
  const rows = described
    .slice(0, MAX_ROWS)
    .map(({ component, words }): Inline[][] => [
      toEntry(component),
      [texts.kinds[kindWord(component)]],
      withDeprecation(writing, component, words),
    ])
  if (rows.length === 0) return []
  const shown = new Set(described.slice(0, MAX_ROWS).map(({ component }) => component))
  const left = listed.filter((component) => !shown.has(component)).map(toEntry)
  return [
    table([...texts.file.heads], rows),
    ...(left.length > 0 ? fold(texts.publicApi.moreNames(left.length), [paragraph(...join(left, texts.comma))]) : []),
  ]
}

/** The exports of the file in order, then other definitions that much of the code uses; those marked as internal, and undocumented ones of the kinds in `SMALL`, come last. */
function exportedOf(writing: Writing, path: string): Component[] {
  const tops = writing.repo.tops.get(path) ?? []
  const exported = tops.filter((one) => exportHasEntry(writing, one))
  const isMinor = (one: Component): boolean => (SMALL.has(one.kind) && !isDocumented(one)) || one.hidden === true
  return [
    ...exported.filter((one) => !isMinor(one)),
    ...tops.filter((one) => isMuchUsed(writing, one) && !exportHasEntry(writing, one)),
    ...exported.filter(isMinor),
  ]
}

function writeComponents(
  writing: Writing,
  draft: Draft,
  path: string,
  detail: Detail,
  home: Heading | null,
  depth: EntryDepth,
): void {
  const words = writing.texts.file
  const before = draft.blocks.length
  const tops = writing.repo.tops.get(path) ?? []
  const exported = exportedOf(writing, path)
  writeAdditions(writing, draft, path, detail, depth)
  const options = compileOptions(exported)
  writeCompileOptions(writing, draft, options, depth)
  const known = new Set(exported)
  const isBare = (component: Component): boolean =>
    (known.has(component) && component.details?.deprecated !== undefined) ||
    (isUndescribed(writing, component) && !hasEntryWithoutComment(writing, component))
  const entries = exported.filter((component) => !options.has(component) && !isBare(component))
  for (const component of entries.slice(0, detail.maxEntries)) writeEntry(writing, draft, component, detail, depth)
  const unwritten = entries.slice(detail.maxEntries)
  writeUndescribed(writing, draft, unwritten, depth, detail, words.moreOf(nameOf(path)))
  const bare = tops.filter((component) => !options.has(component) && isBare(component))
  const listed = bare.filter((component) => !isMark(component))
  const left = new Set(bare)
  const internal = tops.filter((one) => !known.has(one) && !left.has(one) && !isMark(one))
  if (internal.length > 0) {
    // Without a heading, they would seem to belong to the last entry.
    const isFirst = home !== null && draft.blocks.length === before
    const inside = isFirst ? home : heading(depth, words.internalTo(nameOf(path)))
    if (!isFirst) draft.blocks.push(inside)
    append(draft.blocks, foldInternals(writing, draft, internal, words.internalDefinitions, inside, detail))
  }
  writeUndescribed(writing, draft, listed, depth, detail)
  // The title of a page has no anchor.
  const near =
    home ?? draft.blocks.find((block): block is Heading => block.type === 'heading' && block.depth > 1) ?? null
  for (const mark of tops.filter(isMark)) draft.homes.set(refTo.component(mark.id), near)
  append(draft.blocks, parsingNote(writing, path))
}

/** Whether a macro is an include guard or a linker attribute: all other macros of headers are exported. */
const isMark = ({ kind, file, exported }: Component): boolean =>
  kind === 'macro' && !exported && /\.h(?:h|pp|xx)?$/i.test(file)
