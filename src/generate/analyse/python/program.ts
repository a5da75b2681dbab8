/**
 * All files of one analysis, and what was worked out about them so far. Names, attributes, calls and types are worked
 * out from each other; the three steps that lead back to the start are called through here.
 */

import type { Binding, FileFacts, Scope } from './facts.ts'
import type { FileTable } from './file-table.ts'
import { Work } from '#generate/analyse/memoized-evaluator.ts'
import type { Module, ModuleTable } from './modules.ts'
import type { Evaluation, Value } from './values.ts'

/** The steps that the parts of the evaluation share. */
export interface Steps {
  evaluate(program: Program, file: FileFacts, node: number, scope: Scope): Evaluation
  evaluateBinding(program: Program, binding: Binding): Evaluation
  resultOf(program: Program, called: Value & { kind: 'function' }): Value | null
}

export class Program {
  readonly work = new Work()
  readonly #steps: Steps
  readonly modules: ModuleTable
  readonly files: FileTable

  constructor(modules: ModuleTable, files: FileTable, steps: Steps) {
    this.modules = modules
    this.files = files
    this.#steps = steps
  }

  /** The facts of a file; `undefined` when there is none, or none that could be read. */
  fileAt(path: string): FileFacts | undefined {
    this.work.touch(path)
    return this.files.get(path)
  }

  /** The submodule of this name. */
  childOf(module: Module, name: string): Module | undefined {
    if (module.folder === null) return undefined
    this.work.touch(module.folder === '' ? `${name}?` : `${module.folder}/${name}?`)
    return this.modules.child(module, name)
  }

  /** What the expression at `node`, seen from `scope`, is. */
  evaluate(file: FileFacts, node: number, scope: Scope): Evaluation {
    return this.#steps.evaluate(this, file, node, scope)
  }

  /** What one place that binds a name binds. */
  evaluateBinding(binding: Binding): Evaluation {
    return this.#steps.evaluateBinding(this, binding)
  }

  /** What a call of a function gives. */
  resultOf(called: Value & { kind: 'function' }): Value | null {
    return this.#steps.resultOf(this, called)
  }
}
