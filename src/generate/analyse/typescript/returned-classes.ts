/** Exports classes whose instances an exported function returns, such as `return new Orbit(…)`, with their members. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { Draft, Drafts } from './draft.ts'

/** Limit on the nodes visited in one body. */
const MAX_NODES = 5_000

/** Sets `exported` in place. */
export function exportReturnedClasses({ all }: Drafts): void {
  const classes = new Map(
    all.flatMap((draft) =>
      draft.kind === 'class' && draft.parent === null && !draft.exported && !draft.isHidden
        ? [[draft.name, draft] as const]
        : [],
    ),
  )
  if (classes.size === 0) return
  const made = new Set<Draft>()
  for (const { kind, exported, parent, nodes } of all) {
    if (kind !== 'function' || !exported || parent !== null) continue
    for (const name of nodes.flatMap(returnedClasses)) {
      const one = classes.get(name)
      if (one !== undefined) made.add(one)
    }
  }
  for (const one of made) one.exported = true
  for (const member of all) {
    const isOwn =
      member.parent !== null && made.has(member.parent) && (member.kind === 'method' || member.kind === 'field')
    if (isOwn && !member.isHidden && !/^[_#]/.test(member.name)) member.exported = true
  }
}

/** Names of the classes that a function instantiates and returns. */
function returnedClasses(node: ts.Node): string[] {
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return []
  const names: string[] = []
  const pending: ts.Node[] = [node.body as ts.Node]
  // `() => new Orbit()` returns its value without a `return`.
  if (ts.isArrowFunction(node) && ts.isNewExpression(node.body) && ts.isIdentifier(node.body.expression))
    names.push(node.body.expression.text)
  let left = MAX_NODES
  for (let next = pending.pop(); next !== undefined && left > 0; next = pending.pop(), left--) {
    const value = ts.isReturnStatement(next) ? next.expression : undefined
    if (value !== undefined && ts.isNewExpression(value) && ts.isIdentifier(value.expression))
      names.push(value.expression.text)
    next.forEachChild((child) => {
      if (!ts.isFunctionLike(child) && !ts.isExpression(child)) pending.push(child)
    })
  }
  return names
}
