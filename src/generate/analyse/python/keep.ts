/** Writes the cache for the next analysis: changed files as they are now, the others as they were cached before. */

import type { FileFacts } from './facts.ts'
import type { FileTable } from './file-table.ts'
import type { Stale } from './invalidation.ts'
import type { KeptFile, KeptFiles, KeptTree } from './kept-files.ts'
import { type KeptReads, NO_READS, packReads, unpackReads } from './kept-reads.ts'
import type { ModuleTable } from './modules.ts'
import { packTree } from './packed-tree.ts'
import type { OutlinedFile } from './part-values.ts'
import { type Parts, restKey } from './parts.ts'
import type { Product } from './product.ts'
import { writeProduct } from './product-text.ts'
import type { Program } from './program.ts'
import type { Source } from './sources.ts'

/** What an analysis found; keys are paths. */
interface Analysed {
  readonly program: Program
  readonly sources: ReadonlyMap<string, Source>
  readonly present: ReadonlyMap<string, OutlinedFile>
  readonly products: ReadonlyMap<string, Product>
  readonly stale: Stale
}

export async function keep(kept: KeptFiles, { program, sources, present, products, stale }: Analysed): Promise<void> {
  const { files: table, modules } = program
  const files = new Map<string, KeptFile>()
  const trees = new Map<string, KeptTree>()
  const lookedUp = new Set(kept.state.submodules.keys())
  for (const [path, { active, exports, outline }] of present) {
    const source = sources.get(path)
    const product = products.get(path)
    const facts = table.made(path)
    const bytes = source?.bytes ?? (facts && packTree(facts.tree))
    if (source === undefined || product === undefined || bytes === undefined) continue
    const { blob } = source
    trees.set(path, { blob, bytes })
    const old = stale.files.has(path) ? undefined : source.kept
    // Earlier reads of what did not change still count, since they are not repeated now.
    const before = kept.state.files.get(path)?.reads ?? NO_READS
    const reads = facts === undefined ? before : readsOf(table, facts, before, stale, lookedUp)
    const isSame = old?.outline === outline && old.exports.isShared === exports.isShared && old.reads === reads
    const now = { blob, outline, exports, active, reads, product: old?.product ?? writeProduct(path, product) }
    files.set(path, isSame ? old : now)
  }
  const submodules = new Map<string, string>()
  for (const { reads } of files.values()) {
    for (const name of reads.paths) if (lookedUp.has(name)) submodules.set(name, submoduleAt(modules, name))
  }
  await kept.write({ modules: modules.key, submodules, files }, trees)
}

/**
 * What a file and its parts depend on.
 *
 * @param lookedUp - Receives submodules that were looked up.
 * @returns The same object as before if nothing was added.
 */
function readsOf(
  table: FileTable,
  { parts, path }: FileFacts,
  before: KeptReads,
  stale: Stale,
  lookedUp: Set<string>,
): KeptReads {
  const own = `${path}\0`
  const all = unpackReads(before)
  let isSame = true
  for (const part of all.keys()) {
    if (stale.isFresh(path, part)) continue
    all.delete(part)
    isSame = false
  }
  for (const reader of parts.all) {
    const part = reader.path.slice(own.length)
    if (part.startsWith('l') || (reader.reads.size === 0 && part !== 'f')) continue
    const known = all.get(part)
    const found = new Set(known)
    const keys = part === 'f' ? withLocal(parts, reader.reads) : reader.reads
    for (const key of expanded(table, keys)) {
      // A file depends on all of its parts.
      if (part === 'f' && key.startsWith(own)) continue
      if (key.endsWith('\0m')) lookedUp.add(key.slice(0, -2))
      found.add(key)
    }
    if (found.size === (known?.size ?? 0)) continue
    all.set(part, found)
    isSame = false
  }
  return isSame ? before : packReads(all)
}

/** Limit on the local names of functions that are followed; above it, the whole file counts as read. */
const MAX_LOCAL = 1_000

/** What a whole file depends on: also what anything local in it does. */
function withLocal(parts: Parts, reads: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(reads)
  for (const one of parts.all) if (isLocal(one.path)) for (const key of one.reads) all.add(key)
  return all
}

/** Keys of parts; a local name of a function is replaced by the parts it depends on. */
function expanded(table: FileTable, keys: ReadonlySet<string>): ReadonlySet<string> {
  if (![...keys].some(isLocal)) return keys
  const found = new Set(keys)
  const local: string[] = []
  for (const key of found) {
    if (!isLocal(key)) continue
    local.push(key)
    const path = key.slice(0, key.indexOf('\0'))
    if (local.length > MAX_LOCAL) found.add(restKey(path))
    else for (const one of table.made(path)?.parts.made(key)?.reads ?? []) found.add(one)
  }
  for (const key of local) found.delete(key)
  return found
}

const isLocal = (key: string): boolean => key[key.indexOf('\0') + 1] === 'l'

/** The path of a submodule that was looked up as `folder/name`; '' for none. */
export function submoduleAt(modules: ModuleTable, name: string): string {
  return modules.placeOf(name)
}
