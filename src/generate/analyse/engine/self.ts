/** Resolves `this` and `super`. */

import type { Decl, FileUnit } from './declarations.ts'
import { D, Flag, NONE } from './facts.ts'
import { thisOfLambda } from './lambdas.ts'
import { OUTSIDE, type Value } from './language.ts'
import type { Semantics } from './semantics.ts'

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

export function selfAt(file: FileUnit, scope: number, semantics: Semantics): Value | undefined {
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

export function superAt(file: FileUnit, scope: number, semantics: Semantics): Value | undefined {
  const type = typeAround(file, scope)
  if (type === undefined) return undefined
  const { list, isOpen } = semantics.ancestorsOf(type)
  // Traits precede the base class in the list, but `super` is the base class.
  const base =
    list.find(({ decl }) => decl.kind === 'class') ??
    list.find(({ decl }) => decl.kind !== 'interface' && decl.kind !== 'trait')
  const first = base ?? (file.spec.linking.superReachesTraits === true ? list[0] : undefined)
  if (first === undefined) return isOpen || list.length > 0 ? OUTSIDE : undefined
  return { kind: 'instance', decl: first.decl, name: first.decl.name, args: first.args }
}
