/**
 * What is kept of Python for the next analysis of the repository, by file: what hangs on the file alone, what it gives
 * to the result, and what of other files that was worked out from. A file is **due** when any of that changed.
 */

import type { KeptResults } from '#generate/analyse/analyser.ts'
import type { SourceFile } from '#generate/model.ts'
import type { Present } from './due.ts'

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

export interface KeptState {
  /** Of all modules there are and of where they are looked for. */
  readonly modules: string
  /** Where submodules led that somebody looked for; '' for nowhere. */
  readonly submodules: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, KeptFile>
}

export interface KeptTree {
  readonly blob: string
  readonly bytes: Uint8Array
}

const NOTHING: KeptState = { modules: '', submodules: new Map(), files: new Map() }

export class KeptFiles {
  readonly #kept: KeptResults | undefined
  readonly state: KeptState
  #trees: ReadonlyMap<string, KeptTree> | undefined

  private constructor(kept: KeptResults | undefined, state: KeptState) {
    this.#kept = kept
    this.state = state
  }

  static async read(kept: KeptResults | undefined): Promise<KeptFiles> {
    const state = await kept?.cache.read<KeptState>('python files', versionOf(kept))
    return new KeptFiles(kept, state ?? NOTHING)
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
    if (kept !== undefined) this.#trees = await kept.cache.read('python trees', versionOf(kept))
    this.#trees ??= new Map()
  }

  /** @returns `undefined` when the file changed. */
  fileOf({ path, blob }: SourceFile): KeptFile | undefined {
    const kept = this.state.files.get(path)
    return kept?.blob === blob ? kept : undefined
  }

  /** @returns `undefined` when the file changed, and when its tree was not kept: then it counts as changed. */
  treeOf({ path, blob }: SourceFile): Uint8Array | undefined {
    const tree = this.state.files.get(path)?.blob === blob ? this.#trees?.get(path) : undefined
    return tree?.blob === blob ? tree.bytes : undefined
  }

  async write(state: KeptState, trees: ReadonlyMap<string, KeptTree>): Promise<void> {
    const kept = this.#kept
    if (kept === undefined) return
    await kept.cache.write('python files', versionOf(kept), state)
    await kept.cache.write('python trees', versionOf(kept), trees)
  }
}

/** Files hang on the analysis' own code; what is around them is noted by itself. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
