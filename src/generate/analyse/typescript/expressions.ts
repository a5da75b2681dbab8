/** Finds the name in an expression, strips syntax that does not change its value, and recognises names of types. */

import { ts } from '#generate/analyse/compiler.mjs'

/** The last name of `a`, `a.b` or `A.B`. */
export function nameOf(node: ts.Node): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (ts.isIdentifier(node)) return node
  if (ts.isPropertyAccessExpression(node)) return ts.isMemberName(node.name) ? node.name : undefined
  return ts.isQualifiedName(node) ? node.right : undefined
}

/** Strips parentheses, `as`, `satisfies`, `<Type>` and `!`. */
export function unwrap(value: ts.Expression): ts.Expression
export function unwrap(value: ts.Expression | undefined): ts.Expression | undefined
export function unwrap(value: ts.Expression | undefined): ts.Expression | undefined {
  let inner = value
  while (inner !== undefined && isTransparent(inner)) inner = inner.expression
  return inner
}

/** Whether a node has the value of the expression inside it. */
export function isTransparent(node: ts.Node): node is ts.Node & { readonly expression: ts.Expression } {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node)
  )
}

/** True for a name in a type or in the `extends` clause of an interface. */
export function isTypeName(node: ts.Node): boolean {
  let current = node
  while (ts.isQualifiedName(current.parent)) current = current.parent
  if (ts.isTypeReferenceNode(current.parent) || ts.isImportTypeNode(current.parent)) return true
  return ts.isExpressionWithTypeArguments(current.parent) && ts.isInterfaceDeclaration(current.parent.parent.parent)
}
