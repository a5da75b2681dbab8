/** Conditional types, `A extends B ? C : D`: one branch if that is certain, otherwise both. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { isAssignable } from './assignable.ts'
import { entity } from './imports.ts'
import { inferFrom } from './infer.ts'
import type { Linker } from './linker.ts'
import { parameterAt } from './type-arguments.ts'
import type { Env, Value } from './values.ts'

const MAX_DEPTH = 6
/** The maximum number of steps for one query; a union of unions of unions would take the product of their sizes. */
const MAX_STEPS = 2000

export function conditionalType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const checked = units.field(at, Field.conditional.checked)
  const value = linker.typeIn(checked, env)
  const parameter = parameterAt(linker, checked)
  if (value?.kind === 'union' && parameter !== 0) {
    // A conditional type is distributive over a union.
    return values.union(
      value.list.map((one) => {
        if (one === undefined) return undefined
        return chooseBranch(linker, at, one, values.env(new Map([...(env?.values ?? []), [parameter, one]])))
      }),
    )
  }
  return chooseBranch(linker, at, value, env)
}

function chooseBranch(linker: Linker, at: number, value: Value | undefined, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const whenTrue = units.field(at, Field.conditional.whenTrue)
  const whenFalse = units.field(at, Field.conditional.whenFalse)
  const inferred = new Set(
    units
      .list(units.field(at, Field.conditional.inferred))
      .flatMap((symbol) => units.list(units.field(symbol, Field.symbol.declarations))),
  )
  const verdict = extendsType(linker, value, units.field(at, Field.conditional.extended), {
    env,
    inferred,
    steps: 0,
  })
  if (verdict === false) return linker.typeIn(whenFalse, env)
  let inner = env
  if (inferred.size > 0 && value !== undefined) {
    const bound = new Map<number, Value>()
    inferFrom(linker, units.field(at, Field.conditional.extended), env, value, inferred, bound)
    if (bound.size > 0) inner = values.env(new Map([...(env?.values ?? []), ...bound]))
  }
  if (verdict === true) return linker.typeIn(whenTrue, inner)
  // The `undefined` part says that the branch is not known.
  return values.union([linker.typeIn(whenTrue, inner), linker.typeIn(whenFalse, env), undefined])
}

interface Around {
  readonly env: Env | undefined
  /** The type parameters that `infer` declares; any value extends them. */
  readonly inferred: ReadonlySet<number>
  /** The number of calls of `extendsType` for this query so far. */
  steps: number
}

/** Whether a value extends a type; `undefined` if not known, or if it takes more than `MAX_STEPS` steps. */
function extendsType(
  linker: Linker,
  value: Value | undefined,
  at: number,
  around: Around,
  depth = 0,
): boolean | undefined {
  if (value === undefined || depth > MAX_DEPTH || ++around.steps > MAX_STEPS) return undefined
  const { units } = linker
  const { env, inferred } = around
  if (UNDECIDED.has(value.kind)) return undefined
  switch (units.kind(at)) {
    case Kind.tuple:
      return extendsTuple(linker, value, units.list(units.field(at, Field.tuple.elements)), around, depth)
    case Kind.arrayType:
      if (value.kind === 'tuple') {
        const element = units.field(at, Field.arrayType.element)
        return all(value.list, (one) => extendsType(linker, one, element, around, depth + 1))
      }
      return value.kind === 'basic' || value.kind === 'literal' || value.kind === 'function' ? false : undefined
    case Kind.union: {
      let isKnown = true
      for (const one of units.list(units.field(at, Field.union.types))) {
        const verdict = extendsType(linker, value, one, around, depth + 1)
        if (verdict === true) return true
        if (around.steps > MAX_STEPS) return undefined
        if (verdict === undefined) isKnown = false
      }
      return isKnown ? false : undefined
    }
    case Kind.reference: {
      const parameter = parameterAt(linker, at)
      if (parameter !== 0 && env?.values.get(parameter) === undefined) return inferred.has(parameter) || undefined
      const found = parameter === 0 ? entity(linker, units.field(at, Field.reference.entity), Meaning.type) : undefined
      const alias = found?.declarations.find((one) => units.kind(one) === Kind.alias && !units.isLibrary(one))
      if (alias !== undefined && units.field(alias, Field.alias.typeParameters) === 0)
        return extendsType(linker, value, units.field(alias, Field.alias.type), around, depth + 1)
      break
    }
    case Kind.indexed: {
      const target = linker.typeIn(at, env)
      if (value.kind === 'basic' && target?.kind === 'literal') return false
      return value === target ? true : undefined
    }
  }
  return isAssignable(linker, value, linker.typeIn(at, env))
}

/** Kinds for which the condition cannot be decided. */
const UNDECIDED: ReadonlySet<Value['kind']> = new Set(['any', 'keys', 'outside', 'parameter', 'lazy'])

function extendsTuple(
  linker: Linker,
  value: Value,
  items: readonly number[],
  around: Around,
  depth: number,
): boolean | undefined {
  if (value.kind !== 'tuple') return value.kind === 'basic' || value.kind === 'literal' ? false : undefined
  const { units, values } = linker
  const { list } = value
  const restAt = items.findIndex((one) => units.kind(one) === Kind.restType)
  const fixed = restAt < 0 ? items.length : items.length - 1
  if (list.length < fixed || (restAt < 0 && list.length > fixed)) return false
  return all(items, (item, index) => {
    if (index < restAt || restAt < 0) return extendsType(linker, list[index], item, around, depth + 1)
    const after = items.length - 1 - index
    if (index > restAt) return extendsType(linker, list.at(-1 - after), item, around, depth + 1)
    const rest = values.tuple(list.slice(index, list.length - after))
    return extendsType(linker, rest, units.field(item, Field.restType.type), around, depth + 1)
  })
}

/** Whether the result for each item is `true`; stops at the first `false`. */
function all<T>(items: readonly T[], verdictOn: (item: T, index: number) => boolean | undefined): boolean | undefined {
  let isKnown = true
  for (const [index, item] of items.entries()) {
    const verdict = verdictOn(item, index)
    if (verdict === false) return false
    if (verdict === undefined) isKnown = false
  }
  return isKnown ? true : undefined
}
