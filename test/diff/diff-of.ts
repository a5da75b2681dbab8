/** What changed between two repositories that are written down in a test, read as a generation reads them. */

import type { Diff } from '#diff/change.ts'
import { diffApis } from '#diff/diff.ts'
import { analyse } from '#generate/analyse/analyse.ts'
import { mergeDeclarations } from '#generate/declarations/merge.ts'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { partition } from '#generate/partition/partition.ts'
import { publicApiOf } from '#generate/surface/public-api.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { PublicApi } from '#store/public-api.ts'
import { inventoryOf } from '../generate/analyse/inventory-of.ts'

export async function apiOf(texts: Record<string, string>): Promise<PublicApi> {
  const inventory = await inventoryOf(texts)
  const graph = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  const analysis = mergeDeclarations(graph, inventory.files)
  const packages = readPackages(inventory)
  const surfaces = surfacesOf(packages, analysis, inventory.files, 'orbit')
  const subject = { repoUrl: 'https://example.org/acme/orbit', name: 'orbit', fullName: 'acme/orbit' }
  const root = partition(inventory, analysis, subject)
  // As it comes back from the disk.
  return PublicApi.parse(JSON.parse(JSON.stringify(publicApiOf({ surfaces, analysis, packages, inventory, root }))))
}

export async function diffOf(before: Record<string, string>, after: Record<string, string>): Promise<Diff> {
  return diffApis(await apiOf(before), await apiOf(after))
}

/** `breaking name-removed orbit.draw` for each change, sorted; with `only`, of one severity. */
export async function changesOf(before: Record<string, string>, after: Record<string, string>): Promise<string[]> {
  const { changes } = await diffOf(before, after)
  return changes
    .map(({ severity, rule, name, detail }) => `${severity} ${rule} ${name}${detail === '' ? '' : ` ${detail}`}`)
    .sort()
}

/** Both sides with the same manifest. */
export async function changesIn(
  manifest: Record<string, string>,
  file: string,
  before: string,
  after: string,
): Promise<string[]> {
  return changesOf({ ...manifest, [file]: before }, { ...manifest, [file]: after })
}
