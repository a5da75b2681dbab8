/** A tree-sitter query as it is written: patterns, before any grammar was asked what their names are. */

/** Which nodes fit. */
export type Shape =
  /** `(name …)` */
  | { readonly kind: 'named'; readonly name: string }
  /** `"text"` */
  | { readonly kind: 'anonymous'; readonly name: string }
  /** `(_ …)`, and `_`, which anonymous nodes fit too. */
  | { readonly kind: 'wildcard'; readonly isNamed: boolean }
  /** `[…]` */
  | { readonly kind: 'choice'; readonly choices: readonly Pattern[] }

export interface Pattern {
  readonly shape: Shape
  /** The field it stands in. */
  readonly field: string | null
  readonly captures: readonly string[]
  /** What its node has inside, in order. */
  readonly children: readonly Pattern[]
  /** Fields that its node must not have: `!name`. */
  readonly absent: readonly string[]
  /** `?` behind it. */
  readonly isOptional: boolean
  /** A dot before it: nothing named stands between it and what is before. */
  readonly isImmediate: boolean
  /** A dot behind its last child: nothing named stands behind that. */
  readonly isLastImmediate: boolean
}

/** `(#eq? @a "b")` */
export interface Predicate {
  readonly name: string
  readonly capture: string
  readonly values: readonly string[]
}

/** One pattern of a file, with its predicates. */
export interface RootPattern {
  readonly pattern: Pattern
  readonly predicates: readonly Predicate[]
  /** Line in the file, from 1. */
  readonly line: number
}
