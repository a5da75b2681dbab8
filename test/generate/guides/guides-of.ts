/** Documents of texts, as the whole stage reads them, and as pages of a set. */

import assert from 'node:assert/strict'
import type { Guides } from '#generate/guide-model.ts'
import { readGuides } from '#generate/guides/read-guides.ts'
import { Incidents } from '#generate/incidents.ts'
import type { Component } from '#generate/model.ts'
import { type Written, writePages } from '#generate/pages/pages.ts'
import { partition } from '#generate/partition/partition.ts'
import { stringify } from '#markdown/stringify.ts'
import { inventoryOf } from '../analyse/inventory-of.ts'
import { sampleOf } from '../pages/real-sample.ts'
import { link, subject } from '../pages/sample.ts'

export async function guidesOf(texts: Record<string, string>): Promise<Guides> {
  return readGuides(await inventoryOf(texts), new Incidents({ areFatal: true }))
}

/** The Markdown of the only guide, or of the one at a path, before its links have addresses. */
export async function markdownOf(path: string, text: string, others: Record<string, string> = {}): Promise<string> {
  const { guides } = await guidesOf({ ...others, [path]: text })
  return stringify(guides.get(path)?.blocks ?? [])
}

/** Titles of the navigation, children between brackets. */
export function outline(order: Guides['order']): string {
  return order
    .map(({ title, children }) => (children.length === 0 ? title : `${title} [${outline(children)}]`))
    .join(', ')
}

/** The pages of a set, by name. */
export async function pagesOf(
  texts: Record<string, string>,
  parts: { components?: Component[]; pictures?: ReadonlyMap<string, string> } = {},
): Promise<{ pages: Map<string, string>; tree: string[] }> {
  const sample = await sampleOf(texts, parts)
  const guides = readGuides(sample.inventory, new Incidents({ areFatal: true }))
  const root = partition(sample.inventory, sample.analysis, subject)
  const write = (): Written =>
    writePages({ ...{ packages: [], subject, link, root, ref: null, ...sample, guides }, pictures: parts.pictures })
  const written = write()
  // A stage that was interrupted on a busy machine runs once more, with the same documents.
  assert.deepEqual(write().pages, written.pages)
  return {
    pages: new Map(written.pages.map(({ file, markdown }) => [file, markdown])),
    tree: written.tree.map(({ title }) => title),
  }
}
