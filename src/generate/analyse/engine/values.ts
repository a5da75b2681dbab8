/** Evaluates declarations: variables, function results and type parameters. */

import { throughAliases } from './ancestors.ts'
import type { Decl } from './declarations.ts'
import { D, Flag, NONE } from './facts.ts'
import { typeOfLambdaParameter } from './lambdas.ts'
import { OUTSIDE, type Resolution, type Value } from './language.ts'
import type { Semantics } from './semantics.ts'
import { withArgumentsOf } from './substitute.ts'

export function valueOfResolution(semantics: Semantics, found: Resolution): Value | undefined {
  if (found.value !== undefined) return found.value
  if (found.isExternal === true) return OUTSIDE
  if (found.namespace !== undefined) return { kind: 'namespace', path: found.namespace }
  const [first] = found.decls
  if (first === undefined) return undefined
  if (first.isFunction) return { kind: 'function', decls: found.decls, receiver: found.receiver, on: found.on }
  if (first.kind === 'namespace') return { kind: 'namespace', path: first.fullName }
  if (first.kind === 'type' && found.decls.length > 1 && isAmbiguous(semantics, found.decls)) return undefined
  if (first.isType || first.kind === 'module' || first.kind === 'typeparam' || first.kind === 'impl') {
    return { kind: 'type', decl: first, name: first.name, args: [] }
  }
  return withArgumentsOf(bestValue(semantics, found.decls), found.receiver)
}

/**
 * The value of a field that each assignment declares: the first one whose type is in the repository; without one,
 * unknown if any of them is unknown.
 */
function bestValue(semantics: Semantics, decls: readonly Decl[]): Value | undefined {
  const all = decls.slice(0, 20).map((decl) => valueOfVariable(semantics, decl))
  const ours = all.find(
    (held) => held !== undefined && (held.kind === 'instance' ? held.decl !== null : held.kind !== 'external'),
  )
  return ours ?? (all.includes(undefined) ? undefined : all[0])
}

/** Whether the declarations of one name have different types, one for each branch of an `#if`. */
function isAmbiguous(semantics: Semantics, decls: readonly Decl[]): boolean {
  const [first] = decls
  if (first === undefined || first.file.spec.linking.dropsAmbiguous !== true) return false
  const meant = decls.map((decl) => throughAliases(semantics, decl))
  return meant.some((one) => one !== meant[0])
}

/** The value of a variable, field or parameter: by its declared type, else by its initial value. */
function valueOfVariable(semantics: Semantics, decl: Decl): Value | undefined {
  return once(decl, () => {
    const type = decl.at(D.type)
    const named = type === NONE ? undefined : semantics.typeOf(decl.file, type)
    const declared = named !== undefined && isArray(decl, named) ? arrayOf(named) : named
    const isOurs = declared?.kind === 'instance' && declared.decl !== null
    const held = isOurs ? undefined : decl.file.linker.impliedValue?.(decl)
    if (held !== undefined || declared !== undefined) return held ?? declared
    if (decl.has(Flag.inferred)) return typeOfLambdaParameter(semantics, decl)
    const value = decl.at(D.value)
    const initial = value === NONE ? undefined : semantics.evaluate(decl.file, value)
    // A variable that starts as `nil` or `null` gets its value later.
    return isNothing(initial) ? undefined : initial
  })
}

/** Whether a value is `nil` or `null`. */
export function isNothing(value: Value | undefined): boolean {
  return value?.kind === 'instance' && value.decl === null && NOTHING.has(value.name)
}

const NOTHING: ReadonlySet<string> = new Set(['NilClass', 'null'])

/** Whether a variadic parameter is an array of its type, as in Java and Kotlin. Scala's `T*` is an array already. */
function isArray(decl: Decl, declared: Value): boolean {
  if (decl.kind !== 'parameter' || !decl.has(Flag.rest) || decl.file.spec.linking.restIsArray !== true) return false
  return decl.file.spec.language !== 'scala' || declared.kind !== 'instance' || declared.name !== '[]'
}

const arrayOf = (element: Value): Value => ({ kind: 'instance', decl: null, name: '[]', args: [element] })

/** The result of calling a function. */
export function resultOf(semantics: Semantics, decl: Decl, receiver: Value | undefined): Value | undefined {
  if (decl.kind === 'constructor') {
    const made = decl.owner
    if (made === null) return undefined
    const args = receiver?.kind === 'type' || receiver?.kind === 'instance' ? receiver.args : []
    return { kind: 'instance', decl: made, name: made.name, args }
  }
  return withArgumentsOf(valueOfVariable(semantics, decl), receiver)
}

/** Evaluates once; recursive evaluation yields `undefined`. */
function once(decl: Decl, find: () => Value | undefined): Value | undefined {
  if (decl.isEvaluated) return decl.value ?? undefined
  if (decl.value === null) return undefined
  decl.value = null
  const value = find()
  decl.value = value
  decl.isEvaluated = true
  return value
}
