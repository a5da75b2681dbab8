/**
 * What is kept of Python for the next analysis of the repository, by file: what hangs on the file alone, what it gives
 * to the result, and what of other files that was worked out from. A file is **due** when any of that changed.
 */

import type { KeptResults } from '#generate/analyse/analyser.ts'
import { KeptMap } from '#generate/analyse/kept-map.ts'
import type { SourceFile } from '#generate/model.ts'
import type { Present } from './invalidation.ts'

/** What is kept of a file beside its tree. */
export interface KeptFile extends Present {
  readonly blob: string
  /** Indexes of the functions whose bodies were read to know what they give. */
  readonly consulted: readonly number[]
  /** What it was looked at for it: paths, and submodules (`folder/name?`). */
  readonly reads: readonly string[]
  /** As `product-text.ts` writes it. */
  readonly product: string
}

export interface KeptExports {
  readonly names: readonly string[] | null
  readonly isOpen: boolean
  /** True when other files have a part in it. */
  readonly isShared: boolean
}

interface Places {
  /** Of all modules there are and of where they are looked for. */
  readonly modules: string
  /** Where submodules led that somebody looked for; '' for nowhere. */
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

  /** What was kept of every file; `undefined` when anything changed. */
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

  /** The trees are only needed when something changed. */
  async readTrees(): Promise<void> {
    const kept = this.#kept
    if (kept !== undefined) this.#trees = await KeptMap.read<KeptTree>(kept.cache, 'python trees', versionOf(kept))
  }

  /** @returns `undefined` when the file changed. */
  fileOf({ path, blob }: SourceFile): KeptFile | undefined {
    const kept = this.state.files.get(path)
    return kept?.blob === blob ? kept : undefined
  }

  /** @returns `undefined` when the file changed, and when its tree was not kept: then it counts as changed. */
  treeOf(file: SourceFile): Uint8Array | undefined {
    const tree = this.fileOf(file) === undefined ? undefined : this.#trees?.values.get(file.path)
    return tree?.blob === file.blob ? tree.bytes : undefined
  }

  /** @param state - A file that is kept as it was is the same object as before. */
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

/** Files hang on the analysis' own code; what is around them is noted by itself. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
