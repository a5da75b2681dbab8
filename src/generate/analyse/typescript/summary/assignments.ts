/**
 * Collects members assigned to symbols, prototypes and `this`, and the exports of CommonJS modules, from assignments
 * and calls such as `Object.assign`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { isExportsMember, isModuleExports } from '#generate/analyse/typescript/exports.ts'
import { plainName } from './names.ts'
import { type AssignedMember, type Binding, lookUp, Meaning, type Scopes } from './scopes.ts'

const { SyntaxKind: K } = ts

/** The exports of a CommonJS module. */
export interface CommonExports {
  /** The value of `module.exports`. */
  whole: { readonly node: ts.Node; readonly value: ts.Expression } | undefined
  /** `exports.name = value`. */
  readonly named: Map<string, { readonly node: ts.Node; readonly value: ts.Expression }>
  /** Values whose members are copied to the exports. */
  readonly spread: ts.Expression[]
  /** Globals created by assignment to an undeclared object: `global.name = value`. */
  readonly globals: Map<string, Binding>
}

export function readAssignments(
  tree: ts.SourceFile,
  { of, assignments, objectCalls }: Scopes,
  classMembers: Map<ts.Node, AssignedMember[]>,
): CommonExports {
  const common: CommonExports = { whole: undefined, named: new Map(), spread: [], globals: new Map() }
  const isJavaScript = (tree.flags & ts.NodeFlags.JavaScriptFile) !== 0
  for (const node of assignments) readAssignment(node)
  for (const call of objectCalls) readObjectCall(call)
  return common

  function readAssignment(node: ts.BinaryExpression): void {
    const { left, right } = node
    if (ts.isIdentifier(left)) {
      lookUp(of, left.text, left, Meaning.value)?.assigned.push(right)
      return
    }
    const isAccess = ts.isPropertyAccessExpression(left)
    if (!isAccess && !ts.isElementAccessExpression(left)) return
    const name = isAccess ? left.name.text : nameOfElement(left)
    if (name === undefined) return
    if (isJavaScript && isModuleExports(left) && isFree(left)) {
      if (right.kind !== K.VoidExpression) common.whole = { node, value: right }
    } else if (isJavaScript && isExportsMember(left) && isFree(left.expression)) {
      const value = innermostOf(right)
      if (value.kind !== K.VoidExpression && !common.named.has(name)) common.named.set(name, { node, value })
    } else give(left.expression, { name, value: right, node, isPrototype: false, isWhole: false })
  }

  function readObjectCall(call: ts.CallExpression): void {
    const { expression, arguments: given } = call
    const [target, second, third] = given
    const method = (expression as ts.PropertyAccessExpression).name.text
    if (target === undefined || second === undefined) return
    if (method === 'assign') {
      for (const value of given.slice(1)) {
        if (isJavaScript && isModuleExports(target) && isFree(target)) common.spread.push(value)
        else give(target, { name: '', value, node: value, isPrototype: false, isWhole: true })
      }
    } else if (method === 'defineProperty' && third !== undefined && ts.isStringLiteralLike(second)) {
      define(target, second.text, third, third)
    } else if (method === 'defineProperties' && ts.isObjectLiteralExpression(second)) {
      for (const property of second.properties) {
        const name = property.name === undefined ? undefined : plainName(property.name)
        if (name !== undefined && ts.isPropertyAssignment(property))
          define(target, name, property, property.initializer)
      }
    }
  }

  function define(target: ts.Expression, name: string, node: ts.Node, descriptor: ts.Expression): void {
    const value = valueOfDescriptor(descriptor)
    if (isJavaScript && isModuleExports(target) && isFree(target)) {
      if (value !== undefined && !common.named.has(name)) common.named.set(name, { node, value })
      return
    }
    give(target, { name, value, node, isPrototype: false, isWhole: false })
  }

  /** Add a member to the symbol that an expression names. */
  function give(object: ts.Expression, member: AssignedMember): void {
    if (object.kind === K.ThisKeyword) {
      giveToThis(object, member)
      return
    }
    if (ts.isIdentifier(object)) {
      const binding = lookUp(of, object.text, object, Meaning.value) ?? globalNamed(object)
      if (binding === undefined) return
      const owner = prototypeOwner(binding)
      if (owner !== undefined) owner.members.push({ ...member, isPrototype: true })
      else if (member.name === 'prototype') binding.members.push({ ...member, isPrototype: true, isWhole: true })
      else binding.members.push(member)
    } else if (
      ts.isPropertyAccessExpression(object) &&
      object.name.text === 'prototype' &&
      ts.isIdentifier(object.expression)
    ) {
      lookUp(of, object.expression.text, object, Meaning.value)?.members.push({ ...member, isPrototype: true })
    }
  }

  /** The `X` of `const proto = X.prototype`. */
  function prototypeOwner({ nodes: [node] }: Binding): Binding | undefined {
    const value = node !== undefined && ts.isVariableDeclaration(node) ? node.initializer : undefined
    if (node === undefined || value === undefined) return undefined
    const last = innermostOf(value)
    const inner = [value, last].find(
      (one): one is ts.PropertyAccessExpression =>
        ts.isPropertyAccessExpression(one) && one.name.text === 'prototype' && ts.isIdentifier(one.expression),
    )
    return inner === undefined ? undefined : lookUp(of, (inner.expression as ts.Identifier).text, node, Meaning.value)
  }

  function giveToThis(node: ts.Node, member: AssignedMember): void {
    for (let at = node.parent; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
      if (ts.isClassElement(at) && ts.isClassLike(at.parent)) {
        if (!isJavaScript) return
        const known = classMembers.get(at.parent) ?? []
        classMembers.set(at.parent, known)
        if (!known.some(({ name }) => name === member.name)) known.push(member)
        return
      }
      if (ts.isMethodDeclaration(at) || ts.isAccessor(at)) return
      if (!ts.isFunctionDeclaration(at) && !ts.isFunctionExpression(at)) continue
      const holder = at.parent
      const name =
        at.name ?? (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name : undefined)
      const binding = name === undefined ? ofPrototypeMethod(at) : lookUp(of, name.text, at, Meaning.value)
      const own = ofPrototypeMethod(at) ?? binding
      if (own?.members.some((one) => one.name === member.name && one.isPrototype) === false)
        own.members.push({ ...member, isPrototype: true })
      return
    }
  }

  /** The `X` of `X.prototype.name = function () {}`. */
  function ofPrototypeMethod(node: ts.FunctionDeclaration | ts.FunctionExpression): Binding | undefined {
    const { parent } = node
    if (!ts.isBinaryExpression(parent) || !ts.isPropertyAccessExpression(parent.left)) return undefined
    const { expression } = parent.left
    if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'prototype') return undefined
    if (!ts.isIdentifier(expression.expression)) return undefined
    return lookUp(of, expression.expression.text, node, Meaning.value)
  }

  function globalNamed(name: ts.Identifier): Binding | undefined {
    if (!isJavaScript || name.text === 'module' || name.text === 'exports') return undefined
    let statement: ts.Node = name
    while (statement.parent !== undefined && !ts.isSourceFile(statement.parent)) statement = statement.parent
    if (!ts.isExpressionStatement(statement)) return undefined
    const known = common.globals.get(name.text)
    if (known !== undefined) return known
    const binding: Binding = { name: name.text, nodes: [], assigned: [], members: [], record: 0 }
    common.globals.set(name.text, binding)
    return binding
  }

  /** Whether `module` and `exports` are not shadowed. */
  function isFree(node: ts.Expression): boolean {
    const name = ts.isPropertyAccessExpression(node) ? 'module' : 'exports'
    return lookUp(of, name, node, Meaning.value) === undefined
  }
}

function nameOfElement({ argumentExpression: key }: ts.ElementAccessExpression): string | undefined {
  if (ts.isStringLiteralLike(key)) return key.text
  return ts.isIdentifier(key) ? `[${key.text}]` : undefined
}

/** The last of `a = b = value`. */
function innermostOf(node: ts.Expression): ts.Expression {
  let value = node
  while (true) {
    if (ts.isParenthesizedExpression(value)) value = value.expression
    else if (ts.isBinaryExpression(value) && value.operatorToken.kind === K.EqualsToken) value = value.right
    else return value
  }
}

function valueOfDescriptor(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined
  for (const property of node.properties) {
    const name = property.name === undefined ? undefined : plainName(property.name)
    if (name === 'value' && ts.isPropertyAssignment(property)) return property.initializer
    if (name === 'value' && ts.isShorthandPropertyAssignment(property)) return property.name
    const getter =
      name !== 'get'
        ? undefined
        : ts.isPropertyAssignment(property)
          ? property.initializer
          : ts.isMethodDeclaration(property)
            ? property
            : undefined
    const body = getter !== undefined && 'body' in getter ? (getter.body as ts.Node | undefined) : undefined
    if (body === undefined) continue
    if (!ts.isBlock(body)) return body as ts.Expression
    const returned = body.statements.find((one) => ts.isReturnStatement(one))
    if (returned !== undefined) return (returned as ts.ReturnStatement).expression
  }
  return undefined
}
