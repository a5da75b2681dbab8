/** The packages of a repository written down in a test. */

import { readPackages } from '#generate/manifests/read-packages.ts'
import type { Package } from '#generate/model.ts'
import { inventoryOf } from '../analyse/inventory-of.ts'

export async function packagesOf(texts: Record<string, string>): Promise<Package[]> {
  return readPackages(await inventoryOf(texts))
}

/** The only one. */
export async function packageOf(texts: Record<string, string>): Promise<Package> {
  const packages = await packagesOf(texts)
  const [only] = packages
  if (only === undefined || packages.length > 1) throw new Error(`${packages.length} packages`)
  return only
}

/** `click`, `ruff (development dev)`. */
export function needs({ dependencies }: Package): string[] {
  return dependencies.map(({ name, kind, group }) => {
    const notes = [kind === 'runtime' ? [] : kind, group ?? []].flat()
    return notes.length === 0 ? name : `${name} (${notes.join(' ')})`
  })
}
