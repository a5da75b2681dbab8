/** Variable names from tags of Go structs, completed with the prefix they are read with in any file. */

import { folderOf } from '#generate/paths.ts'
import type { DirectRead, FileReads, TagFacts } from './file-reads.ts'

const MAX_DEPTH = 4
const MAX_PREFIXES = 8

/** @returns By file; tags whose prefix is unknown or ambiguous are left out. */
export function joinTags(files: ReadonlyMap<string, FileReads>): Map<string, DirectRead[]> {
  const tagged = [...files].flatMap(([file, { tags }]) => (tags === undefined ? [] : [{ file, tags }]))
  const byFolder = new Map<string, TagFacts[]>()
  for (const { file, tags } of tagged) byFolder.set(folderOf(file), [...(byFolder.get(folderOf(file)) ?? []), tags])
  const everywhere = new Set(tagged.flatMap(({ tags }) => tags.parses))
  const found = new Map<string, DirectRead[]>()
  for (const { file, tags } of tagged) {
    if (tags.fields.length === 0) continue
    const beside = byFolder.get(folderOf(file)) ?? []
    const outer = onlyOne(
      [new Set(tags.parses), new Set(beside.flatMap(({ parses }) => parses)), everywhere].find(({ size }) => size > 0),
    )
    if (outer === null) continue
    const nested = beside.flatMap((one) => one.nested)
    const reads = tags.fields.flatMap(({ struct, name, ...rest }) =>
      innerPrefixes(struct, nested, MAX_DEPTH).map(
        (inner): DirectRead => ({ kind: 'environment', ...rest, name: outer + inner + name }),
      ),
    )
    found.set(file, reads)
  }
  return found
}

function onlyOne(prefixes: ReadonlySet<string | null> | undefined): string | null {
  const [only = ''] = prefixes ?? ['']
  return (prefixes?.size ?? 0) > 1 ? null : only
}

/** Prefixes from the fields that contain the struct. Recursion is limited by `depth`. */
function innerPrefixes(struct: string, nested: TagFacts['nested'], depth: number): string[] {
  const held = nested.filter(({ type, owner }) => type === struct && owner !== struct)
  if (held.length === 0 || depth === 0) return ['']
  const all = held.flatMap(({ owner, prefix }) =>
    innerPrefixes(owner, nested, depth - 1).map((outer) => outer + prefix),
  )
  return [...new Set(all)].slice(0, MAX_PREFIXES)
}
