/** Creates records of identifiers and qualified names. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { Maker } from './maker.ts'
import { Kind } from './records.ts'
import { Meaning } from './scopes.ts'

/** The record of an identifier with its symbol in the file; globals have no symbol. */
export function nameOf(maker: Maker, node: ts.Identifier, meaning: number): number {
  const { heap } = maker
  if (node.text === 'undefined' && meaning === Meaning.value) return heap.add(Kind.nothing)
  const binding = maker.lookUp(node.text, node, meaning)
  if (binding === undefined && node.text === 'exports' && meaning === Meaning.value) return heap.add(Kind.moduleExports)
  const guards = meaning === Meaning.value ? (maker.conditions?.guardsOf(node) ?? 0) : 0
  return heap.add(Kind.name, maker.name(node.text), binding === undefined ? 0 : maker.symbolOf(binding), guards)
}

/** `A.B.C` in a type, a type query or a heritage clause. */
export function entityOf(maker: Maker, node: ts.Node, meaning: number): number {
  return maker.once(node, () => {
    if (ts.isIdentifier(node)) return nameOf(maker, node, meaning)
    const [left, name] = ts.isQualifiedName(node)
      ? [node.left, node.right]
      : ts.isPropertyAccessExpression(node)
        ? [node.expression, node.name]
        : [undefined, undefined]
    if (left === undefined || name === undefined) return maker.expressionOf(node)
    const outer = meaning === Meaning.value ? Meaning.value | Meaning.namespace : Meaning.namespace
    return maker.heap.add(Kind.qualified, maker.entityOf(left, outer), maker.name(name.text))
  })
}
