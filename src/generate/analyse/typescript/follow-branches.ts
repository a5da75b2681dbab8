/** Walks what may be skipped or repeated: branches, loops, cases, and what handles failures. */

import { ts } from '#generate/analyse/compiler.mjs'
import { headOf, Region, type RegionHead, regionIn } from './regions.ts'
import type { Walk } from './walk.ts'

const { SyntaxKind } = ts

export function followEither(condition: ts.Node, one: ts.Node, other: ts.Node | undefined, walk: Walk): void {
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

export function followBinary(node: ts.BinaryExpression, walk: Walk): void {
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
export function followLoop(node: ts.Node, parts: readonly (ts.Node | undefined)[], walk: Walk, body?: ts.Node): void {
  const heads: RegionHead[] = body === undefined ? [] : [{ kind: 'loop', first: node, end: body.pos }]
  const region = regionIn(walk.region, 'loop', node, node, heads)
  walk.within('loop', () => {
    for (const part of parts) walk.followIn(region, part)
  })
}

/** The expression of the first case is always evaluated. */
export function followSwitch(node: ts.SwitchStatement, walk: Walk): void {
  const { expression, caseBlock } = node
  walk.follow(expression)
  const { clauses } = caseBlock
  let first: Region | undefined
  walk.within('switch', () => {
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

export function followTry({ tryBlock, catchClause, finallyBlock }: ts.TryStatement, walk: Walk): void {
  if (catchClause === undefined) walk.follow(tryBlock)
  else {
    walk.within('try', () => walk.follow(tryBlock))
    const region = regionIn(walk.region, 'failure', catchClause)
    walk.followIn(region, catchClause.variableDeclaration)
    walk.followIn(region, catchClause.block)
  }
  if (finallyBlock !== undefined) walk.followIn(regionIn(walk.region, 'deferred', finallyBlock), finallyBlock)
}
