/** Names of members as they are stored in records. */

import { ts } from '#generate/analyse/compiler.mjs'

/** The name of a member, also `[Symbol.iterator]`; `undefined` if it is computed from anything but a constant. */
export function plainName(name: ts.PropertyName | ts.Node): string | undefined {
  if (
    ts.isIdentifier(name) ||
    ts.isPrivateIdentifier(name) ||
    ts.isStringLiteralLike(name) ||
    ts.isNumericLiteral(name)
  )
    return name.text
  if (!ts.isComputedPropertyName(name)) return undefined
  const { expression } = name
  if (ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)) return expression.text
  const isConstant = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression)
  return isConstant ? `[${textOf(expression)}]` : undefined
}

/** `a.b.c` without spaces; `?` for other expressions. */
export function textOf(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this'
  if (ts.isPropertyAccessExpression(node)) return `${textOf(node.expression)}.${node.name.text}`
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return textOf(node.expression)
  return '?'
}
