/**
 * Collects members assigned to symbols, prototypes and `this`, and the exports of CommonJS modules, from assignments
 * and calls such as `Object.assign`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { assignmentsOf, isExportsMember, isModuleExports } from '#generate/analyse/typescript/exports.ts'
import { plainName } from './names.ts'
import { type AssignedMember, type Binding, isRequired, lookUp, Meaning, type Scopes } from './scopes.ts'

const { SyntaxKind: K } = ts

/** The exports of a CommonJS module. */
export interface CommonJsExports {
  /** The value of `module.exports`. */
  whole: { readonly node: ts.Node; readonly value: ts.Expression } | undefined
  /** `exports.name = value`. */
  readonly named: Map<string, { readonly node: ts.Node; readonly value: ts.Expression }>
  /** Values whose members are copied to the exports. */
  readonly spread: ts.Expression[]
  /** Globals created by assignment to an undeclared object: `global.name = value`. */
  readonly globals: Map<string, Binding>
}

/** Adds assigned members to the bindings of scopes and to `classMembers`. */
export function readAssignments(
  tree: ts.SourceFile,
  { of, assignments, objectCalls }: Scopes,
  classMembers: Map<ts.Node, AssignedMember[]>,
): CommonJsExports {
  const isJavaScript = (tree.flags & ts.NodeFlags.JavaScriptFile) !== 0
  const reader = new AssignmentReader(of, classMembers, isJavaScript)
  for (const node of assignments) reader.readAssignment(node)
  for (const call of objectCalls) reader.readObjectCall(call)
  reader.joinWhole()
  return reader.exports
}

/** The `name` of `Object.assign(name, …)`, which is also its result. */
function assignedObject(value: ts.Expression): ts.Identifier | undefined {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return undefined
  const { expression, name } = value.expression
  const [object] = value.arguments
  const isAssign = ts.isIdentifier(expression) && expression.text === 'Object' && name.text === 'assign'
  return isAssign && object !== undefined && ts.isIdentifier(object) ? object : undefined
}

class AssignmentReader {
  readonly exports: CommonJsExports = { whole: undefined, named: new Map(), spread: [], globals: new Map() }
  readonly #scopes: Scopes['of']
  readonly #classMembers: Map<ts.Node, AssignedMember[]>
  readonly #isJavaScript: boolean

  constructor(scopes: Scopes['of'], classMembers: Map<ts.Node, AssignedMember[]>, isJavaScript: boolean) {
    this.#scopes = scopes
    this.#classMembers = classMembers
    this.#isJavaScript = isJavaScript
  }

  readAssignment(node: ts.BinaryExpression): void {
    const { left, right } = node
    if (ts.isIdentifier(left)) {
      lookUp(this.#scopes, left.text, left, Meaning.value)?.assigned.push(right)
      return
    }
    const isAccess = ts.isPropertyAccessExpression(left)
    if (!isAccess && !ts.isElementAccessExpression(left)) return
    const name = isAccess ? left.name.text : nameOfElement(left)
    if (name === undefined) return
    if (this.#isJavaScript && isModuleExports(left) && this.#isFree(left)) {
      if (right.kind !== K.VoidExpression) this.exports.whole = { node, value: assignedObject(right) ?? right }
    } else if (this.#isJavaScript && isExportsMember(left) && this.#isFree(left.expression)) {
      const { value } = assignmentsOf(right)
      if (value.kind !== K.VoidExpression && !this.exports.named.has(name))
        this.exports.named.set(name, { node, value })
    } else this.#assign(left.expression, { name, value: right, node, isPrototype: false, isWhole: false })
  }

  readObjectCall(call: ts.CallExpression): void {
    const { expression, arguments: given } = call
    const [target, second, third] = given
    const method = (expression as ts.PropertyAccessExpression).name.text
    if (target === undefined || second === undefined) return
    if (method === 'assign') {
      for (const value of given.slice(1)) {
        if (this.#isJavaScript && isModuleExports(target) && this.#isFree(target)) this.exports.spread.push(value)
        else this.#assign(target, { name: '', value, node: value, isPrototype: false, isWhole: true })
      }
    } else if (method === 'defineProperty' && third !== undefined && ts.isStringLiteralLike(second)) {
      this.#define(target, second.text, third, third)
    } else if (method === 'defineProperties' && ts.isObjectLiteralExpression(second)) {
      for (const property of second.properties) {
        const name = property.name === undefined ? undefined : plainName(property.name)
        if (name !== undefined && ts.isPropertyAssignment(property))
          this.#define(target, name, property, property.initializer)
      }
    }
  }

  /** With `module.exports = make`, `module.exports.name` is `make.name`, and the reverse. */
  joinWhole(): void {
    const { value } = assignmentsOf(this.exports.whole?.value)
    if (value === undefined || !ts.isIdentifier(value)) return
    const own = lookUp(this.#scopes, value.text, value, Meaning.value)
    if (own === undefined) return
    if (own.nodes.some(isRequired)) {
      // Another module's value, which is exported with the members that it gets here.
      for (const { name, node, value: given, isPrototype, isWhole } of own.members)
        if (given !== undefined && !isPrototype && !isWhole && !this.exports.named.has(name))
          this.exports.named.set(name, { node, value: given })
      return
    }
    for (const [name, { node, value: given }] of this.exports.named)
      if (!own.members.some((one) => one.name === name))
        own.members.push({ name, value: given, node, isPrototype: false, isWhole: false })
  }

  #define(target: ts.Expression, name: string, node: ts.Node, descriptor: ts.Expression): void {
    const value = valueOfDescriptor(descriptor)
    if (this.#isJavaScript && isModuleExports(target) && this.#isFree(target)) {
      if (value !== undefined && !this.exports.named.has(name)) this.exports.named.set(name, { node, value })
      return
    }
    this.#assign(target, { name, value, node, isPrototype: false, isWhole: false })
  }

  /** Add a member to the symbol that an expression names. */
  #assign(object: ts.Expression, member: AssignedMember): void {
    if (object.kind === K.ThisKeyword) {
      this.#assignToThis(object, member)
      return
    }
    if (ts.isIdentifier(object)) {
      const binding = lookUp(this.#scopes, object.text, object, Meaning.value) ?? this.#globalNamed(object)
      if (binding === undefined) return
      const owner = this.#prototypeOwner(binding)
      if (owner !== undefined) owner.members.push({ ...member, isPrototype: true })
      else if (member.name === 'prototype') binding.members.push({ ...member, isPrototype: true, isWhole: true })
      else binding.members.push(member)
    } else if (
      ts.isPropertyAccessExpression(object) &&
      object.name.text === 'prototype' &&
      ts.isIdentifier(object.expression)
    ) {
      lookUp(this.#scopes, object.expression.text, object, Meaning.value)?.members.push({
        ...member,
        isPrototype: true,
      })
    }
  }

  /** The `X` of `const proto = X.prototype`. */
  #prototypeOwner({ nodes: [node] }: Binding): Binding | undefined {
    const value = node !== undefined && ts.isVariableDeclaration(node) ? node.initializer : undefined
    if (node === undefined || value === undefined) return undefined
    const last = assignmentsOf(value).value
    const inner = [value, last].find(
      (one): one is ts.PropertyAccessExpression =>
        ts.isPropertyAccessExpression(one) && one.name.text === 'prototype' && ts.isIdentifier(one.expression),
    )
    return inner === undefined
      ? undefined
      : lookUp(this.#scopes, (inner.expression as ts.Identifier).text, node, Meaning.value)
  }

  #assignToThis(node: ts.Node, member: AssignedMember): void {
    for (let at = node.parent; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
      if (ts.isClassElement(at) && ts.isClassLike(at.parent)) {
        if (!this.#isJavaScript) return
        const known = this.#classMembers.get(at.parent) ?? []
        this.#classMembers.set(at.parent, known)
        const index = known.findIndex(({ name }) => name === member.name)
        const first = known[index]
        if (first === undefined) known.push(member)
        else if (isNullish(first.value) && !isNullish(member.value)) known[index] = { ...first, value: member.value }
        return
      }
      if (ts.isMethodDeclaration(at) || ts.isAccessor(at)) return
      if (!ts.isFunctionDeclaration(at) && !ts.isFunctionExpression(at)) continue
      const holder = at.parent
      const name =
        at.name ?? (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name : undefined)
      const binding =
        name === undefined ? this.#prototypeOfMethod(at) : lookUp(this.#scopes, name.text, at, Meaning.value)
      const own = this.#prototypeOfMethod(at) ?? binding
      if (own?.members.some((one) => one.name === member.name && one.isPrototype) === false)
        own.members.push({ ...member, isPrototype: true })
      return
    }
  }

  /** The `X` of `X.prototype.name = function () {}`. */
  #prototypeOfMethod(node: ts.FunctionDeclaration | ts.FunctionExpression): Binding | undefined {
    const { parent } = node
    if (!ts.isBinaryExpression(parent) || !ts.isPropertyAccessExpression(parent.left)) return undefined
    const { expression } = parent.left
    if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'prototype') return undefined
    if (!ts.isIdentifier(expression.expression)) return undefined
    return lookUp(this.#scopes, expression.expression.text, node, Meaning.value)
  }

  #globalNamed(name: ts.Identifier): Binding | undefined {
    if (!this.#isJavaScript || name.text === 'module' || name.text === 'exports') return undefined
    let statement: ts.Node = name
    while (statement.parent !== undefined && !ts.isSourceFile(statement.parent)) statement = statement.parent
    if (!ts.isExpressionStatement(statement)) return undefined
    const known = this.exports.globals.get(name.text)
    if (known !== undefined) return known
    const binding: Binding = { name: name.text, nodes: [], assigned: [], members: [], record: 0 }
    this.exports.globals.set(name.text, binding)
    return binding
  }

  /** Whether `module` and `exports` are not shadowed. */
  #isFree(node: ts.Expression): boolean {
    if (ts.isIdentifier(node) && !isModuleExports(node)) {
      const [declaration] = lookUp(this.#scopes, node.text, node, Meaning.value)?.nodes ?? []
      return declaration !== undefined && ts.isVariableDeclaration(declaration) && isAtTop(declaration)
    }
    const name = ts.isPropertyAccessExpression(node) ? 'module' : 'exports'
    return lookUp(this.#scopes, name, node, Meaning.value) === undefined
  }
}

/** `null`, `undefined` or `void 0`, which a member has until it gets a value. */
function isNullish(value: ts.Expression | undefined): boolean {
  if (value === undefined) return true
  if (value.kind === K.NullKeyword || value.kind === K.VoidExpression) return true
  return ts.isIdentifier(value) && value.text === 'undefined'
}

/** Whether the declaration is at the top level, where `isExportsAlias` has found it. */
function isAtTop({ parent }: ts.VariableDeclaration): boolean {
  return ts.isSourceFile(parent.parent.parent)
}

function nameOfElement({ argumentExpression: key }: ts.ElementAccessExpression): string | undefined {
  if (ts.isStringLiteralLike(key)) return key.text
  return ts.isIdentifier(key) ? `[${key.text}]` : undefined
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
