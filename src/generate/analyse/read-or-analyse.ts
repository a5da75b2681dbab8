/** Caches the whole result of an analyser for later commits that change nothing that it depends on. */

import type { Incidents } from '#generate/incidents.ts'
import type { SourceFile } from '#generate/model.ts'
import type { CodeAnalysis, KeptResults } from './analyser.ts'
import { packEdges, StringTable, unpackEdges } from './pack-edges.ts'
import { type PackedUses, packUses, unpackUses } from './pack-uses.ts'
import { filesKey } from './results-cache.ts'

/** An analysis in the form in which it is cached. */
type PackedAnalysis = Omit<CodeAnalysis, 'edges' | 'fileUses'> & {
  strings: readonly string[]
  edges: Int32Array
  fileUses: PackedUses
}

/** The cached result if nothing that it depends on has changed, else a new one, which is cached. */
export async function readOrAnalyse(
  languages: readonly string[],
  files: readonly SourceFile[],
  { cache, surroundings }: KeptResults,
  incidents: Incidents,
  run: () => Promise<CodeAnalysis>,
): Promise<CodeAnalysis> {
  const name = `results ${languages.join(' ')}`
  const key = `${surroundings} ${filesKey(files)}`
  const kept = await cache.read<PackedAnalysis>(name, key)
  if (kept !== undefined) {
    const { strings, edges, fileUses, ...rest } = kept
    return { ...rest, edges: unpackEdges(edges, strings), fileUses: unpackUses(fileUses, strings) }
  }
  const { count } = incidents
  const result = await run()
  // Results with incidents are not cached, so that the next analysis reports the incidents again.
  if (incidents.count === count) {
    const table = new StringTable()
    const [edges, fileUses] = [packEdges(result.edges, table), packUses(result.fileUses, table)]
    const packed: PackedAnalysis = { ...result, strings: table.strings, edges, fileUses }
    await cache.write(name, key, packed)
  }
  return result
}
