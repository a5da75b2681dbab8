/** Finds the enclosing function that declares a parameter. */

import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from './expressions.ts'

const MAX_DEPTH = 500
const MAX_NODES = 5_000

export interface FunctionShape {
  readonly node: ts.FunctionLikeDeclaration
  readonly name: string
  /** '' for a pattern. */
  readonly parameters: readonly string[]
}

/** The innermost enclosing function with a parameter of this name. `name` is '' for an anonymous function. */
export function functionWith(node: ts.Node, parameter: string): FunctionShape | undefined {
  let at: ts.Node | undefined = node.parent
  for (let depth = 0; at !== undefined && depth < MAX_DEPTH; depth++, at = at.parent) {
    if (!isFunction(at)) continue
    const parameters = at.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''))
    if (parameters.includes(parameter)) return { node: at, name: nameOf(at), parameters }
  }
  return undefined
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)
  )
}

/** Its own name, or the name of the variable or property that holds it; '' for an accessor, which nobody calls. */
function nameOf(node: ts.FunctionLikeDeclaration): string {
  if (ts.isAccessor(node)) return ''
  const { name, parent } = node
  if (name !== undefined) return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''
  const holder = parent as ts.Node
  const isHolder =
    ts.isVariableDeclaration(holder) || ts.isPropertyAssignment(holder) || ts.isPropertyDeclaration(holder)
  if (isHolder && ts.isIdentifier(holder.name)) return holder.name.text
  const isMember = ts.isBinaryExpression(holder) && ts.isPropertyAccessExpression(holder.left)
  return isMember ? (holder.left as ts.PropertyAccessExpression).name.text : ''
}

/** The parameter other than `except` that the function returns: `return fallback`, `=> value ?? fallback`. */
export function returnedParameter({ node, parameters }: FunctionShape, except: string): string | undefined {
  const { body } = node
  if (body === undefined) return undefined
  if (!ts.isBlock(body)) {
    const name = lastOf(body)
    return name !== undefined && name !== except && parameters.includes(name) ? name : undefined
  }
  const stack: ts.Node[] = [body]
  for (let count = 0; count < MAX_NODES; count++) {
    const next = stack.pop()
    if (next === undefined) return undefined
    if (ts.isReturnStatement(next)) {
      const name = lastOf(next.expression)
      if (name !== undefined && name !== except && parameters.includes(name)) return name
    } else if (!isFunction(next) && !ts.isClassLike(next)) ts.forEachChild(next, (child) => void stack.push(child))
  }
  return undefined
}

function lastOf(expression: ts.Expression | undefined): string | undefined {
  if (expression === undefined) return undefined
  const node = unwrap(expression)
  if (ts.isIdentifier(node)) return node.text
  if (ts.isConditionalExpression(node) && ts.isIdentifier(node.whenFalse)) return node.whenFalse.text
  const isOr =
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarToken)
  return isOr && ts.isIdentifier(node.right) ? node.right.text : undefined
}
