/** Finds statement lists, the statements that end them, and the functions that outer conditions do not enter. */

import { ts } from '#generate/analyse/compiler.mjs'

/**
 * Whether a node is a declared function, a method, a constructor or an accessor, in which outer conditions do not hold. In function
 * expressions, they hold unless the name is assigned again (`reassignments.ts`).
 */
export function isBoundary(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && !ts.isArrowFunction(node) && !ts.isFunctionExpression(node)
}

export function statementsOf(node: ts.Node): readonly ts.Statement[] | undefined {
  if (ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node)) return node.statements
  return ts.isCaseOrDefaultClause(node) ? node.statements : undefined
}

/** Whether a statement ends the enclosing function. */
export function leavesFunction(statement: ts.Statement | undefined): boolean {
  if (statement === undefined) return false
  if (ts.isBlock(statement)) return leavesFunction(statement.statements.at(-1))
  return ts.isReturnStatement(statement) || ts.isThrowStatement(statement)
}

/**
 * Whether a statement ends the list that it is in: nothing after it runs. False for an `if` whose branches both end it, and
 * for a block with a function declaration after its `return`: types are then narrowed less.
 */
export function leaves(statement: ts.Statement | undefined): boolean {
  if (statement === undefined) return false
  if (ts.isBlock(statement)) return leaves(statement.statements.at(-1))
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isContinueStatement(statement) ||
    ts.isBreakStatement(statement)
  )
}
