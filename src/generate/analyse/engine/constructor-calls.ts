/** Finds the constructors that `this(…)`, `super(…)` and `new X(…)` call. */

import { OVERLOAD_DOUBT } from '#generate/analyse/edge-confidence.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { E, NONE, Op } from './facts.ts'
import { acceptsArity, chooseOverload } from './overloads.ts'
import type { Semantics } from './semantics.ts'

/** A constructor that is called. */
export interface ConstructorCall {
  /** Its id. */
  readonly to: string
  readonly isInFile: boolean
  /** For the confidence of the edge; 0 if the call is certain. */
  readonly doubt: number
}

/** The constructor that another calls by `this(…)` or `super(…)`, and the id of the calling one. */
export function delegatedCall(
  semantics: Semantics,
  file: FileUnit,
  call: number,
): (ConstructorCall & { readonly from: string }) | undefined {
  const callee = file.expr(call, E.left)
  const op = callee === NONE ? NONE : file.expr(callee, E.op)
  if (op !== Op.this && op !== Op.super) return undefined
  const from = file.scopeDecl(file.expr(call, E.scope))
  const type = semantics.evaluate(file, callee)
  if (from?.kind !== 'constructor' || type?.kind !== 'instance' || type.decl === null) return undefined
  const constructors = constructorsOf(semantics, type.decl)
  const chosen = chooseOverload(semantics, file, constructors, { args: file.list(file.expr(call, E.list)) })
  if (chosen?.decl.id == null || from.id === null) return undefined
  const doubt = chosen.isSure || constructors.length === 1 ? 0 : OVERLOAD_DOUBT
  return { from: from.id, to: chosen.decl.id, isInFile: chosen.decl.file === file, doubt }
}

/** The constructor that `new X(…)` calls, if its arguments determine it; the use of the type is an edge of its own. */
export function constructedBy(semantics: Semantics, file: FileUnit, make: number): ConstructorCall | undefined {
  const callee = file.expr(make, E.left)
  const type = callee === NONE ? undefined : semantics.typeOf(file, callee)
  if (type?.kind !== 'instance' || type.decl === null) return undefined
  const args = file.list(file.expr(make, E.list))
  const chosen = chooseOverload(semantics, file, constructorsOf(semantics, type.decl), { args })
  if (chosen?.decl.id == null || !chosen.isSure || !acceptsArity(chosen.decl, args.length)) return undefined
  return { to: chosen.decl.id, isInFile: chosen.decl.file === file, doubt: 0 }
}

function constructorsOf(semantics: Semantics, type: Decl): Decl[] {
  const members = [...semantics.program.membersOf(type).values()].flat()
  return members.filter((member) => member.kind === 'constructor' && member.id !== null)
}
