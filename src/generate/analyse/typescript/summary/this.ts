/** Creates records of `this`: an instance of a class, an object literal, or the receiver of a function. */

import { ts } from '#generate/analyse/compiler.mjs'
import { classOf } from './classes.ts'
import type { Maker } from './maker.ts'
import { Kind } from './records.ts'
import { Meaning } from './scopes.ts'

const { SyntaxKind: K } = ts

export function thisOf(maker: Maker, node: ts.Node): number {
  const { container, isStatic, component = 0, signature = 0 } = containerOf(maker, node)
  const guards = maker.conditions?.guardsOf(node) ?? 0
  return maker.heap.add(Kind.this, container, isStatic, guards, component, signature)
}

interface Container {
  readonly container: number
  readonly isStatic: number
  /** The component of the function that `this` belongs to. */
  readonly component?: number
  /** The signature of a function in an expression, whose contextual type may say what `this` is; else 0. */
  readonly signature?: number
}

function containerOf(maker: Maker, node: ts.Node): Container {
  for (let at = node.parent; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassElement(at) && ts.isClassLike(at.parent)) {
      const own = thisContainer(node)
      if (own === undefined) return NONE
      const component = ts.isFunctionLike(at) ? maker.componentOf(at) : 0
      return { container: classOf(maker, own.node), isStatic: own.isStatic, component }
    }
    if (ts.isMethodDeclaration(at) || ts.isAccessor(at)) {
      const signature = ts.isMethodDeclaration(at) ? maker.signatureOf(at) : 0
      return { container: objectOf(maker, at.parent), isStatic: 0, component: maker.componentOf(at), signature }
    }
    if (at.kind === K.FunctionDeclaration || at.kind === K.FunctionExpression) {
      const component = maker.componentOf(at, at.parent)
      const signature = ts.isFunctionExpression(at) ? maker.signatureOf(at) : 0
      return { container: ofFunction(maker, at as ts.FunctionExpression), isStatic: 0, component, signature }
    }
  }
  return NONE
}

const NONE = { container: 0, isStatic: 0 }

/** An object literal, or the constructor if the object is assigned to a prototype. */
function objectOf(maker: Maker, object: ts.Node): number {
  const owner = prototypeOwner(object.parent)
  return (owner === undefined ? 0 : symbolNamed(maker, owner)) || maker.expressionOf(object)
}

/** The symbol that a function is assigned to as a member, or the function itself. */
function ofFunction(maker: Maker, node: ts.FunctionExpression | ts.FunctionDeclaration): number {
  const [first] = node.parameters
  if (ts.isFunctionDeclaration(node) && node.name !== undefined && !isTypedThis(first))
    return symbolNamed(maker, node.name)
  const own = (): number => maker.signatureOf(node)
  if (isTypedThis(first)) return own()
  let outer: ts.Node = node
  while (ts.isParenthesizedExpression(outer.parent) || isAssignedAgain(outer)) outer = outer.parent
  const { parent } = outer
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return symbolNamed(maker, parent.name) || own()
  if (ts.isPropertyAssignment(parent)) return objectOf(maker, parent.parent)
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === K.EqualsToken) {
    const { left } = parent
    if (ts.isIdentifier(left)) return symbolNamed(maker, left) || own()
    if (ts.isPropertyAccessExpression(left)) {
      const object =
        ts.isPropertyAccessExpression(left.expression) && left.expression.name.text === 'prototype'
          ? left.expression.expression
          : left.expression
      if (ts.isIdentifier(object) && object.text !== 'exports') return symbolNamed(maker, object) || own()
      return own()
    }
  }
  return own()
}

function isTypedThis(first: ts.ParameterDeclaration | undefined): boolean {
  return first !== undefined && ts.isIdentifier(first.name) && first.name.text === 'this'
}

function isAssignedAgain(node: ts.Node): boolean {
  const { parent } = node
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== K.EqualsToken || parent.right !== node)
    return false
  return (
    ts.isBinaryExpression(parent.parent) &&
    parent.parent.operatorToken.kind === K.EqualsToken &&
    parent.parent.right === parent
  )
}

/** The `X` of `X.prototype = {…}`. */
function prototypeOwner(node: ts.Node): ts.Identifier | undefined {
  if (!ts.isBinaryExpression(node) || !ts.isPropertyAccessExpression(node.left)) return undefined
  const { expression, name } = node.left
  return name.text === 'prototype' && ts.isIdentifier(expression) ? expression : undefined
}

function symbolNamed(maker: Maker, name: ts.Identifier): number {
  const binding = maker.lookUp(name.text, name, Meaning.value)
  return binding === undefined ? 0 : maker.symbolOf(binding)
}

/** The class around a `this` or `super`, and whether it refers to the static side. */
export function thisContainer(node: ts.Node): { node: ts.ClassLikeDeclaration; isStatic: number } | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (!ts.isClassElement(at) || !ts.isClassLike(at.parent)) continue
    const isStatic =
      ts.isClassStaticBlockDeclaration(at) ||
      (ts.canHaveModifiers(at) && (ts.getModifiers(at)?.some(({ kind }) => kind === K.StaticKeyword) ?? false))
    return { node: at.parent, isStatic: Number(isStatic) }
  }
  return undefined
}
