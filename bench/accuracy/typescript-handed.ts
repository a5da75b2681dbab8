/** Names that only hand on another thing, for the oracle of TypeScript: re-exports, CommonJS exports, properties. */

import ts from 'typescript'

/** Hand-overs in a row that are followed. */
const MAX_STEPS = 10

/** Through imports and re-exports to the thing itself. */
export function through(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
  return isAlias ? checker.getAliasedSymbol(symbol) : symbol
}

/** Declared by nothing but being assigned to. */
export function isAssignment(declaration: ts.Node): boolean {
  return (
    ts.isBinaryExpression(declaration) || ts.isIdentifier(declaration) || ts.isPropertyAccessExpression(declaration)
  )
}

/** The assignment that declares something: `exports.name = …`, `A.b = …`. */
function assignmentOf(declaration: ts.Declaration): ts.BinaryExpression | undefined {
  if (ts.isBinaryExpression(declaration)) return declaration
  const parent: ts.Node | undefined = declaration.parent
  return parent !== undefined && ts.isBinaryExpression(parent) && parent.left.pos === declaration.pos
    ? parent
    : undefined
}

/** `module.exports = …`, `exports.name = …`, and a property of the object that is exported so. */
export function isExportOf(declaration: ts.Declaration): boolean {
  if (ts.isSourceFile(declaration)) return /\.[cm]?jsx?$/.test(declaration.fileName)
  const object = ts.isObjectLiteralElement(declaration) ? declaration.parent : undefined
  const assignment = object === undefined ? assignmentOf(declaration) : object.parent
  return assignment !== undefined && isExporting(assignment)
}

function isExporting(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && /^(?:module\.)?exports\b/.test(node.left.getText())
}

/** A name that CommonJS only gives on: `exports.a = name`, `module.exports = { name, a: name }`. */
export function isGivenOn(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isBinaryExpression(parent)) return parent.right === node && isExporting(parent)
  const isValue = ts.isPropertyAssignment(parent)
    ? parent.initializer === node
    : ts.isShorthandPropertyAssignment(parent)
  return isValue && isExporting(parent.parent.parent)
}

/** What declarations hand on under another name, the last of a row first. */
export function handedOn(given: readonly ts.Declaration[], checker: ts.TypeChecker): ts.Declaration[] {
  const found: ts.Declaration[] = []
  let declarations = given
  for (let step = 0; step < MAX_STEPS && declarations.length > 0; step++) {
    declarations = declarations.flatMap((one) => through(handedBy(one, checker), checker)?.declarations ?? [])
    found.unshift(...declarations)
  }
  return found
}

function handedBy(declaration: ts.Declaration, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (ts.isShorthandPropertyAssignment(declaration)) return checker.getShorthandAssignmentValueSymbol(declaration)
  if (ts.isSourceFile(declaration)) {
    return checker.getSymbolAtLocation(declaration)?.exports?.get(ts.InternalSymbolName.ExportEquals)
  }
  let value = ts.isPropertyAssignment(declaration) ? declaration.initializer : assignmentOf(declaration)?.right
  while (value !== undefined && ts.isBinaryExpression(value)) value = value.right
  if (value === undefined) return undefined
  if (ts.isIdentifier(value)) return checker.getSymbolAtLocation(value)
  // `exports.a = require('./b').a`
  if (ts.isPropertyAccessExpression(value) && ts.isCallExpression(value.expression))
    return value.expression.expression.getText() === 'require' ? checker.getSymbolAtLocation(value.name) : undefined
  const module = ts.isCallExpression(value) && value.expression.getText() === 'require' ? value.arguments[0] : undefined
  return module === undefined ? undefined : checker.getSymbolAtLocation(module)
}
