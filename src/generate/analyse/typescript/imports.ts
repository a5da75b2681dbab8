/** The names that a file takes from others, by its syntax alone. */

import { ts } from '#generate/analyse/compiler.mjs'
import { requiredBy } from './exports.ts'

export interface ImportedName {
  specifier: string
  /** The exported name, `default`, or `*` for the whole module. */
  name: string
}

/** Local name to what it stands for. */
export function readImports(file: ts.SourceFile): ReadonlyMap<string, ImportedName> {
  const imports = new Map<string, ImportedName>()
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, imports)
    else if (ts.isImportEqualsDeclaration(statement)) {
      const { moduleReference } = statement
      const literal = ts.isExternalModuleReference(moduleReference) ? moduleReference.expression : undefined
      if (literal !== undefined && ts.isStringLiteral(literal)) {
        imports.set(statement.name.text, { specifier: literal.text, name: '*' })
      }
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) readRequire(declaration, imports)
    }
  }
  return imports
}

function readImport(statement: ts.ImportDeclaration, imports: Map<string, ImportedName>): void {
  const clause = statement.importClause
  if (clause === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return
  const specifier = statement.moduleSpecifier.text
  if (clause.name !== undefined) imports.set(clause.name.text, { specifier, name: 'default' })
  const bindings = clause.namedBindings
  if (bindings === undefined) return
  if (ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, { specifier, name: '*' })
  else {
    for (const element of bindings.elements) {
      imports.set(element.name.text, { specifier, name: (element.propertyName ?? element.name).text })
    }
  }
}

/** `const x = require('…')`, `const { a, b: c } = require('…')`, `const x = require('…').y`. */
function readRequire(declaration: ts.VariableDeclaration, imports: Map<string, ImportedName>): void {
  const value = declaration.initializer
  const isMember = value !== undefined && ts.isPropertyAccessExpression(value)
  const specifier = requiredBy(isMember ? value.expression : value)
  if (specifier === undefined) return
  if (ts.isIdentifier(declaration.name)) {
    imports.set(declaration.name.text, { specifier, name: isMember ? value.name.text : '*' })
  } else if (ts.isObjectBindingPattern(declaration.name) && !isMember) {
    for (const { name, propertyName } of declaration.name.elements) {
      if (!ts.isIdentifier(name)) continue
      const source = propertyName ?? name
      if (ts.isIdentifier(source)) imports.set(name.text, { specifier, name: source.text })
    }
  }
}
