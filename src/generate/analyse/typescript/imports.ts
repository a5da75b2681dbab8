/** Reads the names that a file imports, from its syntax alone. */

import { ts } from '#generate/analyse/compiler.mjs'
import { specifierOfRequire } from './require-calls.ts'

/** A declaration that may import names. */
export type BindingNode = ts.ImportDeclaration | ts.ImportEqualsDeclaration | ts.VariableDeclaration

/** A local name bound to a module or to one of its exports. */
export interface BoundName {
  readonly name: ts.Identifier
  /** The exported name, or `default`; `null` for the module itself. */
  readonly imported: string | null
  readonly specifier: ts.StringLiteralLike
}

export function boundNames(node: BindingNode): BoundName[] {
  if (ts.isImportDeclaration(node)) return namesOfImport(node)
  if (ts.isVariableDeclaration(node)) return namesOfVariable(node)
  const { moduleReference, name } = node
  const specifier = ts.isExternalModuleReference(moduleReference) ? moduleReference.expression : undefined
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? [{ name, imported: null, specifier }] : []
}

function namesOfImport({ importClause, moduleSpecifier: specifier }: ts.ImportDeclaration): BoundName[] {
  if (importClause === undefined || !ts.isStringLiteralLike(specifier)) return []
  const { name, namedBindings } = importClause
  const bound: BoundName[] = name === undefined ? [] : [{ name, imported: 'default', specifier }]
  if (namedBindings === undefined) return bound
  if (ts.isNamespaceImport(namedBindings)) return [...bound, { name: namedBindings.name, imported: null, specifier }]
  for (const { name, propertyName = name } of namedBindings.elements)
    bound.push({ name, imported: propertyName.text, specifier })
  return bound
}

/** `const x = require('…')`, `const { a, b: c } = await import('…')`, `const x = require('…').y`. */
function namesOfVariable({ name, initializer }: ts.VariableDeclaration): BoundName[] {
  if (initializer === undefined) return []
  const value = withoutAwait(initializer)
  const member = ts.isPropertyAccessExpression(value) ? value.name.text : null
  const specifier = specifierOf(ts.isPropertyAccessExpression(value) ? withoutAwait(value.expression) : value)
  if (specifier === undefined) return []
  if (ts.isIdentifier(name)) return [{ name, imported: member, specifier }]
  if (!ts.isObjectBindingPattern(name) || member !== null) return []
  const bound: BoundName[] = []
  for (const { name: inner, propertyName = inner, dotDotDotToken } of name.elements) {
    if (!ts.isIdentifier(inner) || dotDotDotToken !== undefined) continue
    if (ts.isIdentifier(propertyName) || ts.isStringLiteralLike(propertyName))
      bound.push({ name: inner, imported: propertyName.text, specifier })
  }
  return bound
}

function withoutAwait(node: ts.Expression): ts.Expression {
  let inner = node
  while (ts.isParenthesizedExpression(inner) || ts.isAwaitExpression(inner)) inner = inner.expression
  return inner
}

/** The specifier of `require('…')` and `import('…')`. */
function specifierOf(node: ts.Expression): ts.StringLiteralLike | undefined {
  if (!ts.isCallExpression(node)) return undefined
  const [specifier] = node.arguments
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return undefined
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || specifierOfRequire(node) !== undefined
    ? specifier
    : undefined
}
