/** Names that a condition may give another type than they were declared with: `x instanceof Y`, `isThat(x)`. From syntax alone. */

import { ts } from '#generate/analyse/compiler.mjs'

/** What conditions may do to the types of names, seen from one file. */
export interface Guards {
  /** Whether a name may have another type than it was declared with. */
  isGuarded(name: string, node: ts.Node): boolean
  /** Whether a condition looks at the name at all, which is enough where it has one of several types. */
  isTested(name: string, node: ts.Node): boolean
}

/** The kinds of nodes that `addGuardedNames` looks at. */
export const KINDS_WITH_GUARDS: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.BinaryExpression,
  ts.SyntaxKind.CallExpression,
]

/** @returns The name whose type the node may narrow; the last part of `a.b`. */
export function addGuardedNames(node: ts.Node, names: Set<string>): void {
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) addName(node.left, names)
  } else if (ts.isCallExpression(node)) {
    const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression
    const name = ts.isIdentifier(called) ? called.text : ''
    if (!isCondition(node) && !(ts.isExpressionStatement(node.parent) && ASSERTION.test(name))) return
    for (const argument of node.arguments) addName(argument, names)
    if (called !== node.expression && PREDICATE.test(name))
      addName((node.expression as ts.PropertyAccessExpression).expression, names)
  }
}

/** What functions are called that throw when a value is not what it has to be. */
const ASSERTION = /^(?:assert|check|ensure|expect|guard|invariant|is|must|require|validate|verify)/i
/** What methods are called that tell of their own object. */
const PREDICATE = /^(?:is|has)/i
const DECIDING = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
])

function addName(node: ts.Node, names: Set<string>): void {
  let current = node
  while (ts.isParenthesizedExpression(current) || ts.isNonNullExpression(current)) current = current.expression
  if (ts.isIdentifier(current)) names.add(current.text)
  else if (ts.isPropertyAccessExpression(current)) names.add(current.name.text)
  else if (ts.isElementAccessExpression(current)) addName(current.expression, names)
}

/** Whether a node is looked at by a condition, given whether what is around it is. */
export function isTestedIn(parent: ts.Node, child: ts.Node, isParentTested: boolean): boolean {
  return (isParentTested || isDecidedBy(parent, child)) && !ts.isFunctionLike(child)
}

/** One look at the kind of the parent, since nearly all nodes of all files come by here. */
function isDecidedBy(parent: ts.Node, child: ts.Node): boolean {
  switch (parent.kind) {
    case ts.SyntaxKind.IfStatement:
    case ts.SyntaxKind.WhileStatement:
    case ts.SyntaxKind.DoStatement:
    case ts.SyntaxKind.SwitchStatement:
    case ts.SyntaxKind.CaseClause:
      return (parent as ts.IfStatement).expression === child
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.ConditionalExpression:
      return (parent as ts.ForStatement | ts.ConditionalExpression).condition === child
    case ts.SyntaxKind.PrefixUnaryExpression:
      return true
    case ts.SyntaxKind.BinaryExpression:
      return DECIDING.has((parent as ts.BinaryExpression).operatorToken.kind)
    case ts.SyntaxKind.CallExpression:
      // Assertions that stand alone.
      return ts.isExpressionStatement(parent.parent) && (parent as ts.CallExpression).expression !== child
    default:
      return false
  }
}

/** A call that decides something. */
function isCondition(node: ts.CallExpression): boolean {
  let { parent } = node
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent
  return (
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isForStatement(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isBinaryExpression(parent) && DECIDING.has(parent.operatorToken.kind))
  )
}
