/** Counts the calls whose target is known, or known to be outside the program. */

import type { FileUnit } from './declarations.ts'
import { Op } from './facts.ts'
import type { Resolution } from './language.ts'

export interface CallCounts {
  resolved: number
  unresolved: number
}

/** The names of everything that a program declares outside functions. */
export function declaredNames(units: readonly FileUnit[]): Set<string> {
  const names = new Set<string>()
  for (const unit of units) for (const decl of unit.decls) if (!decl.isLocal) names.add(decl.name)
  return names
}

/**
 * Counts one call.
 *
 * @param expr - The callee.
 * @param declared - As `declaredNames` returns them.
 */
export function countCall(
  counts: CallCounts,
  found: Resolution | undefined,
  file: FileUnit,
  expr: number,
  op: number,
  declared: ReadonlySet<string>,
): void {
  const isKnown =
    found === undefined ? op === Op.member && isElsewhere(file, expr, declared) : found.origin !== 'unique-name'
  if (isKnown) counts.resolved++
  else counts.unresolved++
}

/** Whether a member call is outside the program whatever its receiver: the file can refer to nothing of this name. */
function isElsewhere(file: FileUnit, expr: number, declared: ReadonlySet<string>): boolean {
  const name = file.nameOf(expr)
  // An operator calls a function of another name.
  if (file.spec.linking.definesAtRunTime === true || !/^[\p{L}_]/u.test(name)) return false
  return !declared.has(name) || file.linker.isOutOfScope?.(name, file) === true
}
