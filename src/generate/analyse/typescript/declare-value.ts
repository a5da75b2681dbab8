/** Declares names with a value: functions, classes, object literals, constants. */

import { ts } from '#generate/analyse/compiler.mjs'
import { declareClassMembers, declareObjectMembers } from './declare-members.ts'
import type { Draft } from './draft.ts'
import { unwrap } from './expressions.ts'
import { specifierOfRequire } from './require-calls.ts'
import type { Scope } from './scope.ts'
import { classSignature, functionSignature, sourceText, valueSignature } from './signature.ts'

/**
 * Declare a name as a function, a class, a field or a constant, depending on its value.
 *
 * @param nodes - The nodes that declare the name; the node of the value is added.
 */
export function declareValue(
  name: string,
  given: ts.Expression | undefined,
  host: ts.Node,
  nodes: readonly ts.Node[],
  parent: Draft | null,
  exported: boolean,
  scope: Scope,
  written?: ts.TypeNode,
): Draft | undefined {
  const value = unwrap(given)
  const type = written ?? assertedType(given)
  if (value !== undefined && ts.isClassExpression(value)) {
    return declareClass(name, value, host, [...nodes, value], parent, exported, scope)
  }
  let draft: Draft | undefined
  if (value !== undefined && (ts.isFunctionExpression(value) || ts.isArrowFunction(value))) {
    const kind = parent === null || parent.kind === 'namespace' ? 'function' : 'method'
    const signature = type === undefined ? functionSignature(name, value) : valueSignature(name, type, undefined)
    draft = scope.drafts.add({ kind, name, parent, signature, exported }, host, [...nodes, value])
  } else {
    const isMember = parent !== null && parent.kind !== 'namespace'
    const signature = valueSignature(isMember ? name : `${wordOf(nodes[0])}${name}`, type, value)
    const of = { kind: isMember ? ('field' as const) : ('constant' as const), name, parent, signature, exported }
    const isIncidental = !isMember
    draft = scope.drafts.add({ ...of, isIncidental }, host, [...nodes, ...(value === undefined ? [] : [value])])
    if (draft !== undefined && value !== undefined && ts.isObjectLiteralExpression(value)) {
      declareObjectMembers(value, draft, scope)
    }
  }
  if (draft !== undefined && parent === null && specifierOfRequire(value) === undefined) scope.roots.set(name, draft)
  if (value !== undefined && ts.isPropertyAccessExpression(value) && value.name.text === 'prototype') {
    scope.prototypes.set(name, sourceText(value.expression))
  }
  return draft
}

/** `Redux` in `impl as unknown as Redux`. `as any` and `as const` tell less than the value. */
function assertedType(value: ts.Expression | undefined): ts.TypeNode | undefined {
  if (value === undefined || !(ts.isAsExpression(value) || ts.isTypeAssertionExpression(value))) return undefined
  const { type } = value
  const { AnyKeyword, UnknownKeyword } = ts.SyntaxKind
  return ts.isConstTypeReference(type) || type.kind === AnyKeyword || type.kind === UnknownKeyword ? undefined : type
}

/** The keyword of a declaration with a space; none for a property of an object. For an assignment without one, `const `. */
function wordOf(node: ts.Node | undefined): string {
  if (node !== undefined && ts.isPropertyAssignment(node)) return ''
  if (node === undefined || !ts.isVariableDeclaration(node)) return 'const '
  if ((node.parent.flags & ts.NodeFlags.Let) !== 0) return 'let '
  return (node.parent.flags & ts.NodeFlags.BlockScoped) === 0 ? 'var ' : 'const '
}

export function declareClass(
  name: string,
  node: ts.ClassLikeDeclaration,
  host: ts.Node,
  nodes: readonly ts.Node[],
  parent: Draft | null,
  exported: boolean,
  scope: Scope,
): Draft | undefined {
  const of = { kind: 'class' as const, name, parent, signature: classSignature(name, node), exported }
  const draft = scope.drafts.add(of, host, nodes)
  if (draft === undefined) return undefined
  if (parent === null) scope.roots.set(name, draft)
  declareClassMembers(node, draft, scope)
  return draft
}
