/** Finds the labels that `goto` jumps to. */

import { type BlockTree, childAt, headOf, kindOf } from './block-tree.ts'
import type { CompiledGrammar } from './compile-grammar.ts'
import type { Frame } from './frame.ts'

const MAX_NAME = 60

export class Labels {
  readonly #tree: BlockTree
  readonly #grammar: CompiledGrammar
  /** Labelled statements by label, for each function that was asked for. */
  readonly #statements = new Map<number, ReadonlyMap<string, number>>()

  constructor(tree: BlockTree, grammar: CompiledGrammar) {
    this.#tree = tree
    this.#grammar = grammar
  }

  /** @returns The labelled statement, or -1: a computed label, or one of a `switch`. */
  targetOf(jump: number, { node, end }: Frame): number {
    const statements = this.#statements.get(node) ?? this.#find(node, end)
    this.#statements.set(node, statements)
    const label = childAt(this.#tree, jump, 0)
    return label === jump ? -1 : (statements.get(headOf(this.#tree, label, MAX_NAME)) ?? -1)
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
