/** Recognises `require('…')`. */

import { ts } from '#generate/analyse/compiler.mjs'

/** The specifier of `require('…')`. */
export function specifierOfRequire(node: ts.Node | undefined): string | undefined {
  if (node === undefined || !ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  const argument = node.arguments[0]
  if (node.expression.text !== 'require' || argument === undefined) return undefined
  return ts.isStringLiteralLike(argument) ? argument.text : undefined
}

/** True for `require('…')` and `require('./…').name`: the required module declares it. */
export function isFromRequire(value: ts.Expression): boolean {
  if (specifierOfRequire(value) !== undefined) return true
  return ts.isPropertyAccessExpression(value) && specifierOfRequire(value.expression)?.startsWith('.') === true
}
