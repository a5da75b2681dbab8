/** Classifies names by the syntax around them. */

import { ts } from '#generate/analyse/compiler.mjs'

/** The last name of `a`, `a.b` or `A.B`. */
export function nameOf(node: ts.Node): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (ts.isIdentifier(node)) return node
  if (ts.isPropertyAccessExpression(node)) return ts.isMemberName(node.name) ? node.name : undefined
  return ts.isQualifiedName(node) ? node.right : undefined
}

/** True for a name in a type or in the `extends` clause of an interface. */
export function isTypeName(node: ts.Node): boolean {
  let current = node
  while (ts.isQualifiedName(current.parent)) current = current.parent
  if (ts.isTypeReferenceNode(current.parent) || ts.isImportTypeNode(current.parent)) return true
  return ts.isExpressionWithTypeArguments(current.parent) && ts.isInterfaceDeclaration(current.parent.parent.parent)
}
