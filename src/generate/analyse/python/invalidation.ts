/**
 * Determines the files to analyse again: changed files, and files whose results were derived from a part of a file
 * (`parts.ts`) that changed, or from one that was derived from it.
 */

import { push } from '#base/multimap.ts'
import type { KeptState } from './kept-files.ts'
import { mayRead, NO_READS, type ReadersOfPaths, unpackReaders } from './kept-reads.ts'
import { areSame, type OutlinedFile, PartValues } from './part-values.ts'

/**
 * @param present - Every file that could be read.
 * @param changed - Files whose text changed.
 * @param submoduleAt - The current path of a submodule; '' for none.
 */
export function findStale(
  kept: KeptState,
  present: ReadonlyMap<string, OutlinedFile>,
  changed: ReadonlySet<string>,
  submoduleAt: (name: string) => string,
): Stale {
  const stale = new Stale(kept, present)
  for (const path of changed) stale.add(path)
  for (const [path, now] of present) {
    const before = kept.files.get(path)
    if (before === undefined || !areSame(before, now)) stale.compare(path)
  }
  for (const path of kept.files.keys()) if (!present.has(path)) stale.compare(path)
  for (const [name, before] of kept.submodules) if (submoduleAt(name) !== before) stale.addReaders(name, 'm')
  stale.spread()
  return stale
}

export class Stale {
  /** Files to be analysed again. */
  readonly files = new Set<string>()
  readonly #kept: KeptState
  readonly #present: ReadonlyMap<string, OutlinedFile>
  readonly #differing = new Set<string>()
  /** Keys of parts that were derived from something that changed. */
  readonly #parts = new Set<string>()
  readonly #work: [path: string, part: string][] = []
  /** The files that depend on each file. */
  #readers: ReadonlyMap<string, readonly string[]> | undefined
  readonly #unpacked = new Map<string, ReadersOfPaths>()

  constructor(kept: KeptState, present: ReadonlyMap<string, OutlinedFile>) {
    this.#kept = kept
    this.#present = present
  }

  /** Adds a file. */
  add(path: string): void {
    if (this.files.has(path) || !this.#present.has(path)) return
    this.files.add(path)
    this.#work.push([path, 'f'])
  }

  /** Adds what depends on those parts of a file whose values changed. */
  compare(path: string): void {
    this.add(path)
    this.#differing.add(path)
    const before = new PartValues(this.#kept.files.get(path))
    const now = new PartValues(this.#present.get(path))
    for (const reader of this.#readersOf(path)) {
      for (const [part, readers] of this.#unpack(reader).get(path) ?? []) {
        if (before.of(part) !== now.of(part)) for (const one of readers) this.#addPart(reader, one)
      }
    }
  }

  /** Adds what depends on a part. */
  addReaders(path: string, part: string): void {
    for (const reader of this.#readersOf(path)) {
      if (!mayRead(this.#kept.files.get(reader)?.reads ?? NO_READS, part)) continue
      for (const one of this.#unpack(reader).get(path)?.get(part) ?? []) this.#addPart(reader, one)
    }
  }

  /** Adds what depends on what was added. */
  spread(): void {
    for (let next = this.#work.pop(); next !== undefined; next = this.#work.pop()) this.addReaders(...next)
  }

  /** Whether the cached dependencies of a part are those that it has now. */
  isFresh(path: string, part: string): boolean {
    if (this.#parts.has(`${path}\0${part}`) || (part === 'f' && this.files.has(path))) return false
    if (!this.#differing.has(path)) return true
    const own = part.startsWith('r') ? `t${part.slice(1)}` : part
    return new PartValues(this.#kept.files.get(path)).of(own) === new PartValues(this.#present.get(path)).of(own)
  }

  #addPart(path: string, part: string): void {
    const key = `${path}\0${part}`
    if (this.#parts.has(key)) return
    this.#parts.add(key)
    this.#work.push([path, part])
    this.add(path)
  }

  #readersOf(path: string): readonly string[] {
    if (this.#readers === undefined) {
      const readers = new Map<string, string[]>()
      for (const [reader, { reads }] of this.#kept.files) for (const one of reads.paths) push(readers, one, reader)
      this.#readers = readers
    }
    return this.#readers.get(path) ?? []
  }

  #unpack(path: string): ReadersOfPaths {
    let readers = this.#unpacked.get(path)
    if (readers === undefined) {
      readers = unpackReaders(this.#kept.files.get(path)?.reads ?? NO_READS)
      this.#unpacked.set(path, readers)
    }
    return readers
  }
}
