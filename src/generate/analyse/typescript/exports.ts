/** Reads which local names a file exports, from its syntax alone: ES modules, `export =` and CommonJS. */

import { memoized } from '#base/memoize.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from './expressions.ts'
import { hasModifier } from './signature.ts'

/**
 * @param file - Or the body of a namespace.
 * @returns The local name of each export that does not export its own declaration, as `export const a` does; including
 * `default` and `export=`.
 */
export function readExports(file: Pick<ts.SourceFile, 'statements'>): ReadonlyMap<string, string> {
  const locals = new Map<string, string>()
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) readExportDeclaration(statement, locals)
    else if (ts.isExportAssignment(statement)) {
      const value = unwrap(statement.expression)
      if (ts.isIdentifier(value)) locals.set(statement.isExportEquals === true ? 'export=' : 'default', value.text)
    } else if (isNamedDefault(statement)) locals.set('default', statement.name.text)
    else if (ts.isExpressionStatement(statement)) readAssignments(statement.expression, locals)
    else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (!ts.isIdentifier(declaration.name)) continue
        const { targets, value } = assignmentsOf(declaration.initializer)
        for (const target of targets) {
          if (isReplacement(target)) {
            locals.set('export=', declaration.name.text)
            if (value !== undefined && ts.isObjectLiteralExpression(value)) readObject(value, locals)
          } else if (isExportsMember(target)) locals.set(exportedName(target), declaration.name.text)
        }
      }
    }
  }
  return locals
}

/** `export default class Name {}` or `export default function name() {}`. */
function isNamedDefault(
  statement: ts.Statement,
): statement is (ts.FunctionDeclaration | ts.ClassDeclaration) & { name: ts.Identifier } {
  if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return false
  const isDefault = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false
  return isDefault && statement.name !== undefined
}

function readExportDeclaration(statement: ts.ExportDeclaration, locals: Map<string, string>): void {
  const { exportClause, moduleSpecifier } = statement
  if (moduleSpecifier !== undefined || exportClause === undefined || !ts.isNamedExports(exportClause)) return
  for (const { name, propertyName = name } of exportClause.elements) locals.set(name.text, propertyName.text)
}

function readAssignments(expression: ts.Expression, locals: Map<string, string>): void {
  const { targets, value } = assignmentsOf(expression)
  for (const target of targets) {
    if (value === undefined) return
    if (isReplacement(target)) {
      if (ts.isIdentifier(value)) locals.set('export=', value.text)
      if (ts.isObjectLiteralExpression(value)) readObject(value, locals)
    } else if (isExportsMember(target) && ts.isIdentifier(value)) locals.set(exportedName(target), value.text)
  }
}

/** `module.exports`: assigning to `exports` alone exports nothing. */
const isReplacement = (target: ts.Expression): boolean => isModuleExports(target) && !ts.isIdentifier(target)

/** `module.exports = { a, b: c }`. */
function readObject(object: ts.ObjectLiteralExpression, locals: Map<string, string>): void {
  for (const property of object.properties) {
    if (ts.isShorthandPropertyAssignment(property)) locals.set(property.name.text, property.name.text)
    else if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer)) {
      const { name } = property
      if (ts.isIdentifier(name) || ts.isStringLiteral(name)) locals.set(name.text, property.initializer.text)
    }
  }
}

/** Whether a statement makes its file a module, not a script. */
export function isModuleStatement(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) ||
    hasModifier(statement, ts.SyntaxKind.ExportKeyword)
  )
}

/** Split `a = b = value` into its targets and its value; other expressions have no targets. */
export function assignmentsOf(expression: ts.Expression): { targets: ts.Expression[]; value: ts.Expression }
export function assignmentsOf(expression: ts.Expression | undefined): {
  targets: ts.Expression[]
  value: ts.Expression | undefined
}
export function assignmentsOf(expression: ts.Expression | undefined): {
  targets: ts.Expression[]
  value: ts.Expression | undefined
} {
  const targets: ts.Expression[] = []
  let value = expression
  while (value !== undefined) {
    if (ts.isParenthesizedExpression(value)) value = value.expression
    else if (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      targets.push(value.left)
      value = value.right
    } else break
  }
  return { targets, value }
}

/** `module.exports` or a bare `exports`. */
export function isModuleExports(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return node.text === 'exports'
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module' &&
    node.name.text === 'exports'
  )
}

const aliasesIn = memoized((file: ts.SourceFile): ReadonlySet<string> => {
  const isJavaScript = (file.flags & ts.NodeFlags.JavaScriptFile) !== 0
  return new Set(isJavaScript ? file.statements.flatMap(aliasesOf) : [])
})

/** A name for the exports: `api` after `const api = exports` at the top level of a file in JavaScript. */
export function isExportsAlias(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && aliasesIn(node.getSourceFile()).has(node.text)
}

function aliasesOf(statement: ts.Statement): string[] {
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    ts.isIdentifier(name) && initializer !== undefined && isModuleExports(initializer) ? [name.text] : [],
  )
}

/** `exports.name`, `module.exports.name` or `exports['name']`; also `api.name` after `const api = exports`. */
export function isExportsMember(node: ts.Expression): node is ExportsMember {
  return (
    (ts.isPropertyAccessExpression(node) ||
      (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))) &&
    (isModuleExports(node.expression) || isExportsAlias(node.expression))
  )
}

type ExportsMember =
  | ts.PropertyAccessExpression
  | (ts.ElementAccessExpression & { argumentExpression: ts.StringLiteralLike })

export function exportedName(member: ExportsMember): string {
  return ts.isPropertyAccessExpression(member) ? member.name.text : member.argumentExpression.text
}
