/** Names variables after the tags of Go structs, with the prefix under which some file reads the struct prepended. */

import { push } from '#base/multimap.ts'
import { folderOf } from '#generate/paths.ts'
import type { DirectRead, FileReads, TagFacts } from './file-reads.ts'

/** Limit on the structs around a struct that add a prefix. */
const MAX_DEPTH = 4
/** Limit on the prefixes of one struct. */
const MAX_PREFIXES = 8

/** @returns Reads keyed by file, without tags whose prefix is unknown or ambiguous. */
export function joinTags(files: ReadonlyMap<string, FileReads>): Map<string, DirectRead[]> {
  const tagged = [...files].flatMap(([file, { tags }]) => (tags === undefined ? [] : [{ file, tags }]))
  const byFolder = new Map<string, TagFacts[]>()
  for (const { file, tags } of tagged) push(byFolder, folderOf(file), tags)
  const packages = new Map([...byFolder].map(([folder, tags]) => [folder, new PackagePrefixes(tags)]))
  const everywhere = new Set(tagged.flatMap(({ tags }) => tags.parses))
  const reads = new Map<string, DirectRead[]>()
  for (const { file, tags } of tagged) {
    const around = packages.get(folderOf(file))
    if (tags.fields.length === 0 || around === undefined) continue
    const candidates = [new Set(tags.parses), around.parses, everywhere]
    const outer = onlyOne(candidates.find(({ size }) => size > 0))
    if (outer === null) continue
    reads.set(
      file,
      tags.fields.flatMap(({ struct, name, ...rest }) =>
        around
          .innerOf(struct)
          .map((inner): DirectRead => ({ kind: 'environment', ...rest, name: outer + inner + name })),
      ),
    )
  }
  return reads
}

/** The only prefix, '' if there is none, or `null` if it is unknown or there are several. */
function onlyOne(prefixes: ReadonlySet<string | null> | undefined): string | null {
  const [only = ''] = prefixes ?? ['']
  return (prefixes?.size ?? 0) > 1 ? null : only
}

/** The prefixes of one Go package, which is a folder. */
class PackagePrefixes {
  readonly parses: ReadonlySet<string | null>
  /** Fields whose type is a struct, keyed by that struct. */
  readonly #fieldsOf = new Map<string, TagFacts['nested'][number][]>()
  /** Prefixes keyed by depth and struct: without them, structs that contain each other would cost exponential time. */
  readonly #known = new Map<string, readonly string[]>()

  constructor(tags: readonly TagFacts[]) {
    this.parses = new Set(tags.flatMap(({ parses }) => parses))
    for (const field of tags.flatMap(({ nested }) => nested)) {
      if (field.type !== field.owner) push(this.#fieldsOf, field.type, field)
    }
  }

  /** Prefixes from the fields whose type is the struct, and from those around them; [''] without such fields. */
  innerOf(struct: string, depth = MAX_DEPTH): readonly string[] {
    const fields = this.#fieldsOf.get(struct)
    if (fields === undefined || depth === 0) return ['']
    const key = `${depth} ${struct}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const prefixes = new Set<string>()
    for (const { owner, prefix } of fields) {
      for (const outer of this.innerOf(owner, depth - 1)) prefixes.add(outer + prefix)
      if (prefixes.size >= MAX_PREFIXES) break
    }
    const first = [...prefixes].slice(0, MAX_PREFIXES)
    this.#known.set(key, first)
    return first
  }
}
