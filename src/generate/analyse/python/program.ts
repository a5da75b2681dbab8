/**
 * All files of one analysis, and what was worked out about them so far. Names, attributes, calls and types are worked
 * out from each other; the three steps that lead back to the start are called through here.
 */

import type { Exports } from './exports.ts'
import type { Binding, Definition, FileFacts, Scope } from './facts.ts'
import type { Lineage } from './lineage.ts'
import type { ModuleTable } from './modules.ts'
import type { Found, Value } from './values.ts'

/** How deep an evaluation may go: chains of re-exports, of calls, of types. Deeper is "not known". */
const MAX_DEPTH = 60

/** Evaluations that one question may take; a hostile file could ask for exponentially many. */
const MAX_STEPS = 5_000

/** The steps that the parts of the evaluation share. */
export interface Steps {
  evaluate(program: Program, file: FileFacts, node: number, scope: Scope): Found
  evaluateBinding(program: Program, binding: Binding): Found
  resultOf(program: Program, called: Value & { kind: 'function' }): Value | null
}

export class Program {
  /** By class: its bases in order. */
  readonly lineages = new Map<Definition, Lineage>()
  readonly exports = new Map<FileFacts, Exports>()
  /** By function: what it returns when it is not bound to a receiver of its own. */
  readonly results = new Map<Definition, Value | null>()
  #depth = 0
  #taken = 0

  readonly #steps: Steps
  readonly modules: ModuleTable
  readonly files: ReadonlyMap<string, FileFacts>

  constructor(modules: ModuleTable, files: ReadonlyMap<string, FileFacts>, steps: Steps) {
    this.modules = modules
    this.files = files
    this.#steps = steps
  }

  /** What the expression at `node`, seen from `scope`, is. */
  evaluate(file: FileFacts, node: number, scope: Scope): Found {
    return this.#steps.evaluate(this, file, node, scope)
  }

  /** What one place that binds a name binds. */
  evaluateBinding(binding: Binding): Found {
    return this.#steps.evaluateBinding(this, binding)
  }

  /** What a call of a function gives. */
  resultOf(called: Value & { kind: 'function' }): Value | null {
    return this.#steps.resultOf(this, called)
  }

  /** Run a step of an evaluation, or answer `otherwise` when it has become too deep or too long. */
  within<T>(otherwise: T, step: () => T): T {
    if (this.#depth >= MAX_DEPTH || this.#taken >= MAX_STEPS) return otherwise
    if (this.#depth === 0) this.#taken = 0
    this.#depth++
    this.#taken++
    try {
      return step()
    } finally {
      this.#depth--
      if (this.#depth === 0) this.#taken = 0
    }
  }
}
