/** Tests of single nodes for `sites.ts`: whether they are uses of names, or only declare or export them. */

import { ts } from '#generate/analyse/compiler.mjs'
import { isExportsMember, isModuleExports } from './exports.ts'

/** Functions that end the program. */
const ENDS = new Set(['process.exit', 'process.abort', 'Deno.exit'])
/** Functions of test libraries that always throw. */
const FAILURES = new Set(['assert.fail', 'expect.fail', 'expect.unreachable'])

export const isEnd = (callee: ts.Node): boolean => isOneOf(ENDS, callee)
export const isFailure = (callee: ts.Node): boolean => isOneOf(FAILURES, callee)

function isOneOf(names: ReadonlySet<string>, callee: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return false
  return names.has(`${callee.expression.text}.${callee.name.text}`)
}

/** `X.member = value` that declares the member, so its left side is not a use. */
export function isDeclaringAssignment(
  node: ts.Node,
  owners: ReadonlyMap<ts.Node, string>,
): node is ts.BinaryExpression {
  return isAssignment(node) && owners.has(node)
}

/** `module.exports = value` and `exports.name = value`, the exports of CommonJS. */
export function isExportingAssignment(node: ts.Node): node is ts.BinaryExpression {
  return isAssignment(node) && (isModuleExports(node.left) || isExportsMember(node.left))
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
}

/** Whether a node is a method, or a field that may hold one, of a class that extends or implements something. */
export function mayOverride(
  node: ts.Node,
): node is (ts.MethodDeclaration | ts.PropertyDeclaration) & { name: ts.Identifier } {
  if (!ts.isMethodDeclaration(node) && !ts.isPropertyDeclaration(node)) return false
  if (!ts.isIdentifier(node.name) || !ts.isClassLike(node.parent) || node.parent.heritageClauses === undefined)
    return false
  return node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) !== true
}

/** `<Name>` and `<name.Part>`; a lower-case tag is an HTML element. */
export function isComponentTag(tag: ts.JsxTagNameExpression): boolean {
  return ts.isPropertyAccessExpression(tag) || (ts.isIdentifier(tag) && !/^[a-z]/.test(tag.text))
}

export function isName(node: ts.Node): node is ts.Identifier | ts.PropertyAccessExpression {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
}

/** Whether a name is a use, not the name of a declaration, a property, a label, or part of an import or export list. */
export function isUse(node: ts.Identifier): boolean {
  const parent: ts.Node & { name?: ts.Node; propertyName?: ts.Node; label?: ts.Node } = node.parent
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isExportAssignment(parent) || ts.isExportSpecifier(parent)) return false
  return parent.name !== node && parent.propertyName !== node && parent.label !== node && node.text !== 'undefined'
}
