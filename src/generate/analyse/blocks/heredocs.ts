/** Matches the texts of heredocs with their beginnings: `run <<A, <<B` has two, whose texts follow in this order. */

import { type BlockTree, headOf, lastChildOf } from './block-tree.ts'

/** Limits on the characters of a label, and on the heredocs that may begin on one line. */
const MAX_LABEL = 80
const MAX_HEREDOCS = 20

export class Heredocs {
  readonly #tree: BlockTree
  /** The nodes that begin heredocs whose texts are still to come. */
  #begun: number[] = []

  constructor(tree: BlockTree) {
    this.#tree = tree
  }

  /** @param node - The beginning of a heredoc: `<<A`. */
  begin(node: number): void {
    this.#begun = [...this.#begun.slice(1 - MAX_HEREDOCS), node]
  }

  /**
   * The beginning of a heredoc. Heredocs that began before it no longer wait for their texts.
   *
   * @param text - The node of its text, which ends with its label.
   */
  end(text: number): number | undefined {
    const label = headOf(this.#tree, lastChildOf(this.#tree, text), MAX_LABEL).trim()
    const index = this.#begun.findIndex((one) => headOf(this.#tree, one, MAX_LABEL).includes(label))
    const [one] = this.#begun.splice(0, index + 1).slice(-1)
    return one
  }
}
