/** Reads literal values in TypeScript and JavaScript. */

import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from './expressions.ts'

/** Limit on the characters of a value, which has to fit in a table. */
const MAX_LITERAL = 60

export function stringOf(node: ts.Expression): string | null {
  const inner = unwrap(node)
  return ts.isStringLiteral(inner) || ts.isNoSubstitutionTemplateLiteral(inner) ? inner.text : null
}

/** A string, number or boolean literal, as shown in documentation. */
export function literalOf(node: ts.Expression | undefined): string | null {
  if (node === undefined) return null
  const inner = unwrap(node)
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
