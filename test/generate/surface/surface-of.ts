/** The surfaces of a repository that is written down in a test. */

import { analyse } from '#generate/analyse/analyse.ts'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { inventoryOf } from '../analyse/inventory-of.ts'

/** By import path: the names, those of the repository with what they stand for. */
export async function surfaceOf(texts: Record<string, string>): Promise<Record<string, string[]>> {
  const inventory = await inventoryOf(texts)
  const analysis = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  const packages = readPackages(inventory)
  const paths = surfacesOf(packages, analysis, inventory.files, 'orbit').flatMap((surface) => surface.paths)
  return Object.fromEntries(
    paths.map(({ path, names }) => [path, names.map(({ name, to }) => (to === null ? name : `${name} ${to}`))]),
  )
}
