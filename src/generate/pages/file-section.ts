/** The section of one file on its module's page: its comment, its exported components, its internals in one line. */

import type { Component, Module } from '#generate/model.ts'
import { code, heading, type Inline, list, paragraph } from '#markdown/build.ts'
import { type Draft, refTo } from './draft.ts'
import { type Detail, settleInside, writeEntry } from './entry.ts'
import { fileFacts } from './relations.ts'
import { few, plural } from './words.ts'
import { docBlocks, docSentence, type Writing, within } from './writing.ts'

const MAX_INTERNALS = 60
const MAX_LISTED = 2_000

/** @param isSaid - The file's comment already stands at the top of the page. */
export function writeFile(
  writing: Writing,
  draft: Draft,
  module: Module,
  path: string,
  detail: Detail,
  isSaid: boolean,
): void {
  const { survey, sources } = writing
  const home = heading(2, ...sources.file(path, within(module.path, path)))
  draft.homes.set(refTo.file(path), home)
  draft.blocks.push(home)
  const doc = survey.fileDocs.get(path)
  if (doc !== undefined && !isSaid && detail.docChars > 0)
    draft.blocks.push(...docBlocks(writing, doc, path, detail.docChars))
  const relations = fileFacts(writing, path, module.path)
  const lines = plural(survey.files.get(path)?.lines ?? 0, 'line')
  draft.blocks.push(paragraph(lines, ...(relations.length > 0 ? [' · ', ...relations] : [])))

  const tops = survey.tops.get(path) ?? []
  const exported = tops.filter((component) => component.exported)
  const internal = tops.filter((component) => !component.exported)
  for (const component of internal) settleInside(writing, draft, component, home)
  if (internal.length > 0) {
    const names = internal.map((component): Inline[] => sources.definition(component, code(component.name)))
    draft.blocks.push(paragraph(exported.length > 0 ? 'Internal: ' : 'Internal only: ', ...few(names, MAX_INTERNALS)))
  }
  for (const component of exported.slice(0, detail.maxEntries)) writeEntry(writing, draft, component, detail)
  const listed = exported.slice(detail.maxEntries)
  if (listed.length > 0) writeListed(writing, draft, path, listed, detail)
}

/** Exported components that have no room for an entry of their own. */
function writeListed(writing: Writing, draft: Draft, path: string, listed: Component[], detail: Detail): void {
  const title = heading(3, `More of ${path.slice(path.lastIndexOf('/') + 1)}`)
  draft.blocks.push(title, list(listed.slice(0, MAX_LISTED).map((component) => lineOf(writing, component, detail))))
  for (const component of listed) settleInside(writing, draft, component, title)
  if (listed.length <= MAX_LISTED) return
  const names = listed.slice(MAX_LISTED).map((component): Inline[] => [code(component.qualifiedName)])
  draft.blocks.push(paragraph('Also exported: ', ...few(names, names.length)))
}

function lineOf(writing: Writing, component: Component, detail: Detail): Inline[] {
  const sentence = detail.docChars > 0 ? docSentence(component.doc) : null
  const link = writing.sources.definition(component, code(component.qualifiedName))
  return [...link, ...(sentence === null ? [] : [': ', ...sentence])]
}
