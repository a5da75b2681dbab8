/** Finds the labels that `goto` jumps to. */

import { type BlockTree, childAt, headOf, kindOf } from './block-tree.ts'
import type { CompiledGrammar } from './compile-grammar.ts'
import type { Frame } from './frame.ts'

const MAX_NAME = 60

export class Labels {
  readonly #tree: BlockTree
  readonly #grammar: CompiledGrammar
  /** The function whose labels are known. */
  #function = -1
  /** Labelled statements by label. */
  #statements: ReadonlyMap<string, number> = new Map()

  constructor(tree: BlockTree, grammar: CompiledGrammar) {
    this.#tree = tree
    this.#grammar = grammar
  }

  /** @returns The labelled statement, or -1: a computed label, or one of a `switch`. */
  targetOf(jump: number, { node, end }: Frame): number {
    if (this.#function !== node) {
      this.#function = node
      this.#statements = this.#find(node, end)
    }
    const label = childAt(this.#tree, jump, 0)
    return label === jump ? -1 : (this.#statements.get(headOf(this.#tree, label, MAX_NAME)) ?? -1)
  }

  #find(from: number, end: number): Map<string, number> {
    const found = new Map<string, number>()
    for (let node = from; node < end; node++) {
      if (this.#grammar.rules[kindOf(this.#tree, node)]?.isLabelled !== true) continue
      const name = headOf(this.#tree, childAt(this.#tree, node, 0), MAX_NAME)
      if (!found.has(name)) found.set(name, node)
    }
    return found
  }
}
