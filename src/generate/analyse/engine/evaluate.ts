/** Evaluates expressions: finds the type or declaration that each refers to. */

import { appliedMember } from './callable-values.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { E, NONE, Op, Use } from './facts.ts'
import { resultOfCall } from './infer.ts'
import { resultOfLambda } from './lambdas.ts'
import { type CallShape, OUTSIDE, type Value } from './language.ts'
import { chooseOverload, isPlainCall } from './overloads.ts'
import { resolve, wantedBy } from './resolve-name.ts'
import { selfAt, superAt } from './self.ts'
import type { Semantics } from './semantics.ts'
import { unwrapped } from './unwrapped.ts'
import { resultOf } from './values.ts'

export function evaluate(semantics: Semantics, file: FileUnit, expr: number): Value | undefined {
  if (expr === NONE) return undefined
  if (file.isKnown[expr] === 1) return file.values[expr] ?? undefined
  if (file.values[expr] === null) return undefined
  file.values[expr] = null
  const value = compute(semantics, file, expr)
  file.values[expr] = value
  file.isKnown[expr] = 1
  return value
}

/** A value of the type that an expression names. */
export function typeOf(semantics: Semantics, file: FileUnit, expr: number): Value | undefined {
  const value = semantics.evaluate(file, expr)
  return value?.kind === 'type' ? { ...value, kind: 'instance' } : value
}

function compute(semantics: Semantics, file: FileUnit, expr: number): Value | undefined {
  const left = file.expr(expr, E.left)
  switch (file.expr(expr, E.op)) {
    case Op.ref:
    case Op.member: {
      // A function used as a value is an object from the language itself.
      if (file.expr(expr, E.use) === Use.function) return OUTSIDE
      const found = resolve(semantics, file, expr)
      const isType = wantedBy(file.expr(expr, E.use)) === 'type'
      if (found?.isExternal === true && !isType && file.expr(expr, E.op) === Op.member) {
        const receiver = receiverOf(semantics, file, left)
        return (receiver && file.linker.resultOf?.(receiver, file.nameOf(expr), file, () => undefined)) ?? OUTSIDE
      }
      if (found !== undefined && !(isType && found.isExternal === true))
        return used(semantics, file, expr, semantics.valueOf(found))
      // A type that is not declared in the repository keeps its name: overloads and the linker may need it.
      return isType ? { kind: 'type', decl: null, name: file.nameOf(expr), args: [] } : undefined
    }
    case Op.call:
      return called(semantics, file, expr)
    case Op.make:
    case Op.cast:
      return semantics.typeOf(file, left)
    case Op.this:
      return selfAt(file, file.expr(expr, E.scope), semantics)
    case Op.super:
      return superAt(file, file.expr(expr, E.scope), semantics)
    case Op.literal: {
      const args = file.list(file.expr(expr, E.list)).map((arg) => semantics.typeOf(file, arg) ?? OUTSIDE)
      return { kind: 'instance', decl: null, name: file.nameOf(expr), args }
    }
    case Op.index:
    case Op.element: {
      const value = semantics.evaluate(file, left)
      return value === undefined ? undefined : elementOf(file, value, file.expr(expr, E.op) === Op.index)
    }
    case Op.pass: {
      const value = semantics.evaluate(file, left)
      return value === undefined
        ? undefined
        : file.linker.pass === undefined
          ? value
          : file.linker.pass(file.nameOf(expr), value)
    }
    case Op.generic: {
      const base = semantics.evaluate(file, left)
      if (base?.kind !== 'type' && base?.kind !== 'instance') return base
      const args = file.list(file.expr(expr, E.list)).map((arg) => semantics.typeOf(file, arg) ?? OUTSIDE)
      return { ...base, args }
    }
    case Op.array: {
      const [element = left] = file.list(file.expr(expr, E.list))
      return { kind: 'type', decl: null, name: '[]', args: [semantics.typeOf(file, element) ?? OUTSIDE] }
    }
    case Op.declared: {
      const decl = file.decls[left]
      return decl === undefined ? undefined : { kind: 'type', decl, name: decl.name, args: [] }
    }
    case Op.lambda: {
      const result = file.linker.lambdaOf === undefined ? undefined : semantics.typeOf(file, left)
      return result && file.linker.lambdaOf?.(result)
    }
    case Op.tuple: {
      const args = file.list(file.expr(expr, E.list)).map((arg) => semantics.typeOf(file, arg) ?? OUTSIDE)
      const [only = OUTSIDE] = args
      if (args.length === 1) return only
      return { kind: 'instance', decl: null, name: '()', args }
    }
    case Op.either:
      return bestOf(semantics, file, file.list(file.expr(expr, E.list)))
    default:
      return undefined
  }
}

/** The value of a used name: where bare names call functions, that is the result. */
function used(semantics: Semantics, file: FileUnit, expr: number, value: Value | undefined): Value | undefined {
  if (file.spec.linking.bareNamesCall !== true) return value
  if (value?.kind === 'type' && file.expr(expr, E.use) === Use.call) return { ...value, kind: 'instance' }
  const [decl] = value?.kind === 'function' ? value.decls : []
  return decl === undefined || value?.kind !== 'function' ? value : resultOf(semantics, decl, value.receiver)
}

/** The first value whose type is in the repository, else the first known value. */
function bestOf(semantics: Semantics, file: FileUnit, exprs: readonly number[]): Value | undefined {
  let first: Value | undefined
  for (const one of exprs) {
    const value = semantics.evaluate(file, one)
    if ((value?.kind === 'instance' || value?.kind === 'type') && value.decl !== null) return value
    first ??= value
  }
  return first
}

function elementOf(file: FileUnit, value: Value, isIndexed: boolean): Value | undefined {
  if (file.linker.elementOf !== undefined) return file.linker.elementOf(value, isIndexed)
  return value.kind === 'instance' ? value.args.at(-1) : undefined
}

function called(semantics: Semantics, file: FileUnit, expr: number): Value | undefined {
  const callee = unwrapped(file, file.expr(expr, E.left))
  if (callee === NONE) return undefined
  const op = file.expr(callee, E.op)
  const args = file.list(file.expr(expr, E.list))
  const isNamed = op === Op.ref || op === Op.member
  const types = file.list(file.expr(expr, E.name))
  const value = isNamed
    ? valueOfCallee(semantics, file, callee, { args: args.length, types: types.length })
    : semantics.evaluate(file, callee)
  switch (value?.kind) {
    case 'function': {
      const chosen = chooseOverload(semantics, file, value.decls, {
        args,
        types: types.length,
        isPlain: isPlainCall(value, op),
        call: expr,
      })
      if (chosen === undefined) return resultOutside(semantics, file, callee, expr)
      if (chosen.decl.isType) return { kind: 'instance', decl: chosen.decl, name: chosen.decl.name, args: [] }
      const returned = returnedReceiver(chosen.decl, value.on)
      if (returned !== undefined) return returned
      const result = resultOfCall(semantics, chosen.decl, value.receiver, file, { args, types })
      const others = chosen.isSure ? [] : chosen.best.slice(1, MAX_RESULTS)
      const agree = (one: Decl): boolean => isOfType(resultOf(semantics, one, value.receiver), result)
      return others.every(agree) ? result : undefined
    }
    case 'type':
      return applied(semantics, file, value, args) ?? { ...value, kind: 'instance' }
    case 'instance': {
      const result = applied(semantics, file, value, args)
      if (result !== undefined) return result
      // A field access that looks like a call.
      if (isNamed && file.spec.linking.bareNamesCall === true) return value
      return file.linker.resultOfValue?.(value, file)
    }
    case 'external':
      return resultOutside(semantics, file, callee, expr) ?? OUTSIDE
    default:
      return undefined
  }
}

/** Limit on the equally good overloads whose results are compared. */
const MAX_RESULTS = 8

/** Whether two results are of one type, or one of them is unknown. */
function isOfType(one: Value | undefined, other: Value | undefined): boolean {
  if (one?.kind !== 'instance' || other?.kind !== 'instance') return true
  return one.decl === other.decl && one.name === other.name
}

/** A value of the type that an inherited method was called on, if the method returns its receiver. */
function returnedReceiver(decl: Decl, on: Value | undefined): Value | undefined {
  if ((on?.kind !== 'type' && on?.kind !== 'instance') || decl.file.linker.returnsReceiver?.(decl) !== true)
    return undefined
  return { ...on, kind: 'instance' }
}

/** The receiver of a member; for a type outside the repository, its name at least. */
function receiverOf(semantics: Semantics, file: FileUnit, expr: number): Value | undefined {
  const value = semantics.evaluate(file, expr)
  if (value?.kind !== 'external' || file.spec.linking.knowsOutsideTypes !== true) return value
  if (file.expr(expr, E.op) !== Op.ref || (resolve(semantics, file, expr)?.decls.length ?? 0) > 0) return value
  return { kind: 'type', decl: null, name: file.nameOf(expr), args: [] }
}

/** The result of calling an outside function, or a member of an outside type. */
function resultOutside(semantics: Semantics, file: FileUnit, callee: number, call: number): Value | undefined {
  if (file.expr(callee, E.op) === Op.ref) return file.linker.resultOfFunction?.(file.nameOf(callee), file)
  if (file.expr(callee, E.op) !== Op.member) return undefined
  const receiver = receiverOf(semantics, file, file.expr(callee, E.left))
  if (receiver === undefined) return undefined
  return file.linker.resultOf?.(receiver, file.nameOf(callee), file, () => resultOfLambda(semantics, file, call))
}

/** The result of calling a type or value through its apply member. */
function applied(semantics: Semantics, file: FileUnit, value: Value, args: readonly number[]): Value | undefined {
  const found = appliedMember(semantics, file, value, args)
  return found && resultOfCall(semantics, found.chosen.decl, found.found.receiver, file, { args })
}

function valueOfCallee(semantics: Semantics, file: FileUnit, callee: number, call: CallShape): Value | undefined {
  const found = resolve(semantics, file, callee, call)
  return found === undefined ? undefined : semantics.valueOf(found)
}
