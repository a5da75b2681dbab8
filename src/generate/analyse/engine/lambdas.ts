/**
 * Types of lambda parameters without a declared type, from the function that the lambda is passed to or the variable
 * that it is assigned to.
 */

import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, E, Flag, NONE, Op } from './facts.ts'
import type { LambdaTarget, NameUse, Resolution, Value } from './language.ts'
import { chooseOverload, isPlainCall } from './overloads.ts'
import type { Semantics } from './semantics.ts'
import { substitute } from './substitute.ts'
import { unwrapped } from './unwrapped.ts'

/** Where a lambda is written: as an argument of a call, or as the value of a declaration. */
interface LambdaSite {
  readonly call?: number
  readonly index?: number
  readonly decl?: Decl
}

/** Parameters without a declared type, keyed by the scope of their lambda. */
const inferred = new WeakMap<FileUnit, ReadonlyMap<number, readonly Decl[]>>()

const lambdaSites = new WeakMap<FileUnit, ReadonlyMap<number, LambdaSite>>()

/** The type of a lambda parameter without a declared type. */
export function typeOfLambdaParameter(semantics: Semantics, decl: Decl): Value | undefined {
  const { file } = decl
  const scope = decl.at(D.scope)
  const lambda = file.scopeExpr(scope)
  if (lambda === NONE) return undefined
  const order = inferredIn(file, scope).indexOf(decl)
  return lambdaParameter(semantics, file, lambda, order)
}

/** The value of a lambda's parameter by index. */
export function lambdaParameter(
  semantics: Semantics,
  file: FileUnit,
  lambda: number,
  order: number,
): Value | undefined {
  const given = targetOf(semantics, file, lambda)
  if (given?.outside !== undefined) {
    const { receiver, name, index } = given.outside
    return receiver === undefined ? undefined : file.linker.lambdaParameter?.(receiver, name, index, order, file)
  }
  return given?.type === undefined ? undefined : functionParameter(semantics, file, given.type, order)
}

/** A bare name in a lambda that no scope declares: its implicit parameter, or a member of its `this`. */
export function lookUpInLambda(
  semantics: Semantics,
  file: FileUnit,
  scope: number,
  name: string,
  wanted: NameUse,
): Resolution | undefined {
  const lambda = file.scopeExpr(scope)
  if (lambda === NONE) return undefined
  const { implicitParameter } = file.spec.linking
  if (name === implicitParameter && wanted === 'value') {
    if (inferredIn(file, scope).length > 0) return undefined
    const value = lambdaParameter(semantics, file, lambda, 0)
    return value === undefined ? undefined : { decls: [], origin: 'same-file', value }
  }
  const self = wanted === 'type' ? undefined : thisOfLambda(semantics, file, lambda)
  const found = self === undefined ? undefined : semantics.memberOf(self, name, wanted, file)
  return found === undefined || found.decls.length === 0 ? undefined : found
}

/** The value of `this` in a lambda, if it differs from the surrounding one. */
export function thisOfLambda(semantics: Semantics, file: FileUnit, lambda: number): Value | undefined {
  if (file.linker.lambdaThis === undefined) return undefined
  const given = targetOf(semantics, file, lambda)
  return given === undefined ? undefined : file.linker.lambdaThis(given, file)
}

function inferredIn(file: FileUnit, scope: number): readonly Decl[] {
  let known = inferred.get(file)
  if (known === undefined) {
    const found = new Map<number, Decl[]>()
    for (const decl of file.decls) {
      if (decl.has(Flag.inferred)) push(found, decl.at(D.scope), decl)
    }
    inferred.set(file, found)
    known = found
  }
  return known.get(scope) ?? []
}

/**
 * The target that a lambda is passed or assigned to. Cached, because names in nested lambdas look up every enclosing
 * lambda repeatedly, which would take time exponential in the depth.
 */
function targetOf(semantics: Semantics, file: FileUnit, lambda: number): LambdaTarget | undefined {
  const known = file.lambdaTargets.get(lambda)
  if (known !== undefined) return known ?? undefined
  file.lambdaTargets.set(lambda, null)
  const given = findTarget(semantics, file, lambda)
  file.lambdaTargets.set(lambda, given ?? null)
  return given
}

function findTarget(semantics: Semantics, file: FileUnit, lambda: number): LambdaTarget | undefined {
  const site = lambdaSitesIn(file).get(lambda)
  if (site?.decl !== undefined) {
    const type = site.decl.at(D.type)
    const value = type === NONE ? undefined : semantics.typeOf(file, type)
    return value === undefined ? undefined : { type: value }
  }
  if (site?.call === undefined || site.index === undefined) return undefined
  const { call, index } = site
  const args = file.list(file.expr(call, E.list))
  const callee = file.expr(call, E.left)
  const found =
    file.expr(call, E.op) === Op.make
      ? constructorsOf(semantics, file, callee)
      : semantics.resolve(file, callee, { args: args.length, types: 0 })
  const functions = (found?.decls ?? []).filter((decl) => decl.isFunction)
  if (found !== undefined && functions.length > 0) {
    const isPlain = isPlainCall(found, file.expr(callee, E.op))
    const chosen = chooseOverload(semantics, file, functions, { args, isPlain, call })?.decl
    const parameters = chosen?.parameters ?? []
    const parameter = parameterFor(parameters, index, index === args.length - 1)
    const type = parameter?.at(D.type) ?? NONE
    if (parameter === undefined || type === NONE) return undefined
    const value = semantics.typeOf(parameter.file, type)
    const { receiver } = found
    const isMember = (receiver?.kind === 'instance' || receiver?.kind === 'type') && receiver.decl !== null
    return value === undefined
      ? undefined
      : { type: isMember ? substitute(value, receiver.decl as Decl, receiver.args) : value }
  }
  if (found !== undefined && found.isExternal !== true) return undefined
  const isMember = file.expr(callee, E.op) === Op.member
  const receiver = isMember ? semantics.evaluate(file, file.expr(callee, E.left)) : undefined
  if (isMember ? receiver === undefined : file.expr(callee, E.op) !== Op.ref) return undefined
  const first = index > 0 ? semantics.evaluate(file, args[0] ?? NONE) : undefined
  return { outside: { receiver, name: file.nameOf(callee), index, first } }
}

/**
 * The parameter that gets the lambda: a last one may be written after the arguments, `test { }`, and is passed to the
 * last parameter.
 */
function parameterFor(parameters: readonly Decl[], index: number, isLast: boolean): Decl | undefined {
  const last = parameters.at(-1)
  const own = parameters[index] ?? last
  return isLast && own !== undefined && last !== undefined && !takesFunction(own) && takesFunction(last) ? last : own
}

/** Whether the type of a parameter is written as a function: `(T) -> R`, `T.() -> R`. */
function takesFunction(parameter: Decl): boolean {
  const { file } = parameter
  const type = unwrapped(file, parameter.at(D.type))
  if (type === NONE || file.expr(type, E.op) !== Op.literal) return false
  return file.nameOf(type) === 'Function' || file.nameOf(type) === 'Extension'
}

/** The parameter of a function type by index; for an interface with one abstract method, the parameter of that method. */
function functionParameter(semantics: Semantics, file: FileUnit, type: Value, order: number): Value | undefined {
  if (type.kind !== 'instance') return undefined
  if (type.decl === null || type.decl.isFunction) return file.linker.functionParameter?.(type, order)
  const method = abstractMethod(semantics, type.decl)
  const parameter = method?.decl.parameters[order]
  if (method === undefined || parameter === undefined || parameter.at(D.type) === NONE) return undefined
  const value = semantics.typeOf(parameter.file, parameter.at(D.type))
  if (value === undefined) return undefined
  const args = method.args.map((arg) => substitute(arg, type.decl as Decl, type.args))
  return substitute(value, method.owner, method.owner === type.decl ? type.args : args)
}

function abstractMethod(
  semantics: Semantics,
  type: Decl,
): { decl: Decl; owner: Decl; args: readonly Value[] } | undefined {
  for (const one of [{ decl: type, args: [] }, ...semantics.ancestorsOf(type).list]) {
    if (one.decl.kind === 'class' || one.decl.kind === 'struct') continue
    for (const members of semantics.program.membersOf(one.decl).values()) {
      const method = members.find((member) => member.isFunction && member.has(Flag.abstract))
      if (method !== undefined) return { decl: method, owner: one.decl, args: one.args }
    }
  }
  return undefined
}

function constructorsOf(semantics: Semantics, file: FileUnit, type: number): Resolution | undefined {
  const value = semantics.typeOf(file, type)
  if (value?.kind !== 'instance' || value.decl === null) return undefined
  const decls = [...semantics.program.membersOf(value.decl).values()]
    .flat()
    .filter((member) => member.kind === 'constructor')
  return decls.length === 0 ? undefined : { decls, origin: 'receiver-type', receiver: value }
}

function lambdaSitesIn(file: FileUnit): ReadonlyMap<number, LambdaSite> {
  const known = lambdaSites.get(file)
  if (known !== undefined) return known
  const found = new Map<number, LambdaSite>()
  const inside = (expr: number): number => {
    const inner = unwrapped(file, expr)
    return inner !== NONE && file.expr(inner, E.op) === Op.lambda ? inner : NONE
  }
  for (let expr = 0; expr < file.exprCount; expr++) {
    const op = file.expr(expr, E.op)
    if (op !== Op.call && op !== Op.make) continue
    for (const [index, arg] of file.list(file.expr(expr, E.list)).entries()) {
      const lambda = inside(arg)
      if (lambda !== NONE) found.set(lambda, { call: expr, index })
    }
  }
  for (const decl of file.decls) {
    const lambda = inside(decl.at(D.value))
    if (lambda !== NONE) found.set(lambda, { decl })
  }
  lambdaSites.set(file, found)
  return found
}

/** The result of the last function among the arguments of a call. */
export function resultOfLambda(semantics: Semantics, file: FileUnit, call: number): Value | undefined {
  const args = file.list(file.expr(call, E.list))
  for (let index = args.length - 1; index >= 0; index--) {
    const arg = args[index] ?? NONE
    if (arg === NONE) continue
    if (file.expr(arg, E.op) === Op.lambda) return semantics.evaluate(file, file.expr(arg, E.left))
    if (file.expr(arg, E.op) !== Op.member) continue
    const value = semantics.evaluate(file, arg)
    const [decl] = value?.kind === 'function' ? value.decls : []
    if (decl !== undefined && value?.kind === 'function') return semantics.resultOf(decl, value.receiver)
  }
  return undefined
}
