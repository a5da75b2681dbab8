/**
 * Decides whether a guard of an expression still holds at a later use, from the positions of the assignments to it. As
 * in TypeScript, a guard ends at an assignment that can be executed before the use, also in an earlier iteration of a
 * loop, and at a function expression if there is any later assignment. Other assignments in functions are ignored.
 */

import { lowerBound } from '#base/binary-search.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { isBoundary, leaves, leavesFunction, statementsOf } from './control-flow.ts'
import { textOf } from './names.ts'
import type { Binding, Scopes } from './scopes.ts'

interface Assignment {
  /** The left side. */
  readonly node: ts.Node
  /** The position at which the new value holds. */
  readonly end: number
}

/** Limit on the assignments that are checked for one guard; with more, the guard counts as ended. */
const MAX_CHECKED = 50
/** Limit on the targets of a destructuring assignment. */
const MAX_TARGETS = 100
/** Limit on the names of `a.b.c` that are checked. */
const MAX_PARTS = 12

export class Reassignments {
  readonly #scopes: Pick<Scopes, 'assignments' | 'updates'>
  readonly #bindingOf: (node: ts.Node) => Binding | undefined
  /**
   * By binding (or by name for undeclared names and `this`), then by what is assigned: `x` or `x.parent`. Sorted by
   * `end`.
   */
  #known: Map<Binding | string, Map<string, Assignment[]>> | undefined

  /** @param bindingOf - The binding of the first name in an expression. */
  constructor(scopes: Pick<Scopes, 'assignments' | 'updates'>, bindingOf: (node: ts.Node) => Binding | undefined) {
    this.#scopes = scopes
    this.#bindingOf = bindingOf
  }

  /**
   * @param key - The guarded expression: `x` or `x.parent`.
   * @param guard - Where it is guarded.
   * @param from - The position from which the guard holds.
   * @param node - Where it is used.
   */
  endsGuard(key: string, binding: Binding | undefined, guard: ts.Node, from: number, node: ts.Node): boolean {
    this.#known ??= this.#read()
    const ofName = this.#known.get(binding ?? rootOf(key))
    if (ofName === undefined) return false
    return prefixesOf(key).some((prefix) => {
      const all = ofName.get(prefix)
      return all !== undefined && (all.at(-1)?.end ?? 0) > from && endsIn(all, guard, from, node)
    })
  }

  #read(): Map<Binding | string, Map<string, Assignment[]>> {
    const known = new Map<Binding | string, Map<string, Assignment[]>>()
    for (const node of [...this.#scopes.assignments, ...this.#scopes.updates]) {
      const isLoop = ts.isForInStatement(node) || ts.isForOfStatement(node)
      const target = isLoop ? node.initializer : node.left
      for (const one of targetsOf(target)) {
        const key = textOf(one)
        if (key.startsWith('?')) continue
        const root = this.#bindingOf(one) ?? rootOf(key)
        const ofName = known.get(root) ?? new Map<string, Assignment[]>()
        known.set(root, ofName)
        const assignment = { node: target, end: isLoop ? target.end : node.end }
        const others = ofName.get(key)
        if (others === undefined) ofName.set(key, [assignment])
        else others.push(assignment)
      }
    }
    for (const ofName of known.values()) for (const list of ofName.values()) list.sort((a, b) => a.end - b.end)
    return known
  }
}

function endsIn(all: readonly Assignment[], guard: ts.Node, from: number, node: ts.Node): boolean {
  const { loop, isInClosure } = between(guard, node)
  if (isInClosure) return true
  const first = lowerBound(all.length, (index) => (all[index] as Assignment).end <= from)
  for (let index = first; index < all.length; index++) {
    const { node: assigned, end } = all[index] as Assignment
    const isBefore = end <= node.pos
    const isInLoop = loop !== undefined && end <= loop.end
    if (!isBefore && !isInLoop) return false
    if (index - first >= MAX_CHECKED) return true
    if (isInLoop && assigned.pos >= loop.pos && reaches(assigned, loop)) return true
    if (isBefore && reaches(assigned, node)) return true
  }
  return false
}

/** The names and properties that `x = …`, `[x, y.z] = …` or `({ a: x } = …)` assigns. */
function targetsOf(target: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  const pending = [target]
  for (let node = pending.pop(); node !== undefined && found.length < MAX_TARGETS; node = pending.pop()) {
    if (ts.isArrayLiteralExpression(node)) pending.push(...node.elements.slice(0, MAX_TARGETS))
    else if (ts.isObjectLiteralExpression(node)) pending.push(...node.properties.slice(0, MAX_TARGETS))
    else if (ts.isPropertyAssignment(node)) pending.push(node.initializer)
    else if (ts.isShorthandPropertyAssignment(node)) pending.push(node.name)
    else if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) pending.push(node.expression)
    else if (ts.isBinaryExpression(node)) pending.push(node.left)
    else found.push(node)
  }
  return found
}

/** `a`, `a.b` and `a.b.c` of `a.b.c`. */
function prefixesOf(key: string): string[] {
  const parts = key.split('.', MAX_PARTS)
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}

const rootOf = (key: string): string => key.split('.', 1)[0] ?? ''

const contains = (outer: ts.Node, { pos, end }: ts.Node): boolean => outer.pos <= pos && end <= outer.end

/** The outermost loop, and whether there is a function expression, around a node but not around its guard. */
function between(guard: ts.Node, node: ts.Node): { loop: ts.Node | undefined; isInClosure: boolean } {
  let loop: ts.Node | undefined
  let isInClosure = false
  for (let at = node; at !== undefined && !contains(at, guard) && !isBoundary(at); at = at.parent) {
    if (ts.isIterationStatement(at, false)) loop = at
    isInClosure ||= ts.isFunctionLike(at)
  }
  return { loop, isInClosure }
}

/** Whether execution can continue from an assignment to a later node, or to the end of a loop and so to its start. */
function reaches(assigned: ts.Node, target: ts.Node): boolean {
  let at = assigned
  for (; !contains(at.parent, target); at = at.parent) {
    if (ts.isFunctionLike(at)) return false
    const last = statementsOf(at.parent)?.at(-1)
    if (leavesFunction(last) || skips(last, target)) return false
  }
  if (ts.isFunctionLike(at)) return false
  const { parent } = at
  if (contains(at, target) || parent === target) return true
  if (ts.isIfStatement(parent)) return at === parent.expression
  if (ts.isConditionalExpression(parent)) return at === parent.condition
  if (ts.isCaseOrDefaultClause(at) && ts.isCaseBlock(parent)) return !leaves(at.statements.at(-1))
  return true
}

/** Whether a `continue` or `break` without a label is inside the loop or `switch` that contains the target. */
function skips(statement: ts.Statement | undefined, target: ts.Node): boolean {
  if (statement === undefined || !ts.isBreakOrContinueStatement(statement) || statement.label !== undefined)
    return false
  const isBreak = ts.isBreakStatement(statement)
  let at: ts.Node = statement.parent
  while (!ts.isIterationStatement(at, false) && !(isBreak && ts.isSwitchStatement(at))) {
    if (ts.isFunctionLike(at) || ts.isSourceFile(at)) return false
    at = at.parent
  }
  // `continue` still runs the condition of its loop.
  return contains(isBreak || !ts.isIterationStatement(at, false) ? at : at.statement, target)
}
