/** The second pass: connects rows to their parts, records how they are used, and counts arguments. */

import { D, E, Flag, NONE, Op, Use } from './facts.ts'
import { type FactsDraft, FUNCTIONS } from './facts-draft.ts'
import type { MatchRecord, Part } from './records.ts'

/** Expressions whose arguments are types. */
const WITH_TYPE_ARGUMENTS = new Set(['generic', 'array', 'literal'])

/**
 * Connects an expression to its operands. The first pass has made the callee of a call that is written as a name and
 * set it as the call's `left`; the receiver then belongs to the callee: in `a.b()`, `a` is the `left` of `a.b`.
 */
export function linkExpr(draft: FactsDraft, record: MatchRecord, index: number): void {
  const use = draft.exprs.at(index, E.use)
  const left = draft.exprOf(record.left)
  const callee = draft.exprs.at(index, E.left)
  if (record.main === 'call' && callee !== NONE) {
    draft.exprs.set(callee, E.left, left)
  } else if (left !== NONE) {
    draft.exprs.set(index, E.left, left)
    if (record.main === 'call') markUse(draft, left, Use.call)
    else if (record.main === 'pass' && use !== Use.value) markUse(draft, left, use)
    else if (record.main === 'generic') markUse(draft, left, use === Use.value ? Use.type : use)
  }
  // `Map<,>` names a type by its number of parameters: there are only commas.
  if (record.main === 'generic' && record.args === undefined && record.left !== undefined)
    draft.exprs.set(index, E.name, draft.strings.add(draft.textOf({ start: record.left.end, end: record.end })))
  if (record.types !== undefined && record.main === 'call') {
    const types = record.types.map((part) => draft.exprOf(part))
    for (const one of types) markUse(draft, one, Use.type)
    draft.exprs.set(index, E.name, draft.lists.add(types))
  }
  if (record.main === 'lambda') draft.exprs.set(index, E.left, draft.exprOf(record.value))
  const type = draft.exprOf(record.type)
  if (type !== NONE) {
    draft.exprs.set(index, E.left, type)
    markUse(draft, type, record.main === 'new' ? Use.make : Use.type)
  }
  if (record.args !== undefined) {
    const args = record.args.map((part) => draft.exprOf(part))
    draft.exprs.set(index, E.list, draft.lists.add(args))
    if (WITH_TYPE_ARGUMENTS.has(record.main)) for (const arg of args) markUse(draft, arg, Use.type)
  }
}

export function linkDecl(draft: FactsDraft, record: MatchRecord, index: number): void {
  const set = (column: number, part: Part | undefined, use: number): void => {
    const expr = draft.exprOf(part)
    draft.decls.set(index, column, expr)
    // An embedded type is a supertype, even if it is also the type of a field.
    const isExtended = expr !== NONE && draft.exprs.at(expr, E.use) === Use.extends
    if (use !== Use.value && !isExtended) markUse(draft, expr, use)
  }
  set(D.type, record.type, Use.type)
  set(D.value, record.value, record.sub === 'type' ? Use.type : Use.value)
  set(D.receiver, record.receiver, Use.type)
  if (record.iterated !== undefined) draft.decls.set(index, D.value, elementOf(draft, record.iterated))
  const supers = [
    // The bound of a type parameter is used, not extended.
    ...(record.extends ?? []).map((part) => ({ part, use: record.sub === 'typeparam' ? Use.type : Use.extends })),
    ...(record.implements ?? []).map((part) => ({ part, use: Use.implements })),
  ]
  const exprs: number[] = []
  for (const { part, use } of supers) {
    const expr = draft.exprOf(part)
    if (expr === NONE) continue
    // The supertype in `new T() { … }` is instantiated.
    if (draft.exprs.at(expr, E.use) !== Use.make) markUse(draft, expr, use)
    exprs.push(expr)
  }
  draft.decls.set(index, D.supers, draft.lists.add(exprs))
}

function elementOf(draft: FactsDraft, part: Part): number {
  const left = draft.exprOf(part)
  if (left === NONE) return NONE
  const index = draft.exprs.add()
  draft.exprs.set(index, E.op, Op.element)
  draft.exprs.set(index, E.left, left)
  draft.exprs.set(index, E.start, part.start)
  draft.exprs.set(index, E.scope, draft.exprs.at(left, E.scope))
  draft.exprs.set(index, E.use, Use.value)
  return index
}

const MAX_WRAPPERS = 50

/** Records the use of an expression and of the expressions that it wraps. */
function markUse(draft: FactsDraft, expr: number, use: number): void {
  let at = expr
  for (let depth = 0; at !== NONE && depth < MAX_WRAPPERS; depth++) {
    draft.exprs.set(at, E.use, use)
    const op = draft.exprs.at(at, E.op)
    if (op !== Op.pass && op !== Op.generic) return
    at = draft.exprs.at(at, E.left)
  }
}

/** Sets the minimum and maximum argument counts of functions and macros from their parameters. */
export function countArguments(draft: FactsDraft): void {
  const { rows } = draft.decls
  for (let index = 0; index < rows; index++) {
    if (!FUNCTIONS.has(draft.kindOf(index)) && draft.kindOf(index) !== 'macro') continue
    draft.decls.set(index, D.minArity, 0)
    draft.decls.set(index, D.maxArity, 0)
  }
  for (let index = 0; index < rows; index++) {
    const owner = draft.decls.at(index, D.parent)
    if (draft.kindOf(index) !== 'parameter' || owner === NONE || draft.decls.at(owner, D.minArity) === NONE) continue
    const flags = draft.decls.at(index, D.flags)
    const maxArity = draft.decls.at(owner, D.maxArity)
    if ((flags & Flag.rest) !== 0) draft.decls.set(owner, D.maxArity, NONE)
    else if (maxArity !== NONE) draft.decls.set(owner, D.maxArity, maxArity + 1)
    if ((flags & (Flag.rest | Flag.optional)) === 0) {
      draft.decls.set(owner, D.minArity, draft.decls.at(owner, D.minArity) + 1)
    }
  }
}
