/** The local names of a module's imports. */

import { ts } from '#generate/analyse/compiler.mjs'

/** Values only: types are not components. */
export function readImportedNames(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  for (const statement of tree.statements) {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined
    if (clause === undefined || clause.isTypeOnly) continue
    if (clause.name !== undefined) names.add(clause.name.text)
    const bindings = clause.namedBindings
    if (bindings === undefined) continue
    if (ts.isNamespaceImport(bindings)) names.add(bindings.name.text)
    else for (const element of bindings.elements) if (!element.isTypeOnly) names.add(element.name.text)
  }
  return names
}
