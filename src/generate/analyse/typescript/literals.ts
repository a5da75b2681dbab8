/** Reads literal values in TypeScript and JavaScript. */

import { ts } from '#generate/analyse/compiler.mjs'

/** Limit on the characters of a value, which has to fit in a table. */
const MAX_LITERAL = 60

/** Strip parentheses and type assertions. */
export function unwrapped(node: ts.Expression): ts.Expression {
  let inner = node
  for (let depth = 0; depth < 10; depth++) {
    if (!ts.isParenthesizedExpression(inner) && !ts.isAsExpression(inner) && !ts.isNonNullExpression(inner)) break
    inner = inner.expression
  }
  return inner
}

export function stringOf(node: ts.Expression): string | null {
  const inner = unwrapped(node)
  return ts.isStringLiteral(inner) || ts.isNoSubstitutionTemplateLiteral(inner) ? inner.text : null
}

/** A string, number or boolean literal, as shown in documentation. */
export function literalOf(node: ts.Expression | undefined): string | null {
  if (node === undefined) return null
  const inner = unwrapped(node)
  const text = stringOf(inner) ?? numberOf(inner) ?? booleanOf(inner)
  return text === null || text.length > MAX_LITERAL || text.includes('\n') ? null : text
}

function numberOf(node: ts.Expression): string | null {
  if (ts.isNumericLiteral(node)) return node.getText()
  const isNegative = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken
  return isNegative && ts.isNumericLiteral(node.operand) ? `-${node.operand.getText()}` : null
}

function booleanOf(node: ts.Expression): string | null {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'true'
  return node.kind === ts.SyntaxKind.FalseKeyword ? 'false' : null
}
