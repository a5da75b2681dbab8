/** The facts of all files, keyed by path. Those of unchanged files are computed on demand from the cached trees. */

import { Incidents } from '#generate/incidents.ts'
import { identify } from './components.ts'
import type { Definition, FileFacts } from './facts.ts'
import type { ImportedMembers } from './imported-members.ts'
import type { ModuleTable } from './modules.ts'
import type { Program } from './program.ts'
import { scanFile } from './scan.ts'
import type { Source } from './sources.ts'

export class FileTable {
  readonly #modules: ModuleTable
  readonly #sources: ReadonlyMap<string, Source>
  readonly #facts = new Map<string, FileFacts | undefined>()
  readonly #definitions = new Map<FileFacts, Definition[]>()
  readonly #incidents: Incidents
  readonly #isKeeping: boolean
  /** Set by `identifyAll`. */
  #named: { program: Program; imported: ImportedMembers } | undefined

  /** @param isKeeping - Whether dependencies are recorded between parts of files. */
  constructor(
    modules: ModuleTable,
    sources: ReadonlyMap<string, Source>,
    isKeeping: boolean,
    incidents = new Incidents(),
  ) {
    this.#isKeeping = isKeeping
    this.#modules = modules
    this.#incidents = incidents
    this.#sources = sources
  }

  get(path: string): FileFacts | undefined {
    const known = this.#facts.get(path)
    if (known !== undefined || this.#facts.has(path)) return known
    const source = this.#sources.get(path)
    // Until the facts are computed, or if that fails, the file counts as missing.
    this.#facts.set(path, undefined)
    const facts = this.#incidents.attempt('analyse', path, () => {
      const tree = source?.tree()
      return tree && scanFile(this.#modules.ofFile(path), tree, this.#isKeeping)
    })
    if (facts === undefined) return undefined
    this.#facts.set(path, facts)
    const exports = source?.kept?.exports
    if (exports?.isShared === false) {
      facts.exported = { isOpen: exports.isOpen, names: exports.names === null ? null : new Set(exports.names) }
    }
    if (this.#named !== undefined) this.#identify(facts, this.#named)
    return facts
  }

  /** The facts of a file, if they were ever requested. */
  made(path: string): FileFacts | undefined {
    return this.#facts.get(path)
  }

  /** Gives an id to each definition, also of files that are requested later. Call this when the exports of all files are known. */
  identifyAll(program: Program, imported: ImportedMembers): void {
    const named = { program, imported }
    this.#named = named
    const made = [...this.#facts.values()].filter((facts) => facts !== undefined)
    this.#incidents.each(made, { stage: 'analyse', fileOf: ({ path }) => path }, (facts) =>
      this.#identify(facts, named),
    )
  }

  /** The definition that represents each component of a file. */
  definitionsOf(facts: FileFacts): readonly Definition[] {
    return this.#definitions.get(facts) ?? []
  }

  #identify(facts: FileFacts, { program, imported }: { program: Program; imported: ImportedMembers }): void {
    this.#definitions.set(facts, [])
    const definitions = this.#incidents.attempt('analyse', facts.path, () => identify(program, facts, imported))
    if (definitions !== undefined) this.#definitions.set(facts, definitions)
  }
}
