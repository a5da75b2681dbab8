/**
 * Links names to what they stand for, on summaries alone. Everything is worked out when it is asked for, once, by `Work`, so
 * that answers do not hang on the order of questions.
 */

import { Cell, type Reader, Work } from '#generate/analyse/memoized-evaluator.ts'
import type { Resolve } from '#generate/analyse/typescript/resolve.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { Readers, resolutionKey } from './readers.ts'
import type { Unit, Units } from './units.ts'
import { type Env, type Value, Values } from './values.ts'

/** What a name was found to be. */
export interface Found {
  /** Records of declarations or members. */
  readonly declarations: readonly number[]
  /** What the type parameters around a member stand for. */
  readonly env: Env | undefined
  /** A module as a whole: the index of its unit; -1 for none. */
  readonly module: number
  readonly isOutside: boolean
  /** The symbol that it was found by; 0 for none. */
  readonly symbol: number
  /** The unit whose exports it holds as members, too: what `module.exports` is set to. */
  readonly exports?: number
  /** Of a member of several types: what each has. */
  readonly parts?: readonly Found[]
}

export const OUTSIDE: Found = { declarations: [], env: undefined, module: -1, isOutside: true, symbol: 0 }

export function foundAt(declarations: readonly number[], env?: Env, symbol = 0): Found {
  return { declarations, env, module: -1, isOutside: false, symbol }
}

export function foundModule(unit: number): Found {
  return { declarations: [], env: undefined, module: unit, isOutside: false, symbol: 0 }
}

/** What is asked about a record; each has its answers kept apart. */
export const Question = {
  expression: 0,
  type: 1,
  declaration: 2,
  body: 3,
  exported: 4,
  expected: 5,
  bases: 6,
  exportedBefore: 7,
  augmentations: 8,
  whole: 9,
} as const

/**
 * What answers questions about records and values. The answers build on each other, so modules ask through the linker instead of
 * importing each other in a circle; `rules.ts` puts them together.
 */
export interface Rules {
  /** The type of an expression. `undefined`, here and below, for what is not known. */
  typeOf(linker: Linker, at: number): Value | undefined
  /** What a type means. @param given - What type parameters stand for. */
  typeIn(linker: Linker, at: number, given: Env | undefined): Value | undefined
  /** The type of what is declared. */
  typeOfFound(linker: Linker, found: Found | undefined): Value | undefined
  memberOf(linker: Linker, value: Value | undefined, name: number, depth?: number): Found | undefined
  /** What a function gives. */
  resultOf(linker: Linker, signature: number, env: Env | undefined): Value | undefined
  signaturesOf(linker: Linker, value: Value | undefined, isConstruct?: boolean, depth?: number): readonly Signature[]
  /** @param at - A record that says what is expected; 0 for none. */
  expectedOf(linker: Linker, at: number): Value | undefined
  /** What a `name` record stands for, through imports. */
  foundByName(linker: Linker, at: number, meaning: number): Found | undefined
  /** What a module exports under a name, without what other files add to it. */
  exportedBefore(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined
}

export interface Signature {
  readonly at: number
  readonly env: Env | undefined
}

/** A chain of calls takes two steps a call. */
const LIMITS = { depth: 600, lost: 300, lostAtAll: 2_000 }
/** More records than any program has. */
const RECORDS = 2 ** 27

export class Linker {
  readonly units: Units
  readonly values = new Values()
  readonly work = new Work(LIMITS)
  readonly readers: Readers
  readonly #resolve: Resolve
  readonly #rules: Rules
  readonly #cells: Map<number, Cell<unknown>>[] = Object.keys(Question).map(() => new Map())
  /** Type parameters that types are written with. */
  readonly parametersIn = new Map<number, readonly number[] | null>()
  /** What is made of records alone, whoever asks. */
  readonly indexes = new Map<number, unknown>()

  constructor(units: Units, resolve: Resolve, rules: Rules, isKeeping: boolean) {
    this.units = units
    this.#resolve = resolve
    this.#rules = rules
    this.readers = new Readers(units, isKeeping)
  }

  /** Answer a question about a record. */
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
    return this.work.ask(cell, owner, undefined, run)
  }

  /** Something that is made of records alone, once. */
  index<T>(at: number, make: () => T): T {
    let known = this.indexes.get(at) as T | undefined
    if (known === undefined) {
      known = make()
      this.indexes.set(at, known)
    }
    return known
  }

  /** What the reader at hand has to be told of, too. */
  touch(at: number): void {
    this.work.touch(this.readers.of(at).path)
  }

  /** Where a specifier leads from a unit: a unit, `null` for another package, `undefined` for what is missing or no code. */
  moduleNamed(specifier: string, from: Unit): Unit | null | undefined {
    if (this.units.ambient.size > 0 && !specifier.startsWith('.')) {
      this.work.touch('a ')
      if (this.units.ambient.has(specifier)) return null
    }
    const path = this.pathNamed(specifier, from.path)
    if (path !== undefined) return this.units.at(path)
    return specifier.startsWith('.') ? undefined : null
  }

  pathNamed(specifier: string, from: string): string | undefined {
    this.work.touch(resolutionKey(specifier, from))
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
      case Kind.given:
        return Meaning.any
      case Kind.namespace:
        return Meaning.namespace | Meaning.value
      default:
        return Meaning.value
    }
  }

  /** The declarations of a symbol that have a meaning. */
  declarationsOf(symbol: number, meaning: number): number[] {
    this.touch(symbol)
    return this.units.list(this.units.field(symbol, 2)).filter((at) => (this.meaningOf(at) & meaning) !== 0)
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

  /** What stands for a lazy value. */
  forced(value: Value | undefined): Value | undefined {
    let one = value
    for (let step = 0; one?.kind === 'lazy' && step < MAX_STEPS; step++)
      one = one.isExpression ? this.typeOf(one.at) : this.typeIn(one.at, one.env)
    return one?.kind === 'lazy' ? undefined : one
  }
}

const MAX_STEPS = 10
