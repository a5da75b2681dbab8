/** Replaces type parameters in a value by type arguments. */

import type { Linker } from './linker.ts'
import type { Env, Value } from './values.ts'

const MAX_DEPTH = 8

export function substitute(
  linker: Linker,
  value: Value | undefined,
  env: Env | undefined,
  depth = 0,
): Value | undefined {
  if (value === undefined || env === undefined || !value.isOpen || depth > MAX_DEPTH) return value
  const { values } = linker
  switch (value.kind) {
    case 'parameter': {
      const found = env.values.get(value.at)
      if (found === undefined) return value
      return linker.forced(found)
    }
    case 'instance':
      return value.env === undefined
        ? value
        : values.instance(value.declarations, mapped(linker, value.env, env, depth))
    case 'static':
      return values.static(value.declaration, joined(linker, value.env, env, depth))
    case 'object':
      return values.object(value.at, joined(linker, value.env, env, depth))
    case 'function':
      return values.function(value.signatures, joined(linker, value.env, env, depth), value.symbol)
    case 'constructor':
      return values.constructorType(value.signature, joined(linker, value.env, env, depth))
    case 'mapped':
      return values.mapped(value.at, joined(linker, value.env, env, depth))
    case 'self':
      return values.self(value.declaration, joined(linker, value.env, env, depth))
    case 'lazy':
      return values.lazy(value.at, joined(linker, value.env, env, depth), value.isExpression)
    case 'keys': {
      const of = substitute(linker, value.of, env, depth + 1)
      return of === undefined ? values.any : values.keys(of)
    }
    case 'without': {
      const inner = substitute(linker, value.value, env, depth + 1)
      const names = substitute(linker, value.names, env, depth + 1)
      return inner === undefined || names === undefined ? inner : values.without(inner, names)
    }
    case 'union':
      return values.union(value.list.map((one) => substitute(linker, one, env, depth + 1)))
    case 'intersection':
      return values.intersection(value.list.map((one) => substitute(linker, one, env, depth + 1)))
    case 'tuple':
      return values.tuple(value.list.map((one) => substitute(linker, one, env, depth + 1)))
    default:
      return value
  }
}

/** Substitute in the values of an env. */
function mapped(linker: Linker, own: Env, env: Env, depth: number): Env | undefined {
  let isSame = true
  const bound = new Map<number, Value>()
  for (const [at, value] of own.values) {
    const next = substitute(linker, value, env, depth + 1) ?? value
    if (next !== value) isSame = false
    bound.set(at, next)
  }
  return isSame ? own : linker.values.env(bound)
}

/** The same, extended with the outer env. */
function joined(linker: Linker, own: Env | undefined, env: Env, depth: number): Env | undefined {
  if (own === undefined) return env
  if (own === env) return own
  const inner = mapped(linker, own, env, depth)
  return linker.values.env(new Map([...env.values, ...(inner?.values ?? [])]))
}
