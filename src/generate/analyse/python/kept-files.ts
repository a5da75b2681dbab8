/**
 * Python's cache for the next analysis of the repository. For each file it holds the data that depends only on the
 * file, and its part of the result. It also holds the parts of other files that this data was derived from.
 */

import type { KeptResults } from '#generate/analyse/analyser.ts'
import { KeptMap } from '#generate/analyse/kept-map.ts'
import type { SourceFile } from '#generate/model.ts'
import type { KeptReads } from './kept-reads.ts'
import type { OutlinedFile } from './part-values.ts'

/** The cached data of a file besides its tree. */
export interface KeptFile extends OutlinedFile {
  readonly blob: string
  readonly reads: KeptReads
  /** The product as UTF-8, written by `product-text.ts`: strings may take two bytes for each character. */
  readonly product: Uint8Array
}

export interface KeptExports {
  readonly names: readonly string[] | null
  readonly isOpen: boolean
  /** True if other files contribute to its result. */
  readonly isShared: boolean
}

interface Places {
  /** A hash of all modules and the folders they are looked up in. */
  readonly modules: string
  /** The paths of looked-up submodules; '' for none. */
  readonly submodules: ReadonlyMap<string, string>
}

export interface KeptState extends Places {
  readonly files: ReadonlyMap<string, KeptFile>
}

export interface KeptTree {
  readonly blob: string
  readonly bytes: Uint8Array
}

const NOTHING: KeptState = { modules: '', submodules: new Map(), files: new Map() }

export class KeptFiles {
  readonly #kept: KeptResults | undefined
  readonly #files: KeptMap<KeptFile, Places> | undefined
  readonly state: KeptState
  #trees: KeptMap<KeptTree> | undefined

  private constructor(kept: KeptResults | undefined, files?: KeptMap<KeptFile, Places>) {
    this.#kept = kept
    this.#files = files
    this.state = { ...NOTHING, ...files?.common, files: files?.values ?? NOTHING.files }
  }

  static async read(kept: KeptResults | undefined): Promise<KeptFiles> {
    if (kept === undefined) return new KeptFiles(undefined)
    return new KeptFiles(kept, await KeptMap.read<KeptFile, Places>(kept.cache, 'python files', versionOf(kept)))
  }

  get isKeeping(): boolean {
    return this.#kept !== undefined
  }

  /** The cache entries of every file; `undefined` if anything changed. */
  all(files: readonly SourceFile[], modules: string): [path: string, kept: KeptFile][] | undefined {
    if (this.state.modules !== modules || this.state.files.size !== files.length) return undefined
    const all: [string, KeptFile][] = []
    for (const file of files) {
      const kept = this.fileOf(file)
      if (kept === undefined) return undefined
      all.push([file.path, kept])
    }
    return all
  }

  /** Reads the trees, which are only needed if something changed. */
  async readTrees(): Promise<void> {
    const kept = this.#kept
    if (kept !== undefined) this.#trees = await KeptMap.read<KeptTree>(kept.cache, 'python trees', versionOf(kept))
  }

  /** @returns `undefined` if the file changed. */
  fileOf({ path, blob }: SourceFile): KeptFile | undefined {
    const kept = this.state.files.get(path)
    return kept?.blob === blob ? kept : undefined
  }

  /** @returns `undefined` if the file changed, or if its tree was not cached, which counts as a change. */
  treeOf(file: SourceFile): Uint8Array | undefined {
    const tree = this.fileOf(file) === undefined ? undefined : this.#trees?.values.get(file.path)
    return tree?.blob === file.blob ? tree.bytes : undefined
  }

  /** @param state - Unchanged entries must be the same objects as before. */
  async write({ files, ...places }: KeptState, trees: ReadonlyMap<string, KeptTree>): Promise<void> {
    const before = this.#trees?.values
    const asBefore = [...trees].map(([path, tree]): [string, KeptTree] => {
      const old = before?.get(path)
      return [path, old?.blob === tree.blob ? old : tree]
    })
    await this.#files?.write(files, places)
    await this.#trees?.write(new Map(asBefore))
  }
}

/** Files depend on the analysis' own code; their surroundings are recorded separately. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
