/**
 * What a file of TypeScript or JavaScript defines, for the oracle: at its top and in its namespaces every function, class,
 * interface, type and enum, and every variable that is exported or holds a function or class; of classes and interfaces
 * the members with a plain name.
 */

import ts from 'typescript'
import type { Definition } from './oracle.ts'
import { qualifiedName } from './typescript-names.ts'

export function definitionsOf(file: ts.SourceFile, path: string): Definition[] {
  const found: Definition[] = []
  const exported = exportedLater(file)
  const add = (node: ts.Node, name: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(name.getStart(file)).line + 1
    found.push({ file: path, name: qualifiedName(node), line })
  }
  const pending: ts.Statement[] = [...file.statements]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (ts.isFunctionDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node)) {
      add(node, node.name ?? node)
    } else if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) {
      add(node, node.name ?? node)
      for (const member of node.members) {
        const { name } = member
        if (name !== undefined && !ts.isComputedPropertyName(name)) add(member, name)
      }
    } else if (ts.isModuleDeclaration(node)) {
      const { body } = node
      if (ts.isIdentifier(node.name) && node.name.text !== 'global') add(node, node.name)
      if (body !== undefined && ts.isModuleBlock(body)) pending.push(...body.statements)
    } else if (ts.isVariableStatement(node)) {
      for (const declaration of node.declarationList.declarations) {
        const { name, initializer } = declaration
        const isNamed = ts.isIdentifier(name)
        const isVisible = isExported(node) || (isNamed && exported.has(name.text))
        const isCode =
          initializer !== undefined &&
          (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer) || ts.isClassExpression(initializer))
        if (isNamed && (isCode || isVisible)) add(declaration, name)
      }
    }
  }
  return found
}

function isExported(node: ts.VariableStatement): boolean {
  return node.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) === true
}

/** The names that `export { … }` and `export default name` give away. */
function exportedLater(file: ts.SourceFile): Set<string> {
  const names = new Set<string>()
  for (const node of file.statements) {
    if (ts.isExportAssignment(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text)
    if (!ts.isExportDeclaration(node) || node.moduleSpecifier !== undefined || node.exportClause === undefined) continue
    if (!ts.isNamedExports(node.exportClause)) continue
    for (const { name, propertyName } of node.exportClause.elements) names.add((propertyName ?? name).text)
  }
  return names
}
