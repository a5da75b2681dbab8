/** Finds the artifacts of texts, and shows them in a form that is easy to compare. */

import { findArtifacts } from '#generate/analyse/artifacts/find.ts'
import type { Artifacts } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

export async function findInTexts(
  files: Record<string, string>,
  componentIds: readonly string[] = [],
): Promise<Artifacts> {
  const inventory = await inventoryOf(files)
  return findArtifacts(inventory.files, { componentIds: new Set(componentIds) })
}

/** `from kind to` */
export function edgesOf({ edges }: Artifacts): string[] {
  return edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`)
}

/** `id kind startLine-endLine` */
export function nodesOf({ nodes }: Artifacts): string[] {
  return nodes.map(({ id, kind, startLine, endLine }) => `${id} ${kind} ${startLine}-${endLine}`)
}
