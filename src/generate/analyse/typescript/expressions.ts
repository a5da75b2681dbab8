/** What the syntax around a name tells: its receiver, the start of its chain, where its value comes from. */

import { ts } from '#generate/analyse/compiler.mjs'

/** The name that is asked about: of a member, the member's. */
export function nameOf(node: ts.Node): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (ts.isIdentifier(node)) return node
  if (ts.isPropertyAccessExpression(node)) return ts.isMemberName(node.name) ? node.name : undefined
  return ts.isQualifiedName(node) ? node.right : undefined
}

/** A name in a type or in what an interface extends. */
export function isTypeName(node: ts.Node): boolean {
  let current = node
  while (ts.isQualifiedName(current.parent)) current = current.parent
  if (ts.isTypeReferenceNode(current.parent) || ts.isImportTypeNode(current.parent)) return true
  return ts.isExpressionWithTypeArguments(current.parent) && ts.isInterfaceDeclaration(current.parent.parent.parent)
}
