/** Walks functions and classes: those that are only created here, and those that run in place. */

import { ts } from '#generate/analyse/compiler.mjs'
import { headOf, type RegionHead, regionIn } from './regions.ts'
import type { Walk } from './walk.ts'

const { SyntaxKind } = ts

/** Static members are evaluated immediately. */
export function followNestedClass(node: ts.ClassLikeDeclaration, walk: Walk): void {
  const { modifiers, typeParameters, heritageClauses, members } = node
  walk.followAll(modifiers)
  walk.followAll(typeParameters)
  walk.followAll(heritageClauses)
  const region = walk.nestedIn(node, assignedName(node))
  for (const member of members) {
    const isStaticPart = ts.isPropertyDeclaration(member) ? isStatic(member) : ts.isClassStaticBlockDeclaration(member)
    walk.followIn(isStaticPart ? walk.region : region, member)
  }
}

export function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) ?? false
}

/** The name of a function or class, or of the variable that it is assigned to. */
function assignedName(node: ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration): string {
  if (node.name !== undefined) return ts.isIdentifier(node.name) ? node.name.text : ''
  const { parent } = node
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : ''
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken
  return isAssigned && ts.isIdentifier(parent.left) ? parent.left.text : ''
}

export function followFunction(node: ts.FunctionLikeDeclaration, walk: Walk): void {
  const isInvoked = isInvokedInPlace(node)
  if (!isInvoked && !isBody(node, walk)) {
    if (isHandler(node)) walk.region = regionIn(walk.region, 'failure', node)
    walk.region = walk.nestedIn(node, assignedName(node), calleeOf(node))
  }
  walk.within(isInvoked ? 'invoked' : 'function', () => walk.followChildren(node))
}

/** What a function expression is passed to: `xs.map`, or `.then` after a longer expression. */
function calleeOf(node: ts.Node): RegionHead[] {
  const { parent } = node
  const isGiven = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node
  if (!isGiven) return []
  const { expression } = parent
  let inner: ts.Node = expression
  while (ts.isPropertyAccessExpression(inner)) inner = inner.expression
  if (ts.isIdentifier(inner) || inner.kind === SyntaxKind.ThisKeyword) return [headOf('callee', expression)]
  if (!ts.isPropertyAccessExpression(expression)) return []
  const { name } = expression
  return [{ kind: 'callee', first: { getStart: (tree) => name.getStart(tree) - 1 }, end: name.end }]
}

/** Whether a function is passed to `.catch(…)`. */
const isHandler = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) &&
  ts.isPropertyAccessExpression(parent.expression) &&
  parent.expression.name.text === 'catch'

/** Whether a function is the body of a component: a function, the constructor of a class, or the value of a field. */
function isBody(node: ts.FunctionLikeDeclaration, walk: Walk): boolean {
  if (walk.isOwner(node)) return true
  if (ts.isConstructorDeclaration(node)) return walk.isOwner(node.parent)
  let inner: ts.Node = node
  while (ts.isParenthesizedExpression(inner.parent) || ts.isAsExpression(inner.parent)) inner = inner.parent
  return ts.isPropertyDeclaration(inner.parent) && inner.parent.initializer === inner && walk.isOwner(inner.parent)
}

/** @returns The function expression that is invoked immediately: `(() => {})()`, `(function () {}).call(this)`. */
export function invokedBy(callee: ts.Node): ts.Node | undefined {
  let inner = callee
  if (ts.isPropertyAccessExpression(inner) && /^(?:call|apply)$/.test(inner.name.text)) inner = inner.expression
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression
  const isFunction = ts.isFunctionExpression(inner) ? inner.asteriskToken === undefined : ts.isArrowFunction(inner)
  return isFunction ? inner : undefined
}

/** Whether a function expression is invoked immediately, and only there. */
export function isInvokedInPlace(node: ts.Node): boolean {
  let outer: ts.Node = node
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent
  if (ts.isPropertyAccessExpression(outer.parent) && outer.parent.expression === outer) outer = outer.parent
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer && invokedBy(outer) === node
}
