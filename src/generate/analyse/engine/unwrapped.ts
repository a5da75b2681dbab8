/** Expressions without the wrappers around them, such as parentheses. */

import type { FileUnit } from './declarations.ts'
import { E, NONE, Op } from './facts.ts'

/** The expression inside wrappers, or the expression itself if there are none. */
export function unwrapped(file: FileUnit, expr: number): number {
  let at = expr
  for (let depth = 0; at !== NONE && file.expr(at, E.op) === Op.pass && depth < 50; depth++) at = file.expr(at, E.left)
  return at
}
