/** Repositories of texts, with the inventory and the artifacts that their files really give. */

import assert from 'node:assert/strict'
import { analyse } from '#generate/analyse/analyse.ts'
import { findArtifacts } from '#generate/analyse/artifacts/find.ts'
import type { Guide } from '#generate/guide-model.ts'
import { readGuides } from '#generate/guides/read-guides.ts'
import { Incidents } from '#generate/incidents.ts'
import { readPackages } from '#generate/manifests/read-packages.ts'
import type { Component, Edge } from '#generate/model.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { inventoryOf } from '../analyse/inventory-of.ts'
import { document, type Sample, sample, type Whole } from './sample.ts'

/** @param parts - Components and edges, which are not found in the texts. */
export async function sampleOf(
  texts: Record<string, string>,
  { components = [], edges = [] }: { components?: Component[]; edges?: Edge[] } = {},
): Promise<Sample> {
  const { inventory } = sample([])
  const { files } = await inventoryOf(texts)
  const { analysis } = sample(files, components, edges)
  const artifacts = findArtifacts(files, { componentIds: new Set(components.map(({ id }) => id)) })
  return { inventory: { ...inventory, files }, analysis: { ...analysis, artifacts } }
}

/** Its set. */
export async function documentOf(...args: Parameters<typeof sampleOf>): Promise<Whole> {
  return document(await sampleOf(...args))
}

/** A repository with all that the analysis really finds in its texts. */
export async function analysedSample(texts: Record<string, string>): Promise<Sample> {
  const { inventory } = sample([])
  const { files } = await inventoryOf(texts)
  const whole = { ...inventory, files }
  return { inventory: whole, analysis: await analyse(whole, { signal: AbortSignal.any([]), onProgress: () => {} }) }
}

/** The pages of what packages really show, by name and without addresses. */
export async function pagesOf(texts: Record<string, string>): Promise<Map<string, string>> {
  const { inventory, analysis } = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const { markdown, verification } = document({ inventory, analysis, surfaces })
  assert.deepEqual(verification.faults, [])
  return new Map([...markdown].map(([name, text]) => [name, text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')]))
}

/** The overview of what a package really shows, or another page, without addresses, with one block of code in its README. */
export async function overviewOf(
  texts: Record<string, string>,
  lang: string,
  value: string,
  page = 'overview.md',
): Promise<string> {
  const { inventory, analysis } = await analysedSample({
    ...texts,
    'README.md': `# orbit\n\n\`\`\`${lang}\n${value}\`\`\`\n`,
  })
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const guide: Guide = {
    ...{ path: 'README.md', title: 'orbit', anchors: new Map(), isCut: false },
    blocks: [{ type: 'code', lang, value }],
  }
  const order = [{ title: 'orbit', path: 'README.md', children: [] }]
  const guides = { guides: new Map([[guide.path, guide]]), order, leftOut: new Map(), held: new Map() }
  const { markdown, verification } = document({ inventory, analysis, surfaces, guides })
  assert.deepEqual(verification.faults, [])
  return (markdown.get(page) ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

/** The section on the public API as Markdown, without the addresses in its table, and the index. */
export async function publicApiSections(texts: Record<string, string>): Promise<{ section: string; index: string }> {
  const given = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(given.inventory), given.analysis, given.inventory.files, 'orbit')
  const guides = readGuides(given.inventory, new Incidents({ areFatal: true }))
  const { markdown, verification } = document({ ...given, surfaces, guides })
  assert.deepEqual(verification.faults, [])
  const plain = (text: string): string => text.replaceAll(/\[(`[^\]]*)\]\([^)]*\)/g, '$1')
  const [section = ''] = /^## .*Public API[\s\S]*?(?=^## )/m.exec(plain(markdown.get('overview.md') ?? '')) ?? []
  return { section, index: plain(markdown.get('public-api.md') ?? '') }
}
