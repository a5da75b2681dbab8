/** Finds the variables that the tags of Go structs name, with the prefix under which a file reads the struct. */

import { push } from '#base/multimap.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { DirectRead, FileReads, TagFacts } from './file-reads.ts'

/** Limit on the nesting of structs that add a prefix. */
const MAX_DEPTH = 4
/** Limit on the prefixes of one struct; the variables of a struct with more are left out. */
const MAX_PREFIXES = 8

/** @returns Reads keyed by file, without tags whose prefix is unknown or ambiguous. */
export function joinTags(files: ReadonlyMap<string, FileReads>): Map<string, DirectRead[]> {
  const tagged = [...files].flatMap(([file, { tags }]) => (tags === undefined ? [] : [{ file, tags }]))
  const byFolder = new Map<string, TagFacts[]>()
  for (const { file, tags } of tagged) push(byFolder, folderOf(file), tags)
  const prefixes = new Prefixes(byFolder)
  const everywhere = new Set(tagged.flatMap(({ tags }) => tags.parses))
  const reads = new Map<string, DirectRead[]>()
  for (const { file, tags } of tagged) {
    if (tags.fields.length === 0) continue
    const around = byFolder.get(folderOf(file))?.flatMap(({ parses }) => parses)
    const candidates = [new Set(tags.parses), new Set(around), everywhere]
    const outer = onlyOne(candidates.find(({ size }) => size > 0))
    if (outer === null) continue
    reads.set(
      file,
      tags.fields.flatMap(({ struct, name, ...rest }) =>
        prefixes
          .of(folderOf(file), struct)
          .map((inner): DirectRead => ({ kind: 'environment', ...rest, name: outer + inner + name })),
      ),
    )
  }
  return reads
}

/** The only prefix, '' if there is none, or `null` if it is unknown or ambiguous. */
function onlyOne(prefixes: ReadonlySet<string | null> | undefined): string | null {
  const [only = ''] = prefixes ?? ['']
  return (prefixes?.size ?? 0) > 1 ? null : only
}

/** The prefixes of structs. A struct is identified by its name and its folder, which is a Go package. */
class Prefixes {
  /** Fields whose type is a struct, keyed by that struct. */
  readonly #fieldsOf = new Map<string, { owner: string; prefix: string }[]>()
  /** Prefixes keyed by depth and struct: without them, structs that contain each other would cost exponential time. */
  readonly #known = new Map<string, readonly string[]>()

  constructor(byFolder: ReadonlyMap<string, readonly TagFacts[]>) {
    const homes = new Map<string, string[]>()
    for (const folder of byFolder.keys()) push(homes, nameOf(folder), folder)
    for (const [folder, tags] of byFolder)
      for (const { owner, home, type, prefix } of tags.flatMap(({ nested }) => nested)) {
        const [own, ...others] = home === '' ? [folder] : (homes.get(home) ?? [])
        // Several folders with the name of the package are ambiguous.
        if (own === undefined || others.length > 0 || (own === folder && type === owner)) continue
        push(this.#fieldsOf, keyOf(own, type), { owner: keyOf(folder, owner), prefix })
      }
  }

  /** Prefixes from the fields of this type and the structs around them: [''] without such fields, [] if they are too many or too deep. */
  of(folder: string, struct: string): readonly string[] {
    return this.#innerOf(keyOf(folder, struct), MAX_DEPTH)
  }

  #innerOf(struct: string, depth: number): readonly string[] {
    const fields = this.#fieldsOf.get(struct)
    if (fields === undefined) return ['']
    if (depth === 0) return []
    const key = `${depth} ${struct}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const prefixes = new Set<string>()
    for (const { owner, prefix } of fields) {
      for (const outer of this.#innerOf(owner, depth - 1)) prefixes.add(outer + prefix)
      if (prefixes.size > MAX_PREFIXES) break
    }
    const found = prefixes.size > MAX_PREFIXES ? [] : [...prefixes]
    this.#known.set(key, found)
    return found
  }
}

const keyOf = (folder: string, struct: string): string => `${folder}\0${struct}`
