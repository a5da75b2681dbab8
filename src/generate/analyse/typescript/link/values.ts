/**
 * The linker's representation of types of values. Equal ones are interned as the same object, so that memoized answers
 * apply to all. `undefined` means not known.
 */

import { greatest } from '#base/long-arrays.ts'

/** Type arguments keyed by type parameter. Equal ones are interned. */
export interface Env {
  readonly id: number
  readonly depth: number
  readonly values: ReadonlyMap<number, Value>
}

interface Common {
  readonly id: number
  /** The nesting of type arguments. */
  readonly depth: number
  /** Whether it may contain a type parameter. */
  readonly isOpen: boolean
}

export type Value = Common &
  (
    | { readonly kind: 'instance'; readonly declarations: readonly number[]; readonly env: Env | undefined }
    | { readonly kind: 'static'; readonly declaration: number; readonly env: Env | undefined }
    /** An object literal or an object type. */
    | { readonly kind: 'object'; readonly at: number; readonly env: Env | undefined }
    /** An instance created by calling a function with `new`; `symbol` is the function's. */
    | { readonly kind: 'made'; readonly symbol: number }
    | {
        readonly kind: 'function'
        readonly signatures: readonly number[]
        readonly env: Env | undefined
        readonly symbol: number
      }
    | { readonly kind: 'constructor'; readonly signature: number; readonly env: Env | undefined }
    | { readonly kind: 'module'; readonly unit: number }
    /** A namespace or an enum. */
    | { readonly kind: 'space'; readonly symbol: number }
    | { readonly kind: 'union'; readonly list: readonly (Value | undefined)[] }
    | { readonly kind: 'intersection'; readonly list: readonly (Value | undefined)[] }
    | { readonly kind: 'tuple'; readonly list: readonly (Value | undefined)[] }
    | { readonly kind: 'literal'; readonly sort: number; readonly text: number }
    | { readonly kind: 'basic'; readonly sort: number }
    | { readonly kind: 'mapped'; readonly at: number; readonly env: Env | undefined }
    | { readonly kind: 'parameter'; readonly at: number }
    /** The `this` type of a class or interface. */
    | { readonly kind: 'self'; readonly declaration: number; readonly env: Env | undefined }
    /** A type argument that is not evaluated yet. */
    | { readonly kind: 'lazy'; readonly at: number; readonly env: Env | undefined; readonly isExpression: boolean }
    /** `keyof of`. */
    | { readonly kind: 'keys'; readonly of: Value }
    /** `Omit<value, names>`. */
    | { readonly kind: 'without'; readonly value: Value; readonly names: Value }
    /** A type from another package or the platform. */
    | { readonly kind: 'outside' }
    | { readonly kind: 'any' }
    /** `null`, `undefined`. */
    | { readonly kind: 'nothing' }
  )

/** Deeper type arguments are dropped, so that `type A<T> = A<A<T>>` terminates. */
const MAX_DEPTH = 6
/** The maximum number of parts of a union. */
const MAX_PARTS = 64
const MAX_PARAMETERS = 40

export class Values {
  readonly #values = new Map<string, Value>()
  readonly #envs = new Map<string, Env>()

  readonly outside = this.#make('o', { kind: 'outside' })
  readonly any = this.#make('a', { kind: 'any' })
  readonly nothing = this.#make('n', { kind: 'nothing' })

  /** Type arguments that are nested too deeply are dropped. */
  instance(declarations: readonly number[], given: Env | undefined): Value {
    const env = isTooDeep(given) ? undefined : given
    const key = `i${declarations[0]},${declarations.length},${idOf(env)}`
    return this.#make(key, { kind: 'instance', declarations, env }, env)
  }

  static(declaration: number, env: Env | undefined): Value {
    return this.#make(`s${declaration},${idOf(env)}`, { kind: 'static', declaration, env }, env)
  }

  object(at: number, env: Env | undefined): Value {
    return this.#make(`b${at},${idOf(env)}`, { kind: 'object', at, env }, env)
  }

  made(symbol: number): Value {
    return this.#make(`d${symbol}`, { kind: 'made', symbol })
  }

  function(signatures: readonly number[], env: Env | undefined, symbol = 0): Value {
    const key = `f${signatures.join()},${idOf(env)},${symbol}`
    return this.#make(key, { kind: 'function', signatures, env, symbol }, env)
  }

  constructorType(signature: number, env: Env | undefined): Value {
    return this.#make(`c${signature},${idOf(env)}`, { kind: 'constructor', signature, env }, env)
  }

  module(unit: number): Value {
    return this.#make(`m${unit}`, { kind: 'module', unit })
  }

  space(symbol: number): Value {
    return this.#make(`e${symbol}`, { kind: 'space', symbol })
  }

  literal(sort: number, text: number): Value {
    return this.#make(`l${sort},${text}`, { kind: 'literal', sort, text })
  }

  basic(sort: number): Value {
    return this.#make(`k${sort}`, { kind: 'basic', sort })
  }

  mapped(at: number, env: Env | undefined): Value | undefined {
    return isTooDeep(env) ? undefined : this.#make(`p${at},${idOf(env)}`, { kind: 'mapped', at, env }, env)
  }

  parameter(at: number): Value {
    return this.#make(`t${at}`, { kind: 'parameter', at })
  }

  self(declaration: number, env: Env | undefined): Value {
    return this.#make(`y${declaration},${idOf(env)}`, { kind: 'self', declaration, env }, env)
  }

  lazy(at: number, env: Env | undefined, isExpression = false): Value {
    const key = `z${at},${idOf(env)},${isExpression ? 1 : 0}`
    return this.#make(key, { kind: 'lazy', at, env, isExpression }, env)
  }

  keys(of: Value): Value {
    return this.#make(`q${of.id}`, { kind: 'keys', of })
  }

  without(value: Value, names: Value): Value {
    return this.#make(`w${value.id},${names.id}`, { kind: 'without', value, names })
  }

  tuple(list: readonly (Value | undefined)[]): Value {
    return this.#list('tuple', 'u', list)
  }

  intersection(list: readonly (Value | undefined)[]): Value | undefined {
    // A type from outside may have any member.
    if (list.some((one) => one?.kind === 'outside')) return this.outside
    const known = list.filter((one) => one?.kind !== 'any' && one?.kind !== 'keys')
    // Keys that are not listed give no information.
    if (known.length === 0) return list.length === 1 ? list[0] : this.any
    const parts = [...new Set(known)]
    return parts.length === 1 ? parts[0] : this.#list('intersection', 'x', parts.slice(0, MAX_PARTS))
  }

  /** A union without `null` and `undefined`. An unknown part is kept; `any` and `outside` absorb all others. */
  union(list: readonly (Value | undefined)[]): Value | undefined {
    const parts = new Set<Value | undefined>()
    const isMuch = list.length > MAX_PARTS
    for (const given of list) {
      // A large union of literals is widened.
      const one = isMuch && given?.kind === 'literal' ? this.basic(given.sort) : given
      if (one?.kind === 'union') for (const inner of one.list) parts.add(inner)
      else if (one?.kind === 'any' || one?.kind === 'outside') return one
      else if (one?.kind !== 'nothing') parts.add(one)
      if (parts.size > MAX_PARTS) return undefined
    }
    if (parts.size === 0) return list.length === 0 ? undefined : this.nothing
    if (parts.size === 1) return [...parts][0]
    return this.#list('union', '|', [...parts])
  }

  /** Reduce an env to some type parameters. */
  restrict(env: Env, wanted: readonly number[]): Env | undefined {
    let count = 0
    for (const at of wanted) if (env.values.has(at)) count++
    if (count === env.values.size) return env
    if (count === 0) return undefined
    const values = new Map<number, Value>()
    for (const at of wanted) {
      const value = env.values.get(at)
      if (value !== undefined) values.set(at, value)
    }
    return this.env(values)
  }

  env(values: ReadonlyMap<number, Value>): Env | undefined {
    if (values.size === 0 || values.size > MAX_PARAMETERS) return undefined
    let depth = 0
    const parts: string[] = []
    for (const [at, value] of values) {
      if (value.depth > depth) depth = value.depth
      parts.push(`${at}:${value.id}`)
    }
    const key = parts.sort().join()
    const known = this.#envs.get(key)
    if (known !== undefined) return known
    const env: Env = { id: this.#envs.size + 1, depth, values }
    this.#envs.set(key, env)
    return env
  }

  #list(kind: 'union' | 'intersection' | 'tuple', letter: string, list: readonly (Value | undefined)[]): Value {
    const key = `${letter}${list.map((one) => one?.id ?? -1).join()}`
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const depth = Math.max(0, greatest(list.map((one) => one?.depth ?? 0)))
    const isOpen = list.some((one) => one?.isOpen === true)
    return this.#put(key, { kind, list, id: this.#values.size, depth, isOpen } as Value)
  }

  #make(key: string, of: Bare, env?: Env): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const isOpen = OPEN.has(of.kind)
    const depth = env === undefined ? 0 : env.depth + (of.kind === 'instance' || of.kind === 'lazy' ? 1 : 0)
    return this.#put(key, { ...of, id: this.#values.size, depth, isOpen } as Value)
  }

  #put(key: string, value: Value): Value {
    this.#values.set(key, value)
    return value
  }
}

type Bare = Value extends infer One ? (One extends Common ? Omit<One, keyof Common> : never) : never

/** Kinds that may contain a type parameter or be declared in the scope of one. */
const OPEN: ReadonlySet<Value['kind']> = new Set([
  'parameter',
  'instance',
  'static',
  'object',
  'function',
  'constructor',
  'mapped',
  'self',
  'lazy',
  'keys',
  'without',
])

function idOf(env: Env | undefined): number {
  return env?.id ?? 0
}

function isTooDeep(env: Env | undefined): boolean {
  return env !== undefined && env.depth > MAX_DEPTH
}
