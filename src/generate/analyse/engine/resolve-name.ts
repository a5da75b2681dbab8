/** Resolves a name in the code, alone or as the member of a value, to its declarations. */

import type { Decl, FileUnit } from './declarations.ts'
import { E, Op, Use } from './facts.ts'
import type { CallShape, NameUse, Resolution } from './language.ts'
import { isRefused } from './members.ts'
import { isAccepted } from './overloads.ts'
import type { Semantics } from './semantics.ts'

/** Resolves the name of a `ref` or `member` expression. */
export function resolve(semantics: Semantics, file: FileUnit, expr: number, call?: CallShape): Resolution | undefined {
  const found = resolveName(semantics, file, expr, call)
  if (file.spec.linking.typesByArity !== true || found === undefined) return found
  const arity = aritiesIn(file).get(expr) ?? 0
  const hasArity = (decl: Decl): boolean => !decl.isType || decl.typeParameters.length === arity
  if (found.decls.every(hasArity)) return found
  const decls = found.decls.filter(hasArity)
  // In `class Result : Result<int>` the nearest type of the name is the class itself.
  const named = decls.length > 0 ? [] : found.decls.flatMap((one) => namesakesOf(semantics, one).filter(hasArity))
  const others = file.linker.visibleFrom?.(named, file) ?? named
  if (decls.length + others.length > 0) return { ...found, decls: decls.length > 0 ? decls : others }
  if (file.expr(expr, E.op) !== Op.ref) return found
  return file.linker.lookUpType?.(file, file.nameOf(expr), file.expr(expr, E.scope), hasArity) ?? found
}

const MAX_NAMESAKES = 50

function namesakesOf({ program }: Semantics, { fullName }: Decl): readonly Decl[] {
  return (program.byFullName.get(fullName) ?? []).slice(0, MAX_NAMESAKES).filter((one) => one.isType)
}

/**
 * The number of type arguments after a name, keyed by its expression; names without type arguments are missing.
 * `Handler<,>` has two.
 */
const aritiesOf = new WeakMap<FileUnit, ReadonlyMap<number, number>>()

function aritiesIn(file: FileUnit): ReadonlyMap<number, number> {
  const found = aritiesOf.get(file)
  if (found !== undefined) return found
  const arities = new Map<number, number>()
  for (let expr = 0; expr < file.exprCount; expr++) {
    if (file.expr(expr, E.op) !== Op.generic) continue
    const { length } = file.list(file.expr(expr, E.list))
    arities.set(file.expr(expr, E.left), length > 0 ? length : file.nameOf(expr).split(',').length)
  }
  aritiesOf.set(file, arities)
  return arities
}

function resolveName(
  semantics: Semantics,
  file: FileUnit,
  expr: number,
  call: CallShape | undefined,
): Resolution | undefined {
  const name = file.nameOf(expr)
  const wanted = wantedBy(file.expr(expr, E.use))
  if (file.expr(expr, E.op) === Op.ref) {
    if (file.expr(expr, E.use) === Use.annotation) {
      const other = file.spec.linking.annotationName?.(name) ?? name
      const found = semantics.lookUp(file, file.expr(expr, E.scope), other, file.expr(expr, E.start), wanted)
      if (found !== undefined) return found
    }
    const scope = file.expr(expr, E.scope)
    const found = semantics.lookUp(file, scope, name, file.expr(expr, E.start), wanted)
    if (found === undefined || call === undefined || wanted !== 'call') return found
    if (file.spec.linking.declaresReceiver === true || !isRefused(semantics, found, call.args, file)) return found
    const outside = file.linker.lookUp(file, name, wanted, scope)
    return outside !== undefined && isAccepted(outside.decls, call.args, true) ? outside : found
  }
  const object = semantics.evaluate(file, file.expr(expr, E.left))
  return object === undefined ? undefined : semantics.memberOf(object, name, wanted, file, call)
}

export function wantedBy(use: number): NameUse {
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
