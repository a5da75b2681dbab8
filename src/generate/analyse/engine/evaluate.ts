/** Evaluates expressions: finds the type or declaration that each stands for. */

import type { Decl, FileUnit } from './declarations.ts'
import { D, E, Flag, NONE, Op, Use } from './facts.ts'
import { resultOfCall } from './infer.ts'
import { resultOfLambda, thisOfLambda } from './lambdas.ts'
import { type NameUse, OUTSIDE, type Resolution, type Value } from './language.ts'
import { chooseOverload, isPlainCall } from './overloads.ts'
import type { Semantics } from './semantics.ts'
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

/** Resolves the name of a `ref` or `member` expression. */
export function resolve(
  semantics: Semantics,
  file: FileUnit,
  expr: number,
  args?: number,
  types = 0,
): Resolution | undefined {
  const found = resolveName(semantics, file, expr, args, types)
  if (file.spec.linking.typesByArity !== true || found === undefined || found.decls.length < 2) return found
  const arity = aritiesIn(file).get(expr) ?? 0
  const decls = found.decls.filter((decl) => !decl.isType || decl.typeParameters.length === arity)
  // `typeof(Handler<,>)` has no type arguments.
  return decls.length === 0 || arity === UNBOUND ? found : { ...found, decls }
}

/** The number of type arguments after a name, keyed by its expression; names without type arguments are missing. */
const known = new WeakMap<FileUnit, ReadonlyMap<number, number>>()
const UNBOUND = -1

function aritiesIn(file: FileUnit): ReadonlyMap<number, number> {
  const found = known.get(file)
  if (found !== undefined) return found
  const arities = new Map<number, number>()
  for (let expr = 0; expr < file.exprCount; expr++) {
    if (file.expr(expr, E.op) !== Op.generic) continue
    const { length } = file.list(file.expr(expr, E.list))
    arities.set(file.expr(expr, E.left), length === 0 ? UNBOUND : length)
  }
  known.set(file, arities)
  return arities
}

function resolveName(
  semantics: Semantics,
  file: FileUnit,
  expr: number,
  args?: number,
  types = 0,
): Resolution | undefined {
  const name = file.nameOf(expr)
  const wanted = wantedBy(file.expr(expr, E.use))
  if (file.expr(expr, E.op) === Op.ref) {
    if (file.expr(expr, E.use) === Use.annotation) {
      const other = file.spec.linking.annotationName?.(name) ?? name
      const found = semantics.lookUp(file, file.expr(expr, E.scope), other, file.expr(expr, E.start), wanted)
      if (found !== undefined) return found
    }
    return semantics.lookUp(file, file.expr(expr, E.scope), name, file.expr(expr, E.start), wanted)
  }
  const object = semantics.evaluate(file, file.expr(expr, E.left))
  return object === undefined ? undefined : semantics.memberOf(object, name, wanted, file, args, types)
}

function wantedBy(use: number): NameUse {
  switch (use) {
    case Use.call:
    case Use.function:
      return 'call'
    case Use.type:
    case Use.extends:
    case Use.implements:
    case Use.make:
    case Use.annotation:
      return 'type'
    default:
      return 'value'
  }
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
  const callee = insidePasses(file, file.expr(expr, E.left))
  if (callee === NONE) return undefined
  const op = file.expr(callee, E.op)
  const args = file.list(file.expr(expr, E.list))
  const isNamed = op === Op.ref || op === Op.member
  const types = file.list(file.expr(expr, E.name))
  const value = isNamed
    ? valueOfCallee(semantics, file, callee, args.length, types.length)
    : semantics.evaluate(file, callee)
  switch (value?.kind) {
    case 'function': {
      const chosen = chooseOverload(semantics, file, value.decls, args, types.length, isPlainCall(value, op))
      if (chosen === undefined) return resultOutside(semantics, file, callee, expr)
      return (
        receiverGiven(chosen.decl, value.on) ?? resultOfCall(semantics, chosen.decl, value.receiver, file, args, types)
      )
    }
    case 'type':
      return applied(semantics, file, value, args) ?? { ...value, kind: 'instance' }
    case 'instance':
      // A field access that looks like a call.
      if (isNamed && file.spec.linking.bareNamesCall === true) return value
      return file.linker.resultOfValue?.(value, file)
    case 'external':
      return resultOutside(semantics, file, callee, expr) ?? OUTSIDE
    default:
      return undefined
  }
}

/** A value of the type that an inherited method was called on, if the method returns its receiver. */
function receiverGiven(decl: Decl, on: Value | undefined): Value | undefined {
  if ((on?.kind !== 'type' && on?.kind !== 'instance') || decl.file.linker.givesReceiver?.(decl) !== true)
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

/** The result of calling a member of an outside type. */
function resultOutside(semantics: Semantics, file: FileUnit, callee: number, call: number): Value | undefined {
  if (file.expr(callee, E.op) !== Op.member) return undefined
  const receiver = receiverOf(semantics, file, file.expr(callee, E.left))
  if (receiver === undefined) return undefined
  return file.linker.resultOf?.(receiver, file.nameOf(callee), file, () => resultOfLambda(semantics, file, call))
}

/** The result of calling a type or value through its apply member. */
function applied(semantics: Semantics, file: FileUnit, value: Value, args: readonly number[]): Value | undefined {
  const { applyName } = file.spec.linking
  if (applyName === undefined) return undefined
  const found = semantics.memberOf(value, applyName, 'call', file, args.length)
  const chosen = found === undefined ? undefined : chooseOverload(semantics, file, found.decls, args)
  return chosen === undefined ? undefined : resultOfCall(semantics, chosen.decl, found?.receiver, file, args)
}

/** The expression inside wrappers, or the expression itself if there are none. */
export function insidePasses(file: FileUnit, expr: number): number {
  let at = expr
  for (let depth = 0; at !== NONE && file.expr(at, E.op) === Op.pass && depth < 50; depth++) at = file.expr(at, E.left)
  return at
}

function valueOfCallee(
  semantics: Semantics,
  file: FileUnit,
  callee: number,
  args: number,
  types: number,
): Value | undefined {
  const found = resolve(semantics, file, callee, args, types)
  return found === undefined ? undefined : semantics.valueOf(found)
}

/** The type whose members are in scope through `this`. */
export function typeAround(file: FileUnit, scope: number): Decl | undefined {
  for (let s = scope; s !== NONE; s = file.scopeParent(s)) {
    const decl = file.scopeDecl(s)
    if (decl === undefined || decl.at(D.ownScope) !== s) continue
    if (decl.isType || decl.kind === 'module') return decl
    if (decl.host !== null) return decl.host
  }
  return undefined
}

function selfAt(file: FileUnit, scope: number, semantics: Semantics): Value | undefined {
  const { hasTypeMembers = false } = file.spec.linking
  let isOfType = hasTypeMembers
  for (let s = scope; s !== NONE; s = file.scopeParent(s)) {
    const lambda = file.scopeExpr(s)
    const own = lambda === NONE ? undefined : thisOfLambda(semantics, file, lambda)
    if (own !== undefined) return own
    const decl = file.scopeDecl(s)
    if (decl === undefined || decl.at(D.ownScope) !== s) continue
    if (hasTypeMembers && decl.isFunction) isOfType = decl.has(Flag.static)
    const type = decl.isType || decl.kind === 'module' ? decl : decl.host
    // In an `impl`, the receiver names the type arguments.
    const impl = decl.kind === 'impl' ? decl : decl.parent?.kind === 'impl' ? decl.parent : undefined
    if (type !== null && impl !== undefined) return semantics.typeOf(file, impl.at(D.receiver))
    if (type !== null) return isOfType ? { kind: 'type', decl: type, name: type.name, args: [] } : instanceOf(type)
    // An extension of a type outside the repository.
    if (decl.at(D.receiver) !== NONE) return semantics.typeOf(file, decl.at(D.receiver))
  }
  return undefined
}

const selves = new WeakMap<Decl, Value>()

function instanceOf(decl: Decl): Value {
  const known = selves.get(decl)
  if (known !== undefined) return known
  const args: Value[] = decl.typeParameters.map((one) => ({ kind: 'instance', decl: one, name: one.name, args: [] }))
  const self: Value = { kind: 'instance', decl, name: decl.name, args }
  selves.set(decl, self)
  return self
}

function superAt(file: FileUnit, scope: number, semantics: Semantics): Value | undefined {
  const type = typeAround(file, scope)
  if (type === undefined) return undefined
  const { list, isOpen } = semantics.ancestorsOf(type)
  // `super` means the class, though traits come first.
  const first = list.find(({ decl }) => decl.kind === 'class') ?? list[0]
  if (first === undefined) return isOpen ? OUTSIDE : undefined
  return { kind: 'instance', decl: first.decl, name: first.decl.name, args: first.args }
}
