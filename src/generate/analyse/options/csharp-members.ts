/** The names of types, methods and properties in trees of C#. */

import { kindAt, type ReadTree, textAt } from '#generate/analyse/reads/read-tree.ts'
import { partsOf } from './option-tree.ts'

const AFTER_NAME = /^(?:accessor_list|arrow_expression_clause|base_list|block|declaration_list|parameter_list)$/

/** The name in a declaration; '' if it has none. */
export function declaredName(tree: ReadTree, node: number): string {
  let name = ''
  for (const part of partsOf(tree, node)) {
    const kind = kindAt(tree, part)
    if (AFTER_NAME.test(kind)) break
    // A type before the name can be an identifier, too.
    if (kind === 'identifier') name = textAt(tree, part).slice(0, 80)
  }
  return name
}

/** Declarations that contain the current node of a walk in document order. */
export class Enclosing {
  readonly #tree: ReadTree
  readonly #kinds: RegExp
  readonly #open: { readonly name: string; readonly end: number }[] = []

  /** @param kinds - Matches the kinds of nodes to keep track of. */
  constructor(tree: ReadTree, kinds: RegExp) {
    this.#tree = tree
    this.#kinds = kinds
  }

  /** Moves to a node, which counts as inside itself. */
  enter(node: number): void {
    while ((this.#open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node) this.#open.pop()
    if (this.#tree.isNamed(node) && this.#kinds.test(kindAt(this.#tree, node)))
      this.#open.push({ name: declaredName(this.#tree, node), end: this.#tree.after[node] ?? 0 })
  }

  /** Outermost first. */
  names(): string[] {
    return this.#open.map(({ name }) => name)
  }
}
