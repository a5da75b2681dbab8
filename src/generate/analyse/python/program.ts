/** All files of one analysis, and what was worked out about them so far. */

import type { Exports } from './exports.ts'
import type { Definition, FileFacts } from './facts.ts'
import type { Lineage } from './lineage.ts'
import type { ModuleTable } from './modules.ts'
import type { Value } from './values.ts'

/** How deep an evaluation may go: chains of re-exports, of calls, of types. Deeper is "not known". */
const MAX_DEPTH = 60

/** Evaluations that one question may take; a hostile file could ask for exponentially many. */
const MAX_STEPS = 5_000

export class Program {
  /** By class: its bases in order. */
  readonly lineages = new Map<Definition, Lineage>()
  readonly exports = new Map<FileFacts, Exports>()
  /** By function: what it returns when it is not bound to a receiver of its own. */
  readonly results = new Map<Definition, Value | null>()
  #depth = 0
  #steps = 0

  readonly modules: ModuleTable
  readonly files: ReadonlyMap<string, FileFacts>

  constructor(modules: ModuleTable, files: ReadonlyMap<string, FileFacts>) {
    this.modules = modules
    this.files = files
  }

  /** Run a step of an evaluation, or answer `otherwise` when it has become too deep or too long. */
  within<T>(otherwise: T, step: () => T): T {
    if (this.#depth >= MAX_DEPTH || this.#steps >= MAX_STEPS) return otherwise
    if (this.#depth === 0) this.#steps = 0
    this.#depth++
    this.#steps++
    try {
      return step()
    } finally {
      this.#depth--
      if (this.#depth === 0) this.#steps = 0
    }
  }
}
