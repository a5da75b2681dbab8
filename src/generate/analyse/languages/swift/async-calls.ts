/** Chooses among overloads that differ in being `async`, or in taking `async` closures. */

import { append } from '#base/long-arrays.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, NONE, Op } from '#generate/analyse/engine/facts.ts'

/** Limit on the characters of a signature that are read. */
const MAX_SIGNATURE = 2_000
const MAX_NESTING = 100

/**
 * The functions that a call can mean: asynchronous ones only after `await`, and those that take an asynchronous function only if
 * a closure among the arguments contains `await`. All of them if none would be left.
 */
export function calledAs(
  decls: readonly Decl[],
  file: FileUnit,
  call: number,
  args: readonly number[],
): readonly Decl[] {
  if (decls.every((decl) => !formOf(decl).isAsync && !formOf(decl).takesAsync)) return decls
  const { calls, closures } = awaitsIn(file)
  const given = args.filter((arg) => arg !== NONE && file.expr(arg, E.op) === Op.lambda)
  const isAwaited = calls.has(call)
  const givesAsync = given.some((one) => closures.has(one))
  const isPossible = ({ isAsync, takesAsync }: Form): boolean =>
    (isAwaited || !isAsync) && (given.length === 0 || takesAsync === givesAsync)
  const possible = decls.filter((decl) => isPossible(formOf(decl)))
  // Where both are possible, Swift takes the asynchronous one.
  const best = isAwaited ? possible.filter((decl) => formOf(decl).isAsync) : []
  return best.length > 0 ? best : possible.length > 0 ? possible : decls
}

/** Brackets, arrows, and `async` where it is not a label: before an arrow or a body. */
const EFFECTS = /[()]|->|\basync\b(?=\s{0,9}(?:->|(?:re)?throws\b|where\b|[{}]|$))/g

interface Form {
  readonly isAsync: boolean
  readonly takesAsync: boolean
}

const forms = new WeakMap<Decl, Form>()

/** Whether a function is asynchronous, and whether it takes one: `async` inside parentheses belongs to a parameter. */
function formOf(decl: Decl): Form {
  const found = forms.get(decl)
  if (found !== undefined) return found
  const signature = decl.file.string(decl.at(D.signature)).slice(0, MAX_SIGNATURE)
  let depth = 0
  let isAsync = false
  let takesAsync = false
  for (const { 0: part } of signature.matchAll(EFFECTS)) {
    // The rest is the type of the result.
    if (part === '->' && depth === 0) break
    if (part === '->') continue
    if (part === '(') depth++
    else if (part === ')') depth--
    else if (depth > 0) takesAsync = true
    else isAsync = true
  }
  const form = { isAsync, takesAsync }
  forms.set(decl, form)
  return form
}

interface Awaits {
  /** Calls to the right of an `await`, which covers them all. */
  readonly calls: ReadonlySet<number>
  /** Closures that contain `await` themselves, not in an inner closure or function. */
  readonly closures: ReadonlySet<number>
}

const awaits = new WeakMap<FileUnit, Awaits>()

function awaitsIn(file: FileUnit): Awaits {
  const found = awaits.get(file)
  if (found !== undefined) return found
  const calls = new Set<number>()
  const closures = new Set<number>()
  for (let expr = 0; expr < file.exprCount; expr++) {
    if (file.expr(expr, E.op) !== Op.pass || file.nameOf(expr) !== 'await') continue
    addCalls(file, expr, calls)
    let scope = file.expr(expr, E.scope)
    for (let depth = 0; scope !== NONE && depth < MAX_NESTING; depth++, scope = file.scopeParent(scope)) {
      const closure = file.scopeExpr(scope)
      if (closure !== NONE) closures.add(closure)
      if (closure !== NONE || file.scopeDecl(scope)?.at(D.ownScope) === scope) break
    }
  }
  const all = { calls, closures }
  awaits.set(file, all)
  return all
}

/** Adds the calls in an expression, but not those in closures. */
function addCalls(file: FileUnit, root: number, calls: Set<number>): void {
  const left = [root]
  for (let expr = left.pop(); expr !== undefined; expr = left.pop()) {
    const op = expr === NONE ? NONE : file.expr(expr, E.op)
    if (op === NONE || op === Op.lambda || calls.has(expr)) continue
    if (op === Op.call) calls.add(expr)
    if (op === Op.ref || op === Op.literal || op === Op.declared) continue
    left.push(file.expr(expr, E.left))
    append(left, file.list(file.expr(expr, E.list)))
  }
}
