/** What a file gives to others, by its syntax alone: ES modules, `export =` and CommonJS. */

import { ts } from '#generate/analyse/compiler.mjs'

export interface Exports {
  /** Exported name to the name it has in the file. */
  locals: Map<string, string>
  /** Exported name to where it comes from; the name `*` stands for the whole module. */
  passed: Map<string, { specifier: string; name: string }>
  /** `export * from`. */
  stars: string[]
}

export function readExports(file: ts.SourceFile): Exports {
  const exports: Exports = { locals: new Map(), passed: new Map(), stars: [] }
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) readExportDeclaration(statement, exports)
    else if (ts.isExportAssignment(statement)) {
      if (ts.isIdentifier(statement.expression)) {
        exports.locals.set(statement.isExportEquals === true ? 'export=' : 'default', statement.expression.text)
      }
    } else if (isNamedDefault(statement)) exports.locals.set('default', statement.name.text)
    else if (ts.isExpressionStatement(statement)) readAssignments(statement.expression, exports)
    else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (!ts.isIdentifier(declaration.name)) continue
        for (const target of assignmentsOf(declaration.initializer).targets) {
          if (isModuleExports(target)) exports.locals.set('export=', declaration.name.text)
          else if (isExportsMember(target)) exports.locals.set(target.name.text, declaration.name.text)
        }
      }
    }
  }
  return exports
}

/** `export default class Name {}` and the like. */
function isNamedDefault(
  statement: ts.Statement,
): statement is (ts.FunctionDeclaration | ts.ClassDeclaration) & { name: ts.Identifier } {
  if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return false
  const isDefault = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false
  return isDefault && statement.name !== undefined
}

function readExportDeclaration(statement: ts.ExportDeclaration, exports: Exports): void {
  const from = statement.moduleSpecifier
  const specifier = from !== undefined && ts.isStringLiteral(from) ? from.text : undefined
  const clause = statement.exportClause
  if (clause === undefined) {
    if (specifier !== undefined) exports.stars.push(specifier)
  } else if (ts.isNamespaceExport(clause)) {
    if (specifier !== undefined) exports.passed.set(clause.name.text, { specifier, name: '*' })
  } else {
    for (const element of clause.elements) {
      const name = (element.propertyName ?? element.name).text
      if (specifier === undefined) exports.locals.set(element.name.text, name)
      else exports.passed.set(element.name.text, { specifier, name })
    }
  }
}

function readAssignments(expression: ts.Expression, exports: Exports): void {
  const { targets, value } = assignmentsOf(expression)
  for (const target of targets) {
    if (value === undefined) return
    if (isModuleExports(target)) {
      if (ts.isIdentifier(value)) exports.locals.set('export=', value.text)
      const specifier = requiredBy(value)
      if (specifier !== undefined) exports.passed.set('export=', { specifier, name: 'export=' })
      if (ts.isObjectLiteralExpression(value)) readObject(value, exports)
    } else if (isExportsMember(target)) {
      const specifier = requiredBy(value)
      if (ts.isIdentifier(value)) exports.locals.set(target.name.text, value.text)
      else if (specifier !== undefined) exports.passed.set(target.name.text, { specifier, name: 'export=' })
    }
  }
}

/** `module.exports = { a, b: c }`. */
function readObject(object: ts.ObjectLiteralExpression, exports: Exports): void {
  for (const property of object.properties) {
    if (ts.isShorthandPropertyAssignment(property)) exports.locals.set(property.name.text, property.name.text)
    else if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer)) {
      const { name } = property
      if (ts.isIdentifier(name) || ts.isStringLiteral(name)) exports.locals.set(name.text, property.initializer.text)
    }
  }
}

/** `a = b = value` taken apart; no targets for what is not an assignment. */
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

/** `exports.name` or `module.exports.name`. */
export function isExportsMember(node: ts.Expression): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && isModuleExports(node.expression)
}

/** The specifier of `require('…')`. */
export function requiredBy(node: ts.Node | undefined): string | undefined {
  if (node === undefined || !ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  const argument = node.arguments[0]
  if (node.expression.text !== 'require' || argument === undefined) return undefined
  return ts.isStringLiteralLike(argument) ? argument.text : undefined
}

/** `require('…')`, and a part of what a module of the repository gives, `require('./…').name`: what it is is said there. */
export function isRequired(value: ts.Expression): boolean {
  if (requiredBy(value) !== undefined) return true
  return ts.isPropertyAccessExpression(value) && requiredBy(value.expression)?.startsWith('.') === true
}
