/**
 * What is kept of Python for the next analysis of the repository, by file: what hangs on the file alone, what it gives
 * to the result, and what of other files that was worked out from. A file is **due** when any of that changed.
 */

import { randomUUID } from 'node:crypto'
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

/**
 * Entries of the cache: all files, all their trees, and what is different **later**, so that a small change writes
 * little. What belongs together has the same stamp.
 */
interface Base {
  readonly stamp: string
  readonly state: KeptState
}

interface Trees {
  readonly stamp: string
  readonly trees: ReadonlyMap<string, KeptTree>
}

interface Later extends Trees {
  /** `files` are those that are different. */
  readonly state: KeptState
  readonly gone: readonly string[]
}

/** All files are written anew when so many of them are different. */
const MAX_SHARE = 0.2

const NOTHING: KeptState = { modules: '', submodules: new Map(), files: new Map() }

export class KeptFiles {
  readonly #kept: KeptResults | undefined
  readonly #base: Base
  readonly #later: Later | undefined
  readonly state: KeptState
  #trees: ReadonlyMap<string, KeptTree> | undefined

  private constructor(kept: KeptResults | undefined, base: Base, later: Later | undefined) {
    this.#kept = kept
    this.#base = base
    this.#later = later
    this.state = later === undefined ? base.state : withLater(base.state, later)
  }

  static async read(kept: KeptResults | undefined): Promise<KeptFiles> {
    if (kept === undefined) return new KeptFiles(undefined, { stamp: '', state: NOTHING }, undefined)
    const key = versionOf(kept)
    const base = (await kept.cache.read<Base>('python files', key)) ?? { stamp: '', state: NOTHING }
    const later = await kept.cache.read<Later>('python later', key)
    return new KeptFiles(kept, base, later?.stamp === base.stamp ? later : undefined)
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
    if (kept === undefined || this.state.files.size === 0) return
    const base = await kept.cache.read<Trees>('python trees', versionOf(kept))
    if (base?.stamp !== this.#base.stamp) return
    this.#trees = new Map([...base.trees, ...(this.#later?.trees ?? [])])
  }

  /** @returns `undefined` when the file changed. */
  fileOf({ path, blob }: SourceFile): KeptFile | undefined {
    const kept = this.state.files.get(path)
    return kept?.blob === blob ? kept : undefined
  }

  /** @returns `undefined` when the file changed, and when its tree was not kept: then it counts as changed. */
  treeOf(file: SourceFile): Uint8Array | undefined {
    const tree = this.fileOf(file) === undefined ? undefined : this.#trees?.get(file.path)
    return tree?.blob === file.blob ? tree.bytes : undefined
  }

  /** @param state - A file that is kept as it was is the same object as before. */
  async write(state: KeptState, trees: ReadonlyMap<string, KeptTree>): Promise<void> {
    const kept = this.#kept
    if (kept === undefined) return
    const key = versionOf(kept)
    const { stamp } = this.#base
    const before = this.#base.state.files
    const files = new Map([...state.files].filter(([path, file]) => before.get(path) !== file))
    const gone = [...before.keys()].filter((path) => !state.files.has(path))
    if (this.#trees !== undefined && files.size + gone.length <= before.size * MAX_SHARE) {
      const changed = [...trees].filter(([path, { blob }]) => before.get(path)?.blob !== blob)
      const later: Later = { stamp, state: { ...state, files }, gone, trees: new Map(changed) }
      await kept.cache.write('python later', key, later)
      return
    }
    const next = randomUUID()
    await kept.cache.write('python files', key, { stamp: next, state } satisfies Base)
    await kept.cache.write('python trees', key, { stamp: next, trees } satisfies Trees)
  }
}

function withLater({ files }: KeptState, later: Later): KeptState {
  const all = new Map([...files, ...later.state.files])
  for (const path of later.gone) all.delete(path)
  return { ...later.state, files: all }
}

/** Files hang on the analysis' own code; what is around them is noted by itself. */
function versionOf({ surroundings }: KeptResults): string {
  return surroundings.slice(0, surroundings.indexOf(' '))
}
