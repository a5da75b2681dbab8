/** Examines expressions around a read of a variable: the environment, the name, the default. */

import { ts } from '#generate/analyse/compiler.mjs'
import { isTransparent, unwrap } from './expressions.ts'
import { stringOf } from './literals.ts'

const { SyntaxKind } = ts

/** Whether an expression is the environment itself, such as `process.env`, without regard to aliases. */
export function isEnvironment(node: ts.Expression): boolean {
  const inner = unwrap(node)
  const name = ts.isPropertyAccessExpression(inner)
    ? inner.name.text
    : ts.isElementAccessExpression(inner)
      ? stringOf(inner.argumentExpression)
      : null
  if (name !== 'env' || (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner))) return false
  const object = unwrap(inner.expression)
  if (ts.isMetaProperty(object)) return true
  if (ts.isIdentifier(object)) return object.text === 'process' || object.text === 'Bun'
  return (
    ts.isPropertyAccessExpression(object) &&
    object.name.text === 'process' &&
    ts.isIdentifier(object.expression) &&
    /^(?:globalThis|global|window|self)$/.test(object.expression.text)
  )
}

/** The name of the property that an element of a pattern binds. */
export function nameOfElement({ propertyName, name }: ts.BindingElement): string | undefined {
  const property = propertyName ?? name
  return ts.isIdentifier(property) || ts.isStringLiteral(property) ? property.text : undefined
}

/** `a.b.c`; '' if the expression is not a path of names. */
export function pathOf(node: ts.Expression): string {
  const names: string[] = []
  let at: ts.Expression = unwrap(node)
  for (let depth = 0; depth < 6; depth++) {
    if (ts.isIdentifier(at)) return [at.text, ...names.reverse()].join('.')
    if (at.kind === SyntaxKind.ThisKeyword) return names.reverse().join('.')
    if (!ts.isPropertyAccessExpression(at)) break
    names.push(at.name.text)
    at = unwrap(at.expression)
  }
  return names.reverse().join('.')
}

/** True if the value is assigned or deleted, not read. */
export function isWritten(node: ts.Expression): boolean {
  const { around, inner } = outOf(node)
  if (ts.isDeleteExpression(around)) return true
  if (!ts.isBinaryExpression(around) || around.left !== inner) return false
  return around.operatorToken.kind === SyntaxKind.EqualsToken
}

/** The fallback in `a ?? 'b'`, `a || 'b'`, `a ? a : 'b'`. */
export function defaultOf(node: ts.Expression): ts.Expression | undefined {
  const { around, inner } = outOf(node)
  if (ts.isConditionalExpression(around)) return around.whenTrue === inner ? around.whenFalse : undefined
  if (!ts.isBinaryExpression(around) || around.left !== inner) return undefined
  switch (around.operatorToken.kind) {
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
      return around.right
    default:
      return undefined
  }
}

/** The first node around an expression that changes its value. */
function outOf(node: ts.Expression): { around: ts.Node; inner: ts.Node } {
  let inner: ts.Node = node
  let around: ts.Node = node.parent
  while (isTransparent(around)) {
    inner = around
    around = around.parent
  }
  return { around, inner }
}

/** An identifier with an optional prefix: `name`, `` `APP_${name}` ``, `'APP_' + name`. */
export function namedBy(node: ts.Expression): { identifier: ts.Identifier | undefined; prefix: string } {
  const inner = unwrap(node)
  if (ts.isIdentifier(inner)) return { identifier: inner, prefix: '' }
  if (ts.isTemplateExpression(inner) && inner.templateSpans.length === 1) {
    const [span] = inner.templateSpans
    if (span !== undefined && ts.isIdentifier(span.expression) && span.literal.text === '')
      return { identifier: span.expression, prefix: inner.head.text }
  }
  if (ts.isTemplateExpression(inner)) return { identifier: undefined, prefix: inner.head.text }
  if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === SyntaxKind.PlusToken) {
    const prefix = stringOf(inner.left)
    if (prefix !== null) return { identifier: ts.isIdentifier(inner.right) ? inner.right : undefined, prefix }
  }
  return { identifier: undefined, prefix: '' }
}
