/** Classes and interfaces: merged declarations, instance types and base types. */

import { append } from '#base/long-arrays.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { mergedSymbols } from './augmentations.ts'
import { AUGMENTATIONS } from './dependencies.ts'
import { Index, type Linker, Question } from './linker.ts'
import { substitute } from './substitute.ts'
import { argumentFor } from './type-arguments.ts'
import type { Env, Value } from './values.ts'

/** All merged declarations of a class or interface. */
export function instanceDeclarations(linker: Linker, at: number): readonly number[] {
  const all = linker.index(Index.merged, at, () => mergedWith(linker, at))
  linker.evaluator.touch(AUGMENTATIONS)
  for (const one of all) linker.touch(one)
  return all
}

function mergedWith(linker: Linker, at: number): readonly number[] {
  const { units } = linker
  const kind = units.kind(at)
  const symbol = units.field(at, kind === Kind.class ? Field.class.symbol : Field.interface.symbol)
  if (symbol === 0) return [at]
  const name = units.field(at, Field.declaration.name)
  const symbols = [symbol]
  const globals = units.globalsOf(name)
  if (globals.includes(symbol)) append(symbols, globals)
  append(symbols, mergedSymbols(linker, symbol))
  const all = new Set([at])
  for (const one of symbols) {
    for (const declaration of linker.declarationsOf(one, Meaning.type)) {
      const inner = units.kind(declaration)
      if (inner === Kind.class || inner === Kind.interface) all.add(declaration)
    }
  }
  return [...all].slice(0, MAX_DECLARATIONS)
}

/** Limit on the merged declarations of one class or interface. */
const MAX_DECLARATIONS = 200

/** The instance type of a class or interface with type arguments. */
export function instanceOf(
  linker: Linker,
  at: number,
  typeArguments: readonly Value[],
  outer: Env | undefined,
): Value | undefined {
  const { units, values } = linker
  const declarations = instanceDeclarations(linker, at)
  if (typeArguments.length === 0 && outer === undefined && units.field(at, Field.class.typeParameters) === 0)
    return values.instance(declarations, undefined)
  const bound = new Map<number, Value>(outer?.values ?? [])
  for (const declaration of declarations) {
    for (const [index, parameter] of units.list(units.field(declaration, Field.class.typeParameters)).entries()) {
      const value = typeArguments[index]
      const fallback = units.field(parameter, Field.typeParameter.default)
      if (value !== undefined) bound.set(parameter, value)
      else if (fallback !== 0) bound.set(parameter, values.lazy(fallback, values.env(bound)))
    }
  }
  return values.instance(declarations, values.env(bound))
}

/** The base types of an instance type; implemented interfaces are not included. */
export function basesOf(linker: Linker, value: Value & { kind: 'instance' }): readonly (Value | undefined)[] {
  const [first = 0] = value.declarations
  return linker.ask(Question.bases, first, value.env, () => computeBases(linker, value)) ?? []
}

function computeBases(linker: Linker, { declarations, env }: Value & { kind: 'instance' }): (Value | undefined)[] {
  const { units } = linker
  const bases: (Value | undefined)[] = []
  for (const at of declarations) {
    if (units.kind(at) === Kind.interface) {
      for (const type of units.list(units.field(at, Field.interface.bases))) bases.push(linker.typeIn(type, env))
      continue
    }
    const base = units.field(at, Field.class.base)
    if (base !== 0) bases.push(baseInstance(linker, at, env))
  }
  return bases
}

/** The instance type of a class's base class. */
export function baseInstance(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const base = units.field(at, Field.class.base)
  if (base === 0) return undefined
  const typeArguments = units
    .list(units.field(at, Field.class.baseArguments))
    .map((type) => argumentFor(linker, type, env))
  return instanceMadeBy(linker, substitute(linker, linker.typeOf(base), env), typeArguments)
}

/** The type that `new` creates from a value. */
export function instanceMadeBy(
  linker: Linker,
  value: Value | undefined,
  typeArguments: readonly Value[],
): Value | undefined {
  const { units, values } = linker
  switch (value?.kind) {
    case undefined:
      return undefined
    case 'static':
      return instanceOf(linker, value.declaration, typeArguments, value.env)
    case 'outside':
      return values.outside
    case 'any':
      return undefined
    case 'function':
      return value.symbol !== 0 && units.field(value.symbol, Field.symbol.assigned) !== 0
        ? values.made(value.symbol)
        : undefined
    case 'intersection':
    case 'union': {
      const all = value.list.map((one) => instanceMadeBy(linker, one, typeArguments)).filter((one) => one !== undefined)
      if (all.length === 0) return undefined
      return value.kind === 'union' ? values.union(all) : values.intersection(all)
    }
    default: {
      const [first] = linker.signaturesOf(value, true)
      if (first === undefined) return undefined
      const parameters = units.list(units.field(first.at, Field.signature.typeParameters))
      const bound = new Map<number, Value>(first.env?.values ?? [])
      for (const [index, parameter] of parameters.entries()) {
        const one = typeArguments[index]
        if (one !== undefined) bound.set(parameter, one)
      }
      return linker.resultOf(first.at, bound.size === 0 ? first.env : values.env(bound))
    }
  }
}

/** Whether a type equals or extends a class or interface; `undefined` if not known. */
export function derives(linker: Linker, value: Value | undefined, from: Value, depth = 0): boolean | undefined {
  if (value === undefined || depth > MAX_BASES) return undefined
  if (value === from) return true
  if (from.kind !== 'instance') return undefined
  if (value.kind === 'intersection') return value.list.some((one) => derives(linker, one, from, depth + 1) === true)
  if (value.kind !== 'instance') return value.kind === 'outside' || value.kind === 'any' ? undefined : false
  if (value.declarations[0] === from.declarations[0] || value.declarations.some((at) => from.declarations.includes(at)))
    return true
  let isKnown = true
  for (const base of basesOf(linker, value)) {
    const found = derives(linker, base, from, depth + 1)
    if (found === true) return true
    if (found === undefined) isKnown = false
  }
  return isKnown ? false : undefined
}

/** Limit on the length of a chain of base types. */
const MAX_BASES = 25
