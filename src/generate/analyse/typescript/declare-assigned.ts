/**
 * Components declared by assignment in JavaScript: `exports.x =`, `X.prototype.m =`, `X.m =`, `module.exports =`. For
 * those declared by calls such as `Object.defineProperty`, see `declare-defined.ts`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { unpackDoc } from '#generate/analyse/doc-comment.ts'
import { declareObjectMembers } from './declare-members.ts'
import { declareValue } from './declare-value.ts'
import type { Draft } from './draft.ts'
import { assignmentsOf, exportedName, isExportsAlias, isExportsMember, isModuleExports } from './exports.ts'
import { unwrap } from './expressions.ts'
import { isFromRequire, specifierOfRequire } from './require-calls.ts'
import type { Scope } from './scope.ts'
import { functionSignature, memberPrefix, sourceText } from './signature.ts'
import { UNNAMED } from './unnamed.ts'

/** Matches a comment that heads a list of exports: `Expose constructors.` */
const HEADS_SECTION = /^(?:(?:expose|export)s?|(?:module )?exports)(?: [^\s.]{1,40}){0,3}\.?$/i
/** Limit on the members that are declared in one loop. */
const MAX_NAMES = 100

/** Declare the components of a top-level statement `target = … = value`. */
export function declareAssignment(statement: ts.ExpressionStatement, scope: Scope): void {
  const { targets, value: given } = assignmentsOf(statement.expression)
  const value = unwrap(given)
  if (value === undefined || targets.length === 0 || (ts.isIdentifier(value) && !isOfData(value, statement))) return
  const nodes = declaringNodes(statement.expression, targets)

  const member = targets.find((target) => isExportsMember(target))
  const ofRoot = targets.flatMap((target) => memberOfRoot(target, scope) ?? [])[0]
  if (ofRoot !== undefined) {
    if (isOfPrototype(targets)) asConstructor(ofRoot.root)
    if (ofRoot.name === 'prototype') {
      if (ts.isObjectLiteralExpression(value)) declareObjectMembers(value, ofRoot.root, scope)
    } else if (isFunction(value) || ofRoot.isOpen) {
      const { name, root } = ofRoot
      const of = { host: statement, parent: root, exported: root.exported }
      declareValue({ ...of, name, nodes }, value, scope)
      if (isFunction(value))
        for (const other of new Set(targets.flatMap((target) => memberOfRoot(target, scope)?.name ?? [])))
          if (other !== name && other !== 'prototype')
            scope.drafts.add(
              { ...of, name: other, kind: 'method', signature: functionSignature(other, value) },
              statement,
              [],
            )
    }
  } else if (member !== undefined) {
    if (!isFromRequire(value) && value.kind !== ts.SyntaxKind.VoidExpression) {
      const of = { name: exportedName(member), host: statement, nodes, parent: null, exported: true }
      const draft = declareValue(of, value, scope)
      if (draft !== undefined && HEADS_SECTION.test(unpackDoc(draft.doc).doc ?? '')) draft.doc = null
    }
  } else if (targets.some((target) => isModuleExports(target))) {
    if (ts.isObjectLiteralExpression(value)) declareExportedObject(value, scope)
    else if (isFunction(value) || ts.isClassExpression(value)) {
      const name = value.name?.text ?? UNNAMED
      declareValue({ name, host: statement, nodes, parent: null, exported: true }, value, scope)
    }
  }
}

/** `module.exports = { a() {}, b: function () {} }` declares `a` and `b` as exports of the file. */
export function declareExportedObject(object: ts.ObjectLiteralExpression, scope: Scope): void {
  for (const property of object.properties) {
    const isNamed = property.name !== undefined && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
    if (!isNamed) continue
    const name = (property.name as ts.Identifier | ts.StringLiteral).text
    if (ts.isMethodDeclaration(property)) {
      const signature = functionSignature(name, property)
      scope.drafts.add({ kind: 'function', name, parent: null, signature, exported: true }, property, [property])
    } else if (ts.isAccessor(property) && /\bthis\b/.test(sourceText(property))) {
      // Other accessors re-export what they require.
      const signature = functionSignature(name, property, memberPrefix(property))
      const of = { name, parent: null, exported: true }
      scope.drafts.add({ ...of, kind: 'constant', signature }, property, [property], 'accessor own')
    } else if (ts.isPropertyAssignment(property)) {
      const value = unwrap(property.initializer)
      if (value === undefined || ts.isIdentifier(value) || isFromRequire(value)) continue
      declareValue({ name, host: property, nodes: [property], parent: null, exported: true }, value, scope)
    }
  }
}

/**
 * `names.forEach(function (name) { X[name] = function () {} })`, also in `for (const name of names)`: each name of a
 * literal list is a member; of another list, `[name]` represents all of them.
 */
export function declareInLoop(statement: ts.Statement, scope: Scope): void {
  const loop = loopOf(statement)
  for (const one of loop?.body ?? []) {
    if (!ts.isExpressionStatement(one)) continue
    const { targets, value: given } = assignmentsOf(one.expression)
    const [target] = targets
    const value = unwrap(given)
    if (target === undefined || value === undefined || !isFunction(value) || !ts.isElementAccessExpression(target))
      continue
    const { argumentExpression: key, expression } = target
    const root = rootOf(expression, scope)
    if (root === undefined || !ts.isIdentifier(key) || key.text !== loop?.name) continue
    if (isPrototype(expression)) asConstructor(root)
    for (const name of loop.names ?? [`[${key.text}]`]) {
      const of = { name, parent: root, exported: root.exported, kind: 'method' as const }
      scope.drafts.add({ ...of, signature: functionSignature(name, value) }, statement, [])
    }
  }
}

interface Loop {
  /** The variable that holds one of the names in each iteration. */
  readonly name: string
  /** `undefined` if the list is not literal. */
  readonly names: readonly string[] | undefined
  readonly body: readonly ts.Statement[]
}

function loopOf(statement: ts.Statement): Loop | undefined {
  if (ts.isForOfStatement(statement)) {
    const { initializer, expression, statement: body } = statement
    const [first] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : []
    if (first === undefined || !ts.isIdentifier(first.name) || !ts.isBlock(body)) return undefined
    return { name: first.name.text, names: literalNames(expression), body: body.statements }
  }
  const call = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined
  if (call === undefined || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression))
    return undefined
  const [callback] = call.arguments
  if (call.expression.name.text !== 'forEach' || callback === undefined || !isFunction(callback)) return undefined
  const [parameter] = callback.parameters
  if (parameter === undefined || !ts.isIdentifier(parameter.name) || !ts.isBlock(callback.body)) return undefined
  return {
    name: parameter.name.text,
    names: literalNames(call.expression.expression),
    body: callback.body.statements,
  }
}

function literalNames(list: ts.Expression): string[] | undefined {
  const value = unwrap(list)
  if (value === undefined || !ts.isArrayLiteralExpression(value) || value.elements.length > MAX_NAMES) return undefined
  const names = value.elements.flatMap((one) => (ts.isStringLiteralLike(one) ? [one.text] : []))
  return names.length === value.elements.length ? names : undefined
}

/** `util.inherits(X, …)`, also of other objects, and `Object.setPrototypeOf(X.prototype, …)` make X a class. */
export function declareInheritance({ expression: call }: ts.ExpressionStatement, scope: Scope): void {
  if (!ts.isCallExpression(call) || call.arguments.length !== 2) return
  const { expression: callee } = call
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
  const [heir] = call.arguments
  if (!ts.isIdentifier(name) || heir === undefined) return
  const isInherited = name.text === 'inherits' && ts.isIdentifier(heir)
  const isSet = name.text === 'setPrototypeOf' && isPrototype(heir)
  const root = isInherited || isSet ? rootOf(heir, scope) : undefined
  if (root !== undefined) asConstructor(root)
}

/** Treat a capitalised function with a prototype as a class. */
export function asConstructor(root: Draft): void {
  if (root.kind === 'function' && /^\p{Lu}/u.test(root.name)) root.kind = 'class'
}

/** True for the name of `const icons = require('./icons.json')`, which no file of code declares. */
function isOfData({ text }: ts.Identifier, { parent }: ts.ExpressionStatement): boolean {
  if (!ts.isSourceFile(parent)) return false
  return parent.statements.some(
    (one) =>
      ts.isVariableStatement(one) &&
      one.declarationList.declarations.some(
        ({ name, initializer }) =>
          ts.isIdentifier(name) && name.text === text && specifierOfRequire(initializer)?.endsWith('.json') === true,
      ),
  )
}

/** True for `X.prototype.m =` and `X.prototype =`. */
function isOfPrototype(targets: readonly ts.Expression[]): boolean {
  return targets.some(
    (target) => isPrototype(target) || (ts.isPropertyAccessExpression(target) && isPrototype(target.expression)),
  )
}

interface MemberOfRoot {
  root: Draft
  name: string
  /** True for a function, a class or an object literal, whose plain values are components, too. */
  isOpen: boolean
}

/** Resolve `X.name`, `X.prototype.name` and `proto.name`, where this file declares `X`. */
function memberOfRoot(target: ts.Expression, scope: Scope): MemberOfRoot | undefined {
  if (!ts.isPropertyAccessExpression(target)) return undefined
  const root = isExportsAlias(target.expression) ? undefined : rootOf(target.expression, scope)
  if (root === undefined) return undefined
  const isOpen =
    root.kind === 'function' || root.kind === 'class' || root.nodes.some((node) => ts.isObjectLiteralExpression(node))
  return { root, name: target.name.text, isOpen }
}

/** Resolve `X`, `X.prototype` and `proto`, where this file declares `X`. */
export function rootOf(expression: ts.Expression, scope: Scope): Draft | undefined {
  const object = isPrototype(expression) ? expression.expression : expression
  if (!ts.isIdentifier(object)) return undefined
  return scope.roots.get(scope.prototypes.get(object.text) ?? object.text)
}

/** All nodes that the compiler may treat as the declaration. */
function declaringNodes(expression: ts.Expression, targets: readonly ts.Expression[]): ts.Node[] {
  return [expression, ...targets, ...targets.map((target) => target.parent)]
}

export function isPrototype(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'prototype'
}

export function isFunction(value: ts.Expression): value is ts.FunctionExpression | ts.ArrowFunction {
  return ts.isFunctionExpression(value) || ts.isArrowFunction(value)
}
