/**
 * Walks the parts of a statement or expression in order of evaluation, and marks those that may be skipped or
 * repeated.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import type { Exit } from './early-exits.ts'
import { headOf, Region, type RegionHead, regionIn } from './regions.ts'
import type { Walk } from './walk.ts'

const { SyntaxKind } = ts

/** Visit the parts of a node that is neither a name nor a call. */
export function followParts(node: ts.Node, walk: Walk): void {
  switch (node.kind) {
    case SyntaxKind.SourceFile:
    case SyntaxKind.Block:
    case SyntaxKind.ModuleBlock:
      walk.followList((node as ts.SourceFile | ts.Block | ts.ModuleBlock).statements)
      break
    case SyntaxKind.IfStatement: {
      const { expression, thenStatement, elseStatement } = node as ts.IfStatement
      followEither(expression, thenStatement, elseStatement, walk)
      break
    }
    case SyntaxKind.ConditionalExpression: {
      const { condition, whenTrue, whenFalse } = node as ts.ConditionalExpression
      followEither(condition, whenTrue, whenFalse, walk)
      break
    }
    case SyntaxKind.BinaryExpression:
      followBinary(node as ts.BinaryExpression, walk)
      break
    case SyntaxKind.WhileStatement: {
      const { expression, statement } = node as ts.WhileStatement
      followLoop(node, [expression, statement], walk, statement)
      break
    }
    case SyntaxKind.DoStatement: {
      const { expression, statement } = node as ts.DoStatement
      followLoop(node, [statement, expression], walk)
      break
    }
    case SyntaxKind.ForStatement: {
      const { initializer, condition, incrementor, statement } = node as ts.ForStatement
      walk.follow(initializer)
      followLoop(node, [condition, statement, incrementor], walk, statement)
      break
    }
    case SyntaxKind.ForInStatement:
    case SyntaxKind.ForOfStatement: {
      const { initializer, expression, statement } = node as ts.ForInOrOfStatement
      walk.follow(expression)
      followLoop(node, [initializer, statement], walk, statement)
      break
    }
    case SyntaxKind.SwitchStatement:
      followSwitch(node as ts.SwitchStatement, walk)
      break
    case SyntaxKind.TryStatement:
      followTry(node as ts.TryStatement, walk)
      break
    case SyntaxKind.LabeledStatement: {
      const { label, statement } = node as ts.LabeledStatement
      within('label', walk, () => walk.follow(statement), label.text)
      break
    }
    case SyntaxKind.ReturnStatement:
      walk.follow((node as ts.ReturnStatement).expression)
      walk.afterwards(({ region }) => walk.leaving.return({ node, region }))
      break
    case SyntaxKind.ThrowStatement:
      walk.follow((node as ts.ThrowStatement).expression)
      walk.afterwards(() => walk.leaving.throw())
      break
    case SyntaxKind.BreakStatement:
      walk.leaving.break((node as ts.BreakStatement).label?.text ?? '', { node, region: walk.region })
      break
    case SyntaxKind.ContinueStatement:
      walk.leaving.continue((node as ts.ContinueStatement).label?.text ?? '', { node, region: walk.region })
      break
    case SyntaxKind.VariableDeclaration: {
      const { name, type, initializer } = node as ts.VariableDeclaration
      walk.followAll([...(type === undefined ? [] : [type]), ...(initializer === undefined ? [] : [initializer]), name])
      break
    }
    case SyntaxKind.Parameter:
    case SyntaxKind.BindingElement:
      followDefault(node as ts.ParameterDeclaration | ts.BindingElement, walk)
      break
    case SyntaxKind.ShorthandPropertyAssignment: {
      const { name, objectAssignmentInitializer: value } = node as ts.ShorthandPropertyAssignment
      if (value !== undefined) walk.followIn(regionIn(walk.region, 'branch', value), value)
      walk.follow(name)
      break
    }
    case SyntaxKind.PropertyDeclaration:
      // Fields of a class that is not a component are in the class's region; fields that are components have their own
      // body.
      if (walk.isOwner(node.parent) && !walk.isOwner(node) && !isStatic(node as ts.PropertyDeclaration))
        walk.region = walk.nestedIn(node, '')
      walk.followChildren(node)
      break
    case SyntaxKind.ClassDeclaration:
    case SyntaxKind.ClassExpression:
      if (walk.isOwner(node)) walk.followChildren(node)
      else followNestedClass(node as ts.ClassLikeDeclaration, walk)
      break
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.Constructor:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      followFunction(node as ts.FunctionLikeDeclaration, walk)
      break
    default:
      walk.followChildren(node)
  }
}

/** @returns The function expression that is invoked immediately: `(() => {})()`, `(function () {}).call(this)`. */
export function invokedBy(callee: ts.Node): ts.Node | undefined {
  let inner = callee
  if (ts.isPropertyAccessExpression(inner) && /^(?:call|apply)$/.test(inner.name.text)) inner = inner.expression
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression
  const isFunction = ts.isFunctionExpression(inner) ? inner.asteriskToken === undefined : ts.isArrowFunction(inner)
  return isFunction ? inner : undefined
}

function within(exit: Exit, walk: Walk, follow: () => void, label = ''): void {
  walk.afterwards(() => walk.leaving.enter(exit, label))
  follow()
  walk.afterwards(() => walk.leaving.exit())
}

function followEither(condition: ts.Node, one: ts.Node, other: ts.Node | undefined, walk: Walk): void {
  walk.follow(condition)
  const first = regionIn(walk.region, 'branch', one, one, [headOf('if', condition)])
  walk.followIn(first, one)
  if (other !== undefined) walk.followIn(alternativeTo(first, other, [headOf('unless', condition)]), other)
}

/** The region of a branch that runs if the first one does not. */
function alternativeTo(first: Region, node: ts.Node, heads: readonly RegionHead[]): Region {
  if (first.kind === 'unknown') return first
  return new Region('branch', first.parent, node, node, heads)
}

function followBinary(node: ts.BinaryExpression, walk: Walk): void {
  const { left, operatorToken, right } = node
  switch (operatorToken.kind) {
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      walk.follow(left)
      walk.followIn(regionIn(walk.region, 'branch', right, right, headsBeside(node)), right)
      break
    case SyntaxKind.EqualsToken:
      if (isDefaultOfPattern(node)) walk.followIn(regionIn(walk.region, 'branch', right), right)
      else if (isPattern(left)) walk.follow(right)
      walk.follow(left)
      if (!isDefaultOfPattern(node) && !isPattern(left)) walk.follow(right)
      break
    default:
      walk.follow(left)
      walk.follow(right)
  }
}

/** The first operand, if it decides whether the second runs. */
function headsBeside({ left, operatorToken: { kind } }: ts.BinaryExpression): RegionHead[] {
  if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.AmpersandAmpersandEqualsToken)
    return [headOf('if', left)]
  const isOr = kind === SyntaxKind.BarBarToken || kind === SyntaxKind.BarBarEqualsToken
  return isOr ? [headOf('unless', left)] : []
}

function isPattern(node: ts.Node): boolean {
  return node.kind === SyntaxKind.ObjectLiteralExpression || node.kind === SyntaxKind.ArrayLiteralExpression
}

/** `x = 1` in `[x = 1] = list` and `({ a: x = 1 } = object)`. */
function isDefaultOfPattern(node: ts.Node): boolean {
  let inner = node
  while (isPattern(inner.parent) || ts.isPropertyAssignment(inner.parent) || ts.isBinaryExpression(inner.parent)) {
    const { parent } = inner
    if (ts.isBinaryExpression(parent))
      return inner !== node && parent.left === inner && parent.operatorToken.kind === SyntaxKind.EqualsToken
    inner = parent
  }
  return isPattern(inner) && ts.isForOfStatement(inner.parent) && inner.parent.initializer === inner
}

/** @param body - Follows the head of the loop; absent for a loop that ends with its condition. */
function followLoop(node: ts.Node, parts: readonly (ts.Node | undefined)[], walk: Walk, body?: ts.Node): void {
  const heads: RegionHead[] = body === undefined ? [] : [{ kind: 'loop', first: node, end: body.pos }]
  const region = regionIn(walk.region, 'loop', node, node, heads)
  within('loop', walk, () => {
    for (const part of parts) walk.followIn(region, part)
  })
}

/** The expression of the first case is always evaluated. */
function followSwitch(node: ts.SwitchStatement, walk: Walk): void {
  const { expression, caseBlock } = node
  walk.follow(expression)
  const { clauses } = caseBlock
  let first: Region | undefined
  within('switch', walk, () => {
    for (const [index, clause] of clauses.entries()) {
      const heads = headsOfCase(node, index)
      const region: Region =
        first === undefined
          ? regionIn(walk.region, 'branch', clause, clause, heads)
          : alternativeTo(first, clause, heads)
      if (ts.isCaseClause(clause)) walk.followIn(index === 0 ? walk.region : region, clause.expression)
      walk.followList(clause.statements, region)
      first = fallsThrough(clause) ? undefined : (first ?? region)
    }
  })
}

/** What is compared, and the cases of a clause; none if a clause with code falls through to it. */
function headsOfCase(node: ts.SwitchStatement, index: number): RegionHead[] {
  const { clauses } = node.caseBlock
  let from = index
  while (from > 0 && clauses[from - 1]?.statements.length === 0) from--
  const [before, first, clause] = [clauses[from - 1], clauses[from], clauses[index]]
  if (first === undefined || clause === undefined || (before !== undefined && fallsThrough(before))) return []
  return [
    { kind: 'subject', first: node, end: node.caseBlock.pos },
    { kind: 'case', first, end: clause.statements.pos - 1 },
  ]
}

/** Whether a clause falls through to the next one. */
function fallsThrough({ statements }: ts.CaseOrDefaultClause): boolean {
  let last = statements.at(-1)
  if (last !== undefined && ts.isBlock(last)) last = last.statements.at(-1)
  if (last === undefined) return statements.length > 0
  return !(ts.isBreakOrContinueStatement(last) || ts.isReturnStatement(last) || ts.isThrowStatement(last))
}

function followTry({ tryBlock, catchClause, finallyBlock }: ts.TryStatement, walk: Walk): void {
  if (catchClause === undefined) walk.follow(tryBlock)
  else {
    within('try', walk, () => walk.follow(tryBlock))
    const region = regionIn(walk.region, 'failure', catchClause)
    walk.followIn(region, catchClause.variableDeclaration)
    walk.followIn(region, catchClause.block)
  }
  if (finallyBlock !== undefined) walk.followIn(regionIn(walk.region, 'deferred', finallyBlock), finallyBlock)
}

/** A default value is evaluated only if no value is given. */
function followDefault(node: ts.ParameterDeclaration | ts.BindingElement, walk: Walk): void {
  const { initializer } = node
  if (ts.isParameter(node)) {
    walk.followAll(node.modifiers)
    walk.follow(node.type)
  } else walk.follow(node.propertyName)
  if (initializer !== undefined) walk.followIn(regionIn(walk.region, 'branch', initializer), initializer)
  walk.follow(node.name)
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) ?? false
}

/** Static members are evaluated immediately. */
function followNestedClass(node: ts.ClassLikeDeclaration, walk: Walk): void {
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

/** The name of a function or class, or of the variable that it is assigned to. */
function assignedName(node: ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration): string {
  if (node.name !== undefined) return ts.isIdentifier(node.name) ? node.name.text : ''
  const { parent } = node
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : ''
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken
  return isAssigned && ts.isIdentifier(parent.left) ? parent.left.text : ''
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

function followFunction(node: ts.FunctionLikeDeclaration, walk: Walk): void {
  const isInvoked = isInvokedInPlace(node)
  if (!isInvoked && !isBody(node, walk)) {
    if (isHandler(node)) walk.region = regionIn(walk.region, 'failure', node)
    walk.region = walk.nestedIn(node, assignedName(node), calleeOf(node))
  }
  within(isInvoked ? 'invoked' : 'function', walk, () => walk.followChildren(node))
}

/** Whether a function is the body of a component: a function, the constructor of a class, or the value of a field. */
function isBody(node: ts.FunctionLikeDeclaration, walk: Walk): boolean {
  if (walk.isOwner(node)) return true
  if (ts.isConstructorDeclaration(node)) return walk.isOwner(node.parent)
  let inner: ts.Node = node
  while (ts.isParenthesizedExpression(inner.parent) || ts.isAsExpression(inner.parent)) inner = inner.parent
  return ts.isPropertyDeclaration(inner.parent) && inner.parent.initializer === inner && walk.isOwner(inner.parent)
}

/** Whether a function expression is invoked immediately, and only there. */
export function isInvokedInPlace(node: ts.Node): boolean {
  let outer: ts.Node = node
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent
  if (ts.isPropertyAccessExpression(outer.parent) && outer.parent.expression === outer) outer = outer.parent
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer && invokedBy(outer) === node
}
