/**
 * Components declared by calls in JavaScript: `Object.defineProperty`, `Object.defineProperties`, `Object.assign` and
 * similar functions.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { asConstructor, declareExportedObject, isFunction, isPrototype, rootOf } from './declare-assigned.ts'
import { declareObjectMembers } from './declare-members.ts'
import { declareValue } from './declare-value.ts'
import type { Draft } from './draft.ts'
import { isModuleExports } from './exports.ts'
import { unwrap } from './expressions.ts'
import { isFromRequire } from './require-calls.ts'
import type { Scope } from './scope.ts'
import { functionSignature } from './signature.ts'

/** Declare the components of a top-level statement that is a call. */
export function declareDefined(statement: ts.ExpressionStatement, scope: Scope): void {
  const call = unwrap(statement.expression)
  if (call === undefined || !ts.isCallExpression(call)) return
  const [object, second, third] = call.arguments
  if (object === undefined || second === undefined) return
  const method = methodOfObject(call.expression)
  if (method === 'assign') {
    for (const given of call.arguments.slice(1)) declareAssigned(object, given, scope)
  } else if (method === 'defineProperties') {
    if (!ts.isObjectLiteralExpression(second)) return
    for (const property of second.properties) {
      if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) continue
      const descriptor = unwrap(property.initializer)
      if (descriptor === undefined || !ts.isObjectLiteralExpression(descriptor)) continue
      declareProperty({ object, name: property.name.text, host: property, nodes: [property] }, descriptor, scope)
    }
  } else if (third !== undefined && ts.isStringLiteralLike(second)) {
    const value = unwrap(third)
    // `define(X, 'name', function name() {})`, whatever the function is called: a property computed by a function of
    // the same name.
    const isNamed =
      value !== undefined &&
      ts.isFunctionExpression(value) &&
      (value.name === undefined ? GETTER.test(nameOf(call.expression)) : value.name.text === second.text)
    if (value !== undefined && isFunction(value) && isPrototype(object) && METHOD.test(nameOf(call.expression)))
      declareMethod(object, second.text, value, statement, scope)
    else if (isNamed) declareComputed(object, second.text, value, statement, scope)
    else if (isDefineProperty(call.expression)) {
      if (value !== undefined && ts.isObjectLiteralExpression(value)) {
        const nodes = isModuleExports(object) ? [call] : []
        declareProperty({ object, name: second.text, host: statement, nodes }, value, scope)
      } else {
        const root = rootOf(object, scope)
        if (root !== undefined) scope.drafts.add(fieldOf(root, second.text), statement, [third])
      }
    }
  }
}

/** Matches names of functions that define getters: `defineGetter(X, 'name', function () {})`. */
const GETTER = /getter$/i
/** Matches names of functions that define methods: `defineMethod(X.prototype, 'name', function name() {})`. */
const METHOD = /method$/i

function nameOf(callee: ts.Expression): string {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
  return ts.isIdentifier(name) ? name.text : ''
}

function declareMethod(object: ts.Expression, name: string, value: ts.Expression, host: ts.Node, scope: Scope): void {
  const root = rootOf(object, scope)
  if (root === undefined) return
  asConstructor(root)
  declareValue({ name, host, nodes: [], parent: root, exported: root.exported }, value, scope)
}

/** `assign` for `Object.assign`; `undefined` if it is not a method of `Object`. */
function methodOfObject(callee: ts.Expression): string | undefined {
  const isOfObject =
    ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === 'Object'
  return isOfObject ? callee.name.text : undefined
}

/** `Object.defineProperty`, `Reflect.defineProperty` or a method of that name on another object. */
function isDefineProperty(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'defineProperty'
}

/** `Object.assign(X, { … })`: the functions become members of X. */
function declareAssigned(object: ts.Expression, given: ts.Expression, scope: Scope): void {
  const value = unwrap(given)
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return
  if (isModuleExports(object)) declareExportedObject(value, scope)
  const root = rootOf(object, scope)
  if (root === undefined) return
  if (isPrototype(object)) asConstructor(root)
  declareObjectMembers(value, root, scope)
}

function declareComputed(
  object: ts.Expression,
  name: string,
  value: ts.FunctionExpression,
  host: ts.Node,
  scope: Scope,
): void {
  const root = rootOf(object, scope)
  if (root === undefined) return
  const signature = value.parameters.length > 0 ? functionSignature(name, value) : name
  scope.drafts.add(fieldOf(root, name, signature), host, [value])
}

/** A property of an object that a call defines. */
interface DefinedProperty {
  readonly object: ts.Expression
  readonly name: string
  /** The node with the doc comment. */
  readonly host: ts.Node
  /** Nodes that declare it besides those of its descriptor. */
  readonly nodes: readonly ts.Node[]
}

/** Declare a property with the descriptor `{ get() { … } }` or `{ value: … }`. */
function declareProperty(
  { object, name, host, nodes }: DefinedProperty,
  descriptor: ts.ObjectLiteralExpression,
  scope: Scope,
): void {
  const own = partOf(descriptor, 'value')
  const getter = getterOf(descriptor)
  // A descriptor with flags only changes an existing property.
  if (own === undefined && getter === undefined && partOf(descriptor, 'get') === undefined) return
  const value = unwrap(own ?? returnedBy(getter))
  const isExport = isModuleExports(object)
  // Something that is declared elsewhere is only re-exported.
  if (isExport && (name === '__esModule' || value === undefined || ts.isIdentifier(value) || isFromRequire(value)))
    return
  const all = [...nodes, descriptor, ...descriptor.properties]
  if (isExport) {
    declareValue({ name, host, nodes: all, parent: null, exported: true }, value, scope)
    return
  }
  const root = rootOf(object, scope)
  if (root === undefined) return
  if (isPrototype(object)) asConstructor(root)
  if (own !== undefined && isFunction(own))
    declareValue({ name, host, nodes: all, parent: root, exported: root.exported }, own, scope)
  else scope.drafts.add(fieldOf(root, name), host, [...all, ...getterNodes(descriptor)])
}

const fieldOf = (parent: Draft, name: string, signature = name) =>
  ({ kind: 'field', name, parent, signature, exported: parent.exported }) as const

/** The value of a descriptor's property. */
function partOf(descriptor: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of descriptor.properties) {
    const isIt = property.name !== undefined && ts.isIdentifier(property.name) && property.name.text === name
    if (isIt && ts.isPropertyAssignment(property)) return property.initializer
    if (isIt && ts.isShorthandPropertyAssignment(property)) return property.name
  }
  return undefined
}

function getterOf(descriptor: ts.ObjectLiteralExpression): ts.FunctionLikeDeclaration | undefined {
  const given = partOf(descriptor, 'get')
  if (given !== undefined) return isFunction(given) ? given : undefined
  return descriptor.properties.find(
    (one): one is ts.MethodDeclaration =>
      ts.isMethodDeclaration(one) && ts.isIdentifier(one.name) && one.name.text === 'get',
  )
}

/** The values in a descriptor: uses in them count as uses of the property. */
function getterNodes(descriptor: ts.ObjectLiteralExpression): ts.Node[] {
  return descriptor.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? [one.initializer] : []))
}

/** The expression that a getter returns. */
function returnedBy(getter: ts.FunctionLikeDeclaration | undefined): ts.Expression | undefined {
  const { body } = getter ?? {}
  if (body === undefined) return undefined
  if (!ts.isBlock(body)) return body
  const last = body.statements.at(-1)
  return last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined
}
