/** Determines the kind of edge that a use makes. */

import type { EdgeKind } from '#generate/model.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, E, Flag, Use } from './facts.ts'
import type { Program } from './program.ts'
import { typeAround } from './self.ts'

/** @param expr - The used name. */
export function edgeKindOf(file: FileUnit, use: number, target: Decl, expr: number, program: Program): EdgeKind {
  switch (use) {
    case Use.make:
      return 'instantiates'
    case Use.extends:
    case Use.implements:
      return inheritanceKind(file, use, target, expr, program)
    case Use.type:
      return 'uses-type'
    case Use.call:
      if (target.isType) return target.has(Flag.static) ? 'calls' : 'instantiates'
      return target.isFunction ? 'calls' : 'references'
    default:
      if (target.isFunction && target.file.spec.linking.bareNamesCall === true) return 'calls'
      return target.isType ? 'uses-type' : 'references'
  }
}

/**
 * In languages with one list of supertypes, the kind of the supertype decides between extending and implementing. The
 * supertypes of an unnamed companion are only references of the enclosing type.
 */
function inheritanceKind(file: FileUnit, use: number, target: Decl, expr: number, program: Program): EdgeKind {
  const around = typeAround(file, file.expr(expr, E.scope))
  // The conforming type is not in the repository; the file only uses the protocol, it does not conform to it.
  const inner = file.scopeDecl(file.expr(expr, E.scope))
  if (file.spec.language === 'swift' && inner?.kind === 'impl' && inner.host === null) return 'uses-type'
  // The bound of an associated type: `type Bits: Primitive;`.
  if (inner?.kind === 'type') return 'uses-type'
  if (
    around?.has(Flag.transparent) === true &&
    around.name === '' &&
    around.at(D.ownScope) === file.expr(expr, E.scope)
  )
    return 'uses-type'
  if (target.kind === target.file.spec.linking.mixins) return 'mixes-in'
  // A constant that `include` names holds a module.
  if (use === Use.implements && file.spec.language === 'ruby') return 'mixes-in'
  if (use === Use.implements) return 'implements'
  const isContract = target.kind === 'interface' || target.kind === 'trait'
  const isContractItself = around?.kind === 'interface' || around?.kind === 'trait'
  if (isContractItself || !isContract) return 'extends'
  const isHidden = around !== undefined && file.spec.linking.cannotImplement?.(around, target, program) === true
  return isHidden ? 'uses-type' : 'implements'
}
