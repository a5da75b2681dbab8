/**
 * The facts of all files, by path. Those of files that did not change are made when they are first asked for, from what
 * was kept of them.
 */

import { attempt } from '#generate/analyse/attempt.ts'
import { identify } from './components.ts'
import type { Definition, FileFacts } from './facts.ts'
import type { ModuleTable } from './modules.ts'
import type { Program } from './program.ts'
import { scanFile } from './scan.ts'
import type { Source } from './sources.ts'
import type { TakenNames } from './taken-names.ts'

export class FileTable {
  readonly #modules: ModuleTable
  readonly #sources: ReadonlyMap<string, Source>
  readonly #facts = new Map<string, FileFacts | undefined>()
  readonly #definitions = new Map<FileFacts, Definition[]>()
  #named: { program: Program; taken: TakenNames } | undefined

  constructor(modules: ModuleTable, sources: ReadonlyMap<string, Source>) {
    this.#modules = modules
    this.#sources = sources
  }

  get(path: string): FileFacts | undefined {
    const known = this.#facts.get(path)
    if (known !== undefined || this.#facts.has(path)) return known
    const source = this.#sources.get(path)
    const tree = source?.tree()
    const facts = tree === undefined ? undefined : attempt(() => scanFile(this.#modules.ofFile(path), tree))
    this.#facts.set(path, facts)
    if (facts === undefined) return undefined
    const exports = source?.kept?.exports
    if (exports?.isShared === false) {
      facts.exported = { isOpen: exports.isOpen, names: exports.names === null ? null : new Set(exports.names) }
    }
    if (this.#named !== undefined) this.#identify(facts, this.#named)
    return facts
  }

  /** The facts of a file, if somebody asked for them. */
  made(path: string): FileFacts | undefined {
    return this.#facts.get(path)
  }

  /** From now on definitions have ids. To be called when it is settled what each file exports. */
  nameAll(program: Program, taken: TakenNames): void {
    this.#named = { program, taken }
    for (const facts of this.#facts.values()) if (facts !== undefined) this.#identify(facts, this.#named)
  }

  /** The definition that stands for each component of a file. */
  definitionsOf(facts: FileFacts): readonly Definition[] {
    return this.#definitions.get(facts) ?? []
  }

  #identify(facts: FileFacts, { program, taken }: { program: Program; taken: TakenNames }): void {
    this.#definitions.set(facts, attempt(() => identify(program, facts, taken)) ?? [])
  }
}
