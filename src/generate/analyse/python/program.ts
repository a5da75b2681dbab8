/**
 * All files of one analysis, and the facts derived from them so far. Names, attributes, calls and types depend on each
 * other; the three steps that would make imports circular are called through here.
 */

import { MemoizedEvaluator } from '#generate/analyse/memoized-evaluator.ts'
import type { Binding, FileFacts, Scope } from './facts.ts'
import type { FileTable } from './file-table.ts'
import type { Module, ModuleTable } from './modules.ts'
import { submoduleKey } from './parts.ts'
import type { Evaluation, Value } from './values.ts'

/** The steps that the parts of the evaluation share. */
export interface Steps {
  evaluate(program: Program, file: FileFacts, node: number, scope: Scope): Evaluation
  evaluateBinding(program: Program, binding: Binding): Evaluation
  resultOf(program: Program, called: Value & { kind: 'function' }): Value | null
}

export class Program {
  readonly evaluator = new MemoizedEvaluator()
  readonly #steps: Steps
  readonly modules: ModuleTable
  readonly files: FileTable

  constructor(modules: ModuleTable, files: FileTable, steps: Steps) {
    this.modules = modules
    this.files = files
    this.#steps = steps
  }

  /** The facts of a file; `undefined` if there is none, or if it could not be read. The caller records what it reads. */
  fileAt(path: string): FileFacts | undefined {
    return this.files.get(path)
  }

  /** The submodule of this name. */
  childOf(module: Module, name: string): Module | undefined {
    if (module.folder === null) return undefined
    this.evaluator.touch(submoduleKey(module.folder, name))
    return this.modules.child(module, name)
  }

  /** The value of the expression at `node`, seen from `scope`. */
  evaluate(file: FileFacts, node: number, scope: Scope): Evaluation {
    return this.#steps.evaluate(this, file, node, scope)
  }

  /** The value that one binding gives its name. */
  evaluateBinding(binding: Binding): Evaluation {
    return this.#steps.evaluateBinding(this, binding)
  }

  /** The result of calling a function. */
  resultOf(called: Value & { kind: 'function' }): Value | null {
    return this.#steps.resultOf(this, called)
  }
}
