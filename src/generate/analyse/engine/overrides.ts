/** Makes the edges from methods to the methods that they override. */

import { parametersOf, typeOf } from '#generate/signature-parameters.ts'
import type { Decl, FileUnit } from './declarations.ts'
import type { EdgeList } from './edge-list.ts'
import { D, NONE } from './facts.ts'
import type { Value } from './language.ts'
import { acceptsArity } from './overloads.ts'
import type { Semantics } from './semantics.ts'

/**
 * Adds edges from methods, and from fields in languages where they override members, to the member that they override in
 * the nearest supertype. For methods in the body of an enum constant, or of an unnamed class that is the value of a field,
 * the edges start at the constant or the field.
 */
export function addOverrides(semantics: Semantics, file: FileUnit, edges: EdgeList): void {
  for (const decl of file.decls) {
    if (!isOverriding(decl) || decl.id === null) continue
    const type = decl.owner
    for (const above of type === null ? [] : overriddenTypes(semantics, decl, type)) {
      const same = semantics.program.membersOf(above).get(decl.name)
      const candidates =
        same?.filter(
          (one) => (one.isFunction || decl.kind === 'field') && one !== decl && mayOverride(decl, one, semantics),
        ) ?? []
      const beside = type === null ? [] : (semantics.program.membersOf(type).get(decl.name) ?? [])
      const overridden = bestOverridden(decl, candidates, beside)
      if (overridden?.id == null || overridden.id === decl.id) continue
      edges.add(decl.id, overridden.id, 'overrides', 'inheritance', 0)
      break
    }
  }
}

/** A method, or a field of a language whose fields override members. */
function isOverriding({ kind, file }: Decl): boolean {
  return kind === 'method' || kind === 'function' || (kind === 'field' && file.spec.linking.fieldsOverride === true)
}

/** The supertypes with members that a member of a type may override, nearest first. */
function overriddenTypes(semantics: Semantics, decl: Decl, type: Decl): readonly Decl[] {
  const above = (host: Decl): Decl[] => semantics.ancestorsOf(host).list.map((one) => one.decl)
  const { parent } = type
  if (type.kind === 'constant' && parent?.kind === 'enum' && type.fullName !== '') return [parent, ...above(parent)]
  const isOfField =
    type.isType && type.name === '' && parent !== null && HOLDS_VALUE.has(parent.kind) && parent.fullName !== ''
  if (isOfField) return above(type)
  if (isLocalTo(decl)) return []
  const host = type.kind === 'impl' ? type.host : type.isType ? type : null
  if (decl.parent?.kind === 'impl' && decl.file.spec.language === 'rust') return traitsOf(semantics, decl.parent)
  return host === null ? [] : above(host)
}

/** The trait that an `impl` block of Rust implements; its methods override no others. */
function traitsOf(semantics: Semantics, { file, index }: Decl): Decl[] {
  return file.list(file.decl(index, D.supers)).flatMap((expr) => {
    const trait = semantics.typeOf(file, expr)
    return trait?.kind === 'instance' && trait.decl !== null ? [trait.decl] : []
  })
}

/** Kinds of declarations that may hold a value of an unnamed class. */
const HOLDS_VALUE: ReadonlySet<string> = new Set(['field', 'constant', 'variable'])

/** Whether a declaration is inside a function, and so has no component. */
export function isLocalTo(decl: Decl): boolean {
  return decl.isLocal || (decl.fullName === '' && decl.host === null)
}

/** The candidate with the same parameter types, if there are several; never one that another method replaces. */
function bestOverridden(decl: Decl, candidates: readonly Decl[], beside: readonly Decl[]): Decl | undefined {
  if (candidates.length === 0 || (candidates.length === 1 && beside.length < 2)) return candidates[0]
  const own = parameterTypes(decl)
  const others = new Set(beside.filter((one) => one !== decl).map(parameterTypes))
  return (
    candidates.find((one) => parameterTypes(one) === own) ?? candidates.find((one) => !others.has(parameterTypes(one)))
  )
}

/** The types of a function's parameters, as written, without annotations. */
function parameterTypes(decl: Decl): string {
  const signature = decl.file.string(decl.at(D.signature))
  const types = (parametersOf(signature, decl.name) ?? []).map((one) => typeOf(one, decl.file.spec.language))
  return types.join(',').replace(/@\w+/g, '').replace(/\s+/g, '')
}

function mayOverride(decl: Decl, above: Decl, semantics: Semantics): boolean {
  if (decl.file.spec.linking.mayOverride?.(decl, above, semantics) === false) return false
  if (decl.file.spec.linking.typesOverload === true && !takesSameTypes(decl, above, semantics)) return false
  const least = decl.at(D.minArity)
  if (least === NONE || above.at(D.minArity) === NONE) return true
  // An overriding method need not repeat the default values of parameters.
  const inherits = decl.file.spec.linking.inheritsDefaults === true && decl.at(D.maxArity) === above.at(D.maxArity)
  return inherits || least === above.at(D.minArity) || acceptsArity(decl, above.at(D.minArity))
}

/** Whether parameters at the same position have types of one name, as far as is known. */
function takesSameTypes(decl: Decl, above: Decl, semantics: Semantics): boolean {
  // Languages have names of their own for the same type: `int` and `Int`.
  if (decl.file.spec.language !== above.file.spec.language) return true
  const typeAt = (parameter: Decl | undefined): Value | undefined =>
    parameter && semantics.typeOf(parameter.file, parameter.at(D.type))
  return (
    decl.typeParameters.length === above.typeParameters.length &&
    decl.parameters.every((one, index) => isSameType(typeAt(one), typeAt(above.parameters[index])))
  )
}

/** Whether two types may be the same. A type parameter of a type may be any type. */
function isSameType(one: Value | undefined, other: Value | undefined): boolean {
  if (one?.kind !== 'instance' || other?.kind !== 'instance' || isOpen(one.decl) || isOpen(other.decl)) return true
  if (isOfFunction(one.decl) || isOfFunction(other.decl)) return isOfFunction(one.decl) && isOfFunction(other.decl)
  const hasSameName = (one.decl?.name ?? one.name) === (other.decl?.name ?? other.name)
  if (!hasSameName || one.args.length === 0 || other.args.length === 0) return hasSameName
  return one.args.length === other.args.length && one.args.every((arg, index) => isSameType(arg, other.args[index]))
}

const isOfFunction = (type: Decl | null): boolean => type?.kind === 'typeparam' && type.parent?.isFunction === true
const isOpen = (type: Decl | null): boolean =>
  type?.kind === 'type' || (type?.kind === 'typeparam' && !isOfFunction(type))
