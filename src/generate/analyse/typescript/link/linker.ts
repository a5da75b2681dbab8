/**
 * Resolves names to declarations and evaluates types, using summaries alone. Answers are computed on demand and
 * memoized by `MemoizedEvaluator`, so they do not depend on the order of queries.
 */

import { Cell } from '#generate/analyse/memoized-cells.ts'
import { MemoizedEvaluator, type Reader } from '#generate/analyse/memoized-evaluator.ts'
import type { Resolve } from '#generate/analyse/typescript/resolve.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { Dependencies, resolutionKey } from './dependencies.ts'
import type { ParametersIn } from './type-parameters.ts'
import type { Unit, Units } from './units.ts'
import { type Env, type Value, Values } from './values.ts'

/** The target of a resolved name. */
export interface Found {
  /** Records of declarations or members. */
  readonly declarations: readonly number[]
  /** Type arguments for the type parameters around a member. */
  readonly env: Env | undefined
  /** For a module: the index of its unit; otherwise -1. */
  readonly module: number
  readonly isOutside: boolean
  /** The symbol that it was resolved through; 0 for none. */
  readonly symbol: number
  /** For the value of `module.exports`: the unit whose named exports are also its members. */
  readonly exports?: number
  /** For a member of a union: the member of each type. */
  readonly parts?: readonly Found[]
}

export const OUTSIDE: Found = { declarations: [], env: undefined, module: -1, isOutside: true, symbol: 0 }

export function foundAt(declarations: readonly number[], env?: Env, symbol = 0): Found {
  return { declarations, env, module: -1, isOutside: false, symbol }
}

export function foundModule(unit: number): Found {
  return { declarations: [], env: undefined, module: unit, isOutside: false, symbol: 0 }
}

/** The key of the receiver of a call among the type arguments of an env: what the type `this` means there. */
export const RECEIVER = 0

/** Kinds of memoized queries about a record. */
export const Question = {
  expression: 0,
  type: 1,
  declaration: 2,
  body: 3,
  exported: 4,
  expected: 5,
  bases: 6,
  augmentations: 7,
  whole: 8,
} as const

/**
 * The mutually recursive functions of the linker. Modules call them through `Linker` to avoid import cycles; `rules.ts`
 * collects them.
 */
export interface Rules {
  /** The type of an expression. Here and below, `undefined` means not known. */
  typeOf(linker: Linker, at: number): Value | undefined
  /** Evaluate a type. @param given - Type arguments. */
  typeIn(linker: Linker, at: number, given: Env | undefined): Value | undefined
  /** The type of a declaration. */
  typeOfFound(linker: Linker, found: Found | undefined): Value | undefined
  memberOf(linker: Linker, value: Value | undefined, name: number, depth?: number): Found | undefined
  /** The result type of a function. */
  resultOf(linker: Linker, signature: number, env: Env | undefined): Value | undefined
  signaturesOf(linker: Linker, value: Value | undefined, isConstruct?: boolean, depth?: number): readonly Signature[]
  /** The contextual type. @param at - An `expected…` record; 0 for none. */
  expectedOf(linker: Linker, at: number): Value | undefined
  /** Resolve a `name` record, through imports. */
  foundByName(linker: Linker, at: number, meaning: number): Found | undefined
  /** Resolve an export of a module, without augmentations. */
  exportedBefore(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined
  /** Follow imports, aliases and `require` to the declaration. */
  through(linker: Linker, found: Found, meaning: number): Found | undefined
  /** Resolve a name imported from a module. */
  imported(linker: Linker, specifier: string, from: Unit, name: number, meaning: number): Found | undefined
  /** Resolve a member of a resolved name. */
  memberOfFound(linker: Linker, found: Found, name: number, meaning?: number): Found | undefined
  /** A module as a value. */
  moduleFound(linker: Linker, unit: Unit): Found
}

export interface Signature {
  readonly at: number
  readonly env: Env | undefined
}

/** What is memoized by `Linker.index`, keyed by record. */
export const Index = { members: 0, merged: 1, stars: 2, reached: 3 } as const

/** A chain of calls takes two levels per call. */
const LIMITS = { depth: 600, discarded: 300, discardedPerReader: 2_000 }
/** An upper bound for the number of records, to combine a record and an env in one key. */
const RECORDS = 2 ** 27

export class Linker {
  readonly units: Units
  readonly values = new Values()
  readonly evaluator = new MemoizedEvaluator(LIMITS)
  readonly readers: Dependencies
  readonly #resolve: Resolve
  readonly #rules: Rules
  readonly #cells: Map<number, Cell<unknown>>[] = Object.keys(Question).map(() => new Map())
  /** Type parameters that occur in a type, keyed by record. */
  readonly parametersIn = new Map<number, ParametersIn>()
  readonly #indexes: Map<number, unknown>[] = Object.keys(Index).map(() => new Map())

  constructor(units: Units, resolve: Resolve, rules: Rules, isKeeping: boolean) {
    this.units = units
    this.#resolve = resolve
    this.#rules = rules
    this.readers = new Dependencies(units, isKeeping)
  }

  /** Answer a query about a record, memoized. */
  ask<T>(question: number, at: number, env: Env | undefined, run: () => T): T | undefined {
    return this.askOf(question, at + (env?.id ?? 0) * RECORDS, this.readers.of(at), run)
  }

  askOf<T>(question: number, key: number, owner: Reader, run: () => T): T | undefined {
    const cells = this.#cells[question] as Map<number, Cell<unknown>>
    let cell = cells.get(key) as Cell<T | undefined> | undefined
    if (cell === undefined) {
      cell = new Cell<T | undefined>()
      cells.set(key, cell)
    }
    return this.evaluator.ask(cell, owner, undefined, run)
  }

  /** Derive a value from a record, memoized without its dependencies: `make` or the caller notes them. */
  index<T>(index: number, at: number, make: () => T): T {
    const values = this.#indexes[index] as Map<number, unknown>
    let known = values.get(at) as T | undefined
    if (known === undefined) {
      known = make()
      values.set(at, known)
    }
    return known
  }

  /** Note that the current reader depends on a record. */
  touch(at: number): void {
    this.evaluator.touch(this.readers.of(at).path)
  }

  /**
   * Resolve a module specifier to a unit; `null` for a module outside the repository, `undefined` if it is missing or
   * not code.
   *
   * @param touch - Receives the keys that the answer depends on; by default, those are the current reader's.
   */
  moduleNamed(
    specifier: string,
    from: Unit,
    touch: (key: string) => void = (key) => this.evaluator.touch(key),
  ): Unit | null | undefined {
    touch(resolutionKey(specifier, from.path))
    // A package of the repository is also found where a script file declares a module of its name, unlike in the
    // compiler: those declarations are usually added to the package when it is built.
    const path = this.#resolve(specifier, from.path)
    if (path !== undefined) return this.units.at(path)
    return specifier.startsWith('.') ? undefined : null
  }

  pathNamed(specifier: string, from: string): string | undefined {
    this.evaluator.touch(resolutionKey(specifier, from))
    return this.#resolve(specifier, from)
  }

  meaningOf(at: number): number {
    switch (this.units.kind(at)) {
      case Kind.interface:
      case Kind.alias:
      case Kind.typeParameter:
        return Meaning.type
      case Kind.class:
      case Kind.enum:
      case Kind.import:
      case Kind.importAlias:
      case Kind.assigned:
        return Meaning.any
      case Kind.namespace:
        return Meaning.namespace | Meaning.value
      case Kind.variable:
        return this.#isRequired(at) ? Meaning.any : Meaning.value
      case Kind.binding:
        return this.#isRequired(this.units.field(at, Field.binding.holder)) ? Meaning.any : Meaning.value
      default:
        return Meaning.value
    }
  }

  /** Whether a variable of JavaScript is an alias: `const name = require('…')`. */
  #isRequired(at: number): boolean {
    const { units } = this
    return (
      units.kind(at) === Kind.variable &&
      (units.field(at, Field.variable.flags) & Flag.javascript) !== 0 &&
      units.kind(units.field(at, Field.variable.value)) === Kind.require
    )
  }

  /** The declarations of a symbol with one of these meanings. */
  declarationsOf(symbol: number, meaning: number): number[] {
    this.touch(symbol)
    return this.units
      .list(this.units.field(symbol, Field.symbol.declarations))
      .filter((at) => (this.meaningOf(at) & meaning) !== 0)
  }

  typeOf(at: number): Value | undefined {
    return this.#rules.typeOf(this, at)
  }

  typeIn(at: number, given: Env | undefined): Value | undefined {
    return this.#rules.typeIn(this, at, given)
  }

  typeOfFound(found: Found | undefined): Value | undefined {
    return this.#rules.typeOfFound(this, found)
  }

  memberOf(value: Value | undefined, name: number, depth?: number): Found | undefined {
    return this.#rules.memberOf(this, value, name, depth)
  }

  resultOf(signature: number, env: Env | undefined): Value | undefined {
    return this.#rules.resultOf(this, signature, env)
  }

  signaturesOf(value: Value | undefined, isConstruct?: boolean, depth?: number): readonly Signature[] {
    return this.#rules.signaturesOf(this, value, isConstruct, depth)
  }

  expectedOf(at: number): Value | undefined {
    return this.#rules.expectedOf(this, at)
  }

  foundByName(at: number, meaning: number): Found | undefined {
    return this.#rules.foundByName(this, at, meaning)
  }

  exportedBefore(unit: Unit, name: number, meaning: number): Found | undefined {
    return this.#rules.exportedBefore(this, unit, name, meaning)
  }

  through(found: Found, meaning: number): Found | undefined {
    return this.#rules.through(this, found, meaning)
  }

  imported(specifier: string, from: Unit, name: number, meaning: number): Found | undefined {
    return this.#rules.imported(this, specifier, from, name, meaning)
  }

  memberOfFound(found: Found, name: number, meaning?: number): Found | undefined {
    return this.#rules.memberOfFound(this, found, name, meaning)
  }

  moduleFound(unit: Unit): Found {
    return this.#rules.moduleFound(this, unit)
  }

  /** Evaluate a lazy value. */
  forced(value: Value | undefined): Value | undefined {
    let one = value
    for (let step = 0; one?.kind === 'lazy' && step < MAX_STEPS; step++)
      one = one.isExpression ? this.typeOf(one.at) : this.typeIn(one.at, one.env)
    return one?.kind === 'lazy' ? undefined : one
  }
}

const MAX_STEPS = 10
