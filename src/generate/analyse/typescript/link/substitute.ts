/** Replaces type parameters in a value by type arguments. */

import type { Linker } from './linker.ts'
import type { Env, Value } from './values.ts'

const MAX_DEPTH = 8

/** @returns The value with the type parameters that `env` has replaced; the value itself if nothing changes. */
export function substitute(linker: Linker, value: Value | undefined, env: Env | undefined): Value | undefined {
  return value === undefined || env === undefined || !value.isOpen ? value : new Substitution(linker, env).of(value, 0)
}

/** One substitution. Each value is substituted once: with nested type arguments, repetition costs exponential time. */
class Substitution {
  readonly #linker: Linker
  readonly #env: Env
  /** Keyed by id and depth, because the result depends on the depth: values nested deeper than `MAX_DEPTH` are unchanged. */
  readonly #values = new Map<number, Value | undefined>()
  readonly #envs = new Map<number, Env | undefined>()

  constructor(linker: Linker, env: Env) {
    this.#linker = linker
    this.#env = env
  }

  of(value: Value | undefined, depth: number): Value | undefined {
    if (value === undefined || !value.isOpen || depth > MAX_DEPTH) return value
    const key = value.id * (MAX_DEPTH + 1) + depth
    if (this.#values.has(key)) return this.#values.get(key)
    const result = this.#make(value, depth)
    this.#values.set(key, result)
    return result
  }

  #make(value: Value, depth: number): Value | undefined {
    const { values } = this.#linker
    switch (value.kind) {
      case 'parameter': {
        const found = this.#env.values.get(value.at)
        return found === undefined ? value : this.#linker.forced(found)
      }
      case 'instance':
        return value.env === undefined ? value : values.instance(value.declarations, this.#mapped(value.env, depth))
      case 'static':
        return values.static(value.declaration, this.#joined(value.env, depth))
      case 'object':
        return values.object(value.at, this.#joined(value.env, depth))
      case 'function':
        return values.function(value.signatures, this.#joined(value.env, depth), value.symbol)
      case 'constructor':
        return values.constructorType(value.signature, this.#joined(value.env, depth))
      case 'mapped':
        return values.mapped(value.at, this.#joined(value.env, depth))
      case 'self':
        return values.self(value.declaration, this.#joined(value.env, depth))
      case 'lazy':
        return values.lazy(value.at, this.#joined(value.env, depth), value.isExpression)
      case 'keys': {
        const of = this.of(value.of, depth + 1)
        return of === undefined ? values.any : values.keys(of)
      }
      case 'without': {
        const inner = this.of(value.value, depth + 1)
        const names = this.of(value.names, depth + 1)
        return inner === undefined || names === undefined ? inner : values.without(inner, names)
      }
      case 'union':
        return values.union(value.list.map((one) => this.of(one, depth + 1)))
      case 'intersection':
        return values.intersection(value.list.map((one) => this.of(one, depth + 1)))
      case 'tuple':
        return values.tuple(value.list.map((one) => this.of(one, depth + 1)))
      default:
        return value
    }
  }

  /** Substitute in the values of an env. */
  #mapped(own: Env, depth: number): Env | undefined {
    const key = own.id * (MAX_DEPTH + 1) + depth
    if (this.#envs.has(key)) return this.#envs.get(key)
    let isSame = true
    const bound = new Map<number, Value>()
    for (const [at, value] of own.values) {
      const next = this.of(value, depth + 1) ?? value
      if (next !== value) isSame = false
      bound.set(at, next)
    }
    const result = isSame ? own : this.#linker.values.env(bound)
    this.#envs.set(key, result)
    return result
  }

  /** The same, extended with the outer env. */
  #joined(own: Env | undefined, depth: number): Env | undefined {
    if (own === undefined || own === this.#env) return this.#env
    const inner = this.#mapped(own, depth)
    return this.#linker.values.env(new Map([...this.#env.values, ...(inner?.values ?? [])]))
  }
}
