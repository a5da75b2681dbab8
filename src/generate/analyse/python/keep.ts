/** Writes the cache for the next analysis: changed files as they are now, the others as they were cached before. */

import { compareText } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'
import type { Present, Stale } from './invalidation.ts'
import type { KeptFile, KeptFiles, KeptTree } from './kept-files.ts'
import type { ModuleTable } from './modules.ts'
import { outerFunctions } from './outline.ts'
import { packTree } from './packed-tree.ts'
import type { Product } from './product.ts'
import { writeProduct } from './product-text.ts'
import type { Program } from './program.ts'
import type { Source } from './sources.ts'

export async function keep(
  kept: KeptFiles,
  { files: table, modules }: Program,
  sources: ReadonlyMap<string, Source>,
  present: ReadonlyMap<string, Present>,
  products: ReadonlyMap<string, Product>,
  stale: Stale,
): Promise<void> {
  const files = new Map<string, KeptFile>()
  const trees = new Map<string, KeptTree>()
  const submodules = new Map<string, string>()
  for (const [path, { exports, outline, signature }] of present) {
    const source = sources.get(path)
    const product = products.get(path)
    const facts = table.made(path)
    const bytes = source?.bytes ?? (facts && packTree(facts.tree))
    if (source === undefined || product === undefined || bytes === undefined) continue
    const { blob } = source
    // Earlier reads of an unchanged file still count, since they are not repeated now.
    const known = stale.changed.has(path) ? undefined : kept.state.files.get(path)
    const reads = [...new Set([...(known?.reads ?? []), ...(facts?.reads ?? [])])].sort(compareText)
    const consulted = [...new Set([...(known?.consulted ?? []), ...consultedIn(facts)])].sort((a, b) => a - b)
    for (const name of reads) if (name.endsWith('?')) submodules.set(name, submoduleAt(modules, name))
    const old = stale.files.has(path) ? undefined : source.kept
    const text = old?.product ?? writeProduct(path, product)
    const now = { blob, outline, exports, signature, consulted, reads, product: text }
    files.set(path, old !== undefined && isSame(old, now) ? old : now)
    trees.set(path, { blob, bytes })
  }
  await kept.write({ modules: modules.key, submodules, files }, trees)
}

/** Whether the entry of an unchanged file is the same: if the file was not stale, it can only have additional reads. */
function isSame(old: KeptFile, now: KeptFile): boolean {
  return (
    old.outline === now.outline &&
    old.signature === now.signature &&
    old.exports.isShared === now.exports.isShared &&
    old.reads.length === now.reads.length &&
    old.consulted.length === now.consulted.length
  )
}

/** The path of a submodule that was looked up as `folder/name?`; '' for none. */
export function submoduleAt(modules: ModuleTable, name: string): string {
  return modules.placeOf(name.slice(0, -1))
}

/** Indexes of the functions whose bodies were read to determine their results. */
function consultedIn(facts: FileFacts | undefined): number[] {
  if (facts === undefined || facts.consulted.size === 0) return []
  const indexes: number[] = []
  for (const [index, definition] of outerFunctions(facts).entries()) {
    if (facts.consulted.has(definition)) indexes.push(index)
  }
  return indexes
}
