/** A tree-sitter query as written: patterns, before their names are resolved against a grammar. */

/** The nodes that a pattern matches. */
export type Shape =
  /** `(name …)` */
  | { readonly kind: 'named'; readonly name: string }
  /** `"text"` */
  | { readonly kind: 'anonymous'; readonly name: string }
  /** `(_ …)`, and `_`, which also matches anonymous nodes. */
  | { readonly kind: 'wildcard'; readonly isNamed: boolean }
  /** `[…]` */
  | { readonly kind: 'choice'; readonly choices: readonly Pattern[] }

export interface Pattern {
  readonly shape: Shape
  /** The field of its node. */
  readonly field: string | null
  readonly captures: readonly string[]
  /** Patterns of children, in order. */
  readonly children: readonly Pattern[]
  /** Fields that its node must not have: `!name`. */
  readonly absent: readonly string[]
  /** `?` after it. */
  readonly isOptional: boolean
  /** A dot before it: no named node is between it and the previous sibling. */
  readonly isImmediate: boolean
  /** A dot after its last child: no named node follows that child. */
  readonly isLastImmediate: boolean
}

/** `(#eq? @a "b")` */
export interface Predicate {
  readonly name: string
  readonly capture: string
  readonly values: readonly string[]
}

/** A pattern of a file, with its predicates. */
export interface RootPattern {
  readonly pattern: Pattern
  readonly predicates: readonly Predicate[]
  /** Line in the file, from 1. */
  readonly line: number
}
