/**
 * Components that JavaScript makes by assignment: `exports.x =`, `X.prototype.m =`, `X.m =`, `module.exports =`. Those that it makes
 * by calls of `Object` are in `declare-defined.ts`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { declareObjectMembers } from './declare-members.ts'
import { declareValue, unwrap } from './declare-value.ts'
import type { Draft } from './draft.ts'
import { assignmentsOf, isExportsMember, isModuleExports, isRequired } from './exports.ts'
import type { Scope } from './scope.ts'
import { functionSignature } from './signature.ts'

/** What is exported as a whole and has no name of its own; `name-exports.ts` calls it as its users do. */
export const UNNAMED = 'module.exports'

/** One statement `target = … = value` at the top of a file. */
export function declareAssignment(statement: ts.ExpressionStatement, scope: Scope): void {
  const { targets, value: given } = assignmentsOf(statement.expression)
  const value = unwrap(given)
  if (value === undefined || targets.length === 0 || ts.isIdentifier(value)) return
  const nodes = declaringNodes(statement.expression, targets)

  const member = targets.find((target) => isExportsMember(target))
  const ofRoot = targets.flatMap((target) => memberOfRoot(target, scope) ?? [])[0]
  if (ofRoot !== undefined) {
    if (isOfPrototype(targets)) asConstructor(ofRoot.root)
    if (ofRoot.name === 'prototype') {
      if (ts.isObjectLiteralExpression(value)) declareObjectMembers(value, ofRoot.root, scope)
    } else if (isFunction(value) || ofRoot.isOpen) {
      const { name, root } = ofRoot
      declareValue(name, value, statement, nodes, root, root.exported, scope)
    }
  } else if (member !== undefined) {
    if (!isRequired(value) && value.kind !== ts.SyntaxKind.VoidExpression) {
      declareValue(member.name.text, value, statement, nodes, null, true, scope)
    }
  } else if (targets.some((target) => isModuleExports(target))) {
    if (ts.isObjectLiteralExpression(value)) declareExportedObject(value, scope)
    else if (isFunction(value) || ts.isClassExpression(value)) {
      const name = value.name?.text ?? UNNAMED
      declareValue(name, value, statement, nodes, null, true, scope)
    }
  }
}

/** `module.exports = { a() {}, b: function () {} }`: its functions are the file's. */
export function declareExportedObject(object: ts.ObjectLiteralExpression, scope: Scope): void {
  for (const property of object.properties) {
    const isNamed = property.name !== undefined && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
    if (!isNamed) continue
    const name = (property.name as ts.Identifier | ts.StringLiteral).text
    if (ts.isMethodDeclaration(property)) {
      const signature = functionSignature(name, property)
      scope.drafts.add({ kind: 'function', name, parent: null, signature, exported: true }, property, [property])
    } else if (ts.isPropertyAssignment(property)) {
      const value = unwrap(property.initializer)
      if (value === undefined || ts.isIdentifier(value) || isRequired(value)) continue
      declareValue(name, value, property, [property], null, true, scope)
    }
  }
}

/** `util.inherits(X, …)`, whatever it is a member of. */
export function declareInheritance({ expression: call }: ts.ExpressionStatement, scope: Scope): void {
  if (!ts.isCallExpression(call) || call.arguments.length !== 2) return
  const { expression: callee } = call
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
  const [heir] = call.arguments
  if (!ts.isIdentifier(name) || name.text !== 'inherits' || heir === undefined || !ts.isIdentifier(heir)) return
  const root = scope.roots.get(heir.text)
  if (root !== undefined) asConstructor(root)
}

/** A function whose values have what its prototype has: a class. */
export function asConstructor(root: Draft): void {
  if (root.kind === 'function' && /^\p{Lu}/u.test(root.name)) root.kind = 'class'
}

/** `X.prototype.m =` and `X.prototype =`. */
function isOfPrototype(targets: readonly ts.Expression[]): boolean {
  const isPrototype = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node) && node.name.text === 'prototype'
  return targets.some(
    (target) => isPrototype(target) || (ts.isPropertyAccessExpression(target) && isPrototype(target.expression)),
  )
}

interface MemberOfRoot {
  root: Draft
  name: string
  /** The root is a function, a class or an object literal: its plain values count too. */
  isOpen: boolean
}

/** `X.name`, `X.prototype.name` and `proto.name`, where `X` is of this file. */
function memberOfRoot(target: ts.Expression, scope: Scope): MemberOfRoot | undefined {
  if (!ts.isPropertyAccessExpression(target)) return undefined
  const root = rootOf(target.expression, scope)
  if (root === undefined) return undefined
  const isOpen =
    root.kind === 'function' || root.kind === 'class' || root.nodes.some((node) => ts.isObjectLiteralExpression(node))
  return { root, name: target.name.text, isOpen }
}

/** `X`, `X.prototype` and `proto`, where `X` is of this file. */
export function rootOf(expression: ts.Expression, scope: Scope): Draft | undefined {
  const isPrototype = ts.isPropertyAccessExpression(expression) && expression.name.text === 'prototype'
  const object = isPrototype ? expression.expression : expression
  if (!ts.isIdentifier(object)) return undefined
  return scope.roots.get(scope.prototypes.get(object.text) ?? object.text)
}

/** The nodes that the compiler may take for the declaration. */
function declaringNodes(expression: ts.Expression, targets: readonly ts.Expression[]): ts.Node[] {
  return [expression, ...targets, ...targets.map((target) => target.parent)]
}

export function isFunction(value: ts.Expression): value is ts.FunctionExpression | ts.ArrowFunction {
  return ts.isFunctionExpression(value) || ts.isArrowFunction(value)
}
