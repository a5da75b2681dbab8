/** Type annotations: after a colon in TypeScript, in JSDoc comments in JavaScript. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { Maker } from './maker.ts'
import { adopt } from './scopes.ts'

/** @returns The record of the annotated type of a variable, parameter or property; 0 for none. */
export function writtenType(
  maker: Maker,
  node:
    | ts.VariableDeclaration
    | ts.ParameterDeclaration
    | ts.PropertyDeclaration
    | ts.PropertySignature
    | ts.BinaryExpression,
): number {
  if (!ts.isBinaryExpression(node) && node.type !== undefined) return maker.typeOf(node.type)
  if (!maker.isJavaScript) return 0
  const type = ts.getJSDocType(node)
  return type === undefined ? 0 : commented(maker, type, node)
}

/** The written result type of a function, also in a doc comment of JavaScript; 0 without one. */
export function writtenResult(maker: Maker, node: ts.SignatureDeclaration): number {
  if (node.type !== undefined) return maker.typeOf(node.type)
  if (!maker.isJavaScript) return 0
  const type = ts.getJSDocReturnType(node)
  return type === undefined ? 0 : commented(maker, type, node)
}

function commented(maker: Maker, type: ts.TypeNode, parent: ts.Node): number {
  adopt(type, parent)
  return maker.typeOf(type)
}
