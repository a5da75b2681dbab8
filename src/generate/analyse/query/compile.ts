/**
 * Compiles patterns for the matcher: each becomes a list of steps, one for each node it names, in textual order.
 * Choices between nodes without children become sets of kinds; any other choice yields one pattern for each of its
 * branches.
 */

import type { Names } from '#generate/analyse/tree-sitter.ts'
import type { Pattern, Predicate, RootPattern } from './pattern.ts'
import { BadQuery } from './read-query.ts'

export interface Step {
  /** For each kind of node, 1 if it matches. */
  readonly fits: Uint8Array
  /** Whether it is `_` or `(_)`, which match any node except extras. */
  readonly isWildcard: boolean
  /** The field of the node, or 0. */
  readonly field: number
  /** Fields that the node must not have; `null` for none. */
  readonly absent: readonly number[] | null
  /** Indexes into `CompiledQuery.captures`; `null` for none. */
  readonly captures: readonly number[] | null
  /** The step of the parent node, or -1. */
  readonly parent: number
  /** The step of the previous sibling among those of `parent`, or -1. */
  readonly before: number
  /** No named node may be between this one and the previous one. */
  readonly isImmediate: boolean
  /** No node at all may be between them: the previous one is `_`. */
  readonly isDirect: boolean
  /** No named node may follow this one. */
  readonly isLast: boolean
  readonly isOptional: boolean
  /** The step after this one and all its descendants. */
  readonly after: number
}

export interface CompiledPattern {
  readonly steps: readonly Step[]
  /** Predicates, all of which must hold; `null` for none. */
  readonly holds: readonly Holds[] | null
}

export interface CompiledQuery {
  /** Names of captures; those that begin with `_` are only for predicates. */
  readonly captures: readonly string[]
  /** For each kind of node, the patterns that may start at one, in textual order. */
  readonly byKind: readonly (readonly CompiledPattern[] | undefined)[]
}

/** Limit on the patterns that the choices in one pattern produce; more is a mistake in the query. */
const MAX_BRANCHES = 5_000

/** @throws {BadQuery} A pattern names a node or field that the grammar lacks, or an unknown predicate. */
export function compileQuery(roots: readonly RootPattern[], names: Names): CompiledQuery {
  const compiler = new Compiler(names)
  const byKind: CompiledPattern[][] = []
  for (const { pattern, predicates, line } of roots) {
    try {
      for (const branch of branchesOf(pattern)) {
        const compiled = compiler.compile(branch, predicates)
        const fits = compiled.steps[0]?.fits ?? []
        for (let kind = 0; kind < fits.length; kind++) {
          if (fits[kind] !== 1) continue
          byKind[kind] ??= []
          byKind[kind]?.push(compiled)
        }
      }
    } catch (error) {
      if (error instanceof BadQuery) throw new BadQuery(`line ${line}: ${error.message}`)
      throw error
    }
  }
  return { captures: compiler.captures, byKind }
}

/** Every combination of branches, for choices with children. */
function branchesOf(pattern: Pattern): readonly Pattern[] {
  const { shape } = pattern
  if (shape.kind === 'choice') {
    if (shape.choices.every(isPlain)) return [pattern]
    return shape.choices.flatMap((choice) => branchesOf(withOuter(choice, pattern)))
  }
  let branches: Pattern[][] = [[]]
  for (const child of pattern.children) {
    const own = branchesOf(child)
    branches = branches.flatMap((before) => own.map((one) => [...before, one]))
    if (branches.length > MAX_BRANCHES) throw new BadQuery('too many choices')
  }
  return branches.map((children) => ({ ...pattern, children }))
}

/** Whether the branch can be one kind of a set. */
function isPlain(choice: Pattern): boolean {
  if (choice.shape.kind === 'wildcard') return false
  if (choice.shape.kind === 'choice' && !choice.shape.choices.every(isPlain)) return false
  const { captures, children, absent, field, isOptional } = choice
  return captures.length + children.length + absent.length === 0 && field === null && !isOptional
}

/** A branch of a choice with the properties of the whole choice. */
function withOuter(choice: Pattern, outer: Pattern): Pattern {
  return {
    ...choice,
    field: choice.field ?? outer.field,
    captures: [...choice.captures, ...outer.captures],
    isOptional: choice.isOptional || outer.isOptional,
    isImmediate: outer.isImmediate,
  }
}

class Compiler {
  readonly captures: string[] = []
  readonly #names: Names
  readonly #kinds: number
  readonly #fits = new Map<string, Uint8Array>()

  constructor(names: Names) {
    this.#names = names
    // One more for errors, which no pattern matches.
    this.#kinds = names.kinds.reduce((most, { symbol }) => Math.max(most, symbol), 0) + 1
  }

  compile(pattern: Pattern, predicates: readonly Predicate[]): CompiledPattern {
    const steps: Step[] = []
    this.#add(steps, pattern, -1, -1, false, false)
    const holds = predicates.map((predicate) => compilePredicate(predicate, this.#capture(predicate.capture)))
    return { steps, holds: holds.length === 0 ? null : holds }
  }

  #add(steps: Step[], pattern: Pattern, parent: number, before: number, isDirect: boolean, isLast: boolean): void {
    const index = steps.length
    const own: { -readonly [K in keyof Step]: Step[K] } = {
      fits: this.#fitsOf(pattern),
      isWildcard: pattern.shape.kind === 'wildcard',
      field: pattern.field === null ? 0 : this.#field(pattern.field),
      absent: pattern.absent.length === 0 ? null : pattern.absent.map((name) => this.#field(name)),
      captures: pattern.captures.length === 0 ? null : pattern.captures.map((name) => this.#capture(name)),
      parent,
      before,
      isImmediate: pattern.isImmediate,
      isDirect: pattern.isImmediate && isDirect,
      isLast,
      isOptional: pattern.isOptional,
      after: index,
    }
    steps.push(own)
    let last = -1
    let isAfterAny = false
    for (const [place, child] of pattern.children.entries()) {
      const step = steps.length
      const isEnd = pattern.isLastImmediate && place === pattern.children.length - 1
      this.#add(steps, child, index, last, isAfterAny, isEnd)
      last = step
      isAfterAny = child.shape.kind === 'wildcard' && !child.shape.isNamed
    }
    own.after = steps.length
  }

  #field(name: string): number {
    const field = this.#names.field(name)
    if (field === undefined) throw new BadQuery(`the grammar has no field ${name}`)
    return field
  }

  #capture(name: string): number {
    const known = this.captures.indexOf(name)
    return known >= 0 ? known : this.captures.push(name) - 1
  }

  #fitsOf(pattern: Pattern): Uint8Array {
    const key = keyOf(pattern)
    const known = this.#fits.get(key)
    if (known !== undefined) return known
    const fits = new Uint8Array(this.#kinds)
    this.#mark(fits, pattern)
    this.#fits.set(key, fits)
    return fits
  }

  #mark(fits: Uint8Array, { shape }: Pattern): void {
    if (shape.kind === 'choice') {
      for (const choice of shape.choices) this.#mark(fits, choice)
      return
    }
    let isFound = false
    for (const { symbol, name, isNamed } of this.#names.kinds) {
      const matches =
        shape.kind === 'wildcard'
          ? isNamed || !shape.isNamed
          : name === shape.name && isNamed === (shape.kind === 'named')
      if (!matches) continue
      fits[symbol] = 1
      isFound = true
    }
    if (!isFound) throw new BadQuery(`the grammar has no node ${shape.kind === 'wildcard' ? '_' : shape.name}`)
  }
}

function keyOf({ shape }: Pattern): string {
  switch (shape.kind) {
    case 'choice':
      return `[${shape.choices.map(keyOf).join(' ')}]`
    case 'wildcard':
      return shape.isNamed ? '(_)' : '_'
    case 'named':
      return `(${shape.name})`
    case 'anonymous':
      return JSON.stringify(shape.name)
  }
}

interface Holds {
  /** The capture whose nodes are tested; the predicate holds if it has no nodes. */
  readonly capture: number
  test(text: string): boolean
}

/** @throws {BadQuery} The predicate is unknown, or names no capture. */
function compilePredicate({ name, values }: Predicate, capture: number): Holds {
  const [first = ''] = values
  const set = new Set(values)
  switch (name) {
    case 'eq?':
      return { capture, test: (text) => text === first }
    case 'not-eq?':
      return { capture, test: (text) => text !== first }
    case 'any-of?':
      return { capture, test: (text) => set.has(text) }
    case 'not-any-of?':
      return { capture, test: (text) => !set.has(text) }
    case 'match?': {
      const pattern = new RegExp(first)
      return { capture, test: (text) => pattern.test(text) }
    }
    case 'not-match?': {
      const pattern = new RegExp(first)
      return { capture, test: (text) => !pattern.test(text) }
    }
    default:
      throw new BadQuery(`#${name} is not known`)
  }
}
