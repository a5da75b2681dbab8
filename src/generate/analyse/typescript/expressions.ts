/** What the syntax around a name tells: its receiver, the start of its chain, where its value comes from. */

import { ts } from '#generate/analyse/compiler.mjs'
import { assignmentsOf, requiredBy } from './exports.ts'

/** The name that is asked about: of a member, the member's. */
export function nameOf(node: ts.Node): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (ts.isIdentifier(node)) return node
  if (ts.isPropertyAccessExpression(node)) return ts.isMemberName(node.name) ? node.name : undefined
  return ts.isQualifiedName(node) ? node.right : undefined
}

export function receiverOf(node: ts.Node): ts.Node | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.expression
  return ts.isQualifiedName(node) ? node.left : undefined
}

/** The right side of an assignment or of a property. */
export function handedValue(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isPropertyAssignment(declaration)) return declaration.initializer
  const assignment = ts.isBinaryExpression(declaration) ? declaration : declaration.parent
  return assignment !== undefined && ts.isBinaryExpression(assignment) ? assignmentsOf(assignment).value : undefined
}

/** A name in a type or in what an interface extends. */
export function isTypeName(node: ts.Node): boolean {
  let current = node
  while (ts.isQualifiedName(current.parent)) current = current.parent
  if (ts.isTypeReferenceNode(current.parent) || ts.isImportTypeNode(current.parent)) return true
  return ts.isExpressionWithTypeArguments(current.parent) && ts.isInterfaceDeclaration(current.parent.parent.parent)
}

export function isTypeDeclaration(node: ts.Node): boolean {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassLike(node) ||
    ts.isEnumDeclaration(node)
  )
}

export function isFunctionValue(declaration: ts.Declaration): boolean {
  if (ts.isFunctionLike(declaration) || ts.isClassLike(declaration)) return true
  const value =
    ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration) ? declaration.initializer : undefined
  return (
    value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isClassExpression(value))
  )
}

/** The start of a chain of members, calls and the like. */
export function rootOf(node: ts.Node): ts.Node | undefined {
  let current: ts.Node = node
  while (requiredBy(current) === undefined) {
    if (
      ts.isPropertyAccessExpression(current) ||
      ts.isElementAccessExpression(current) ||
      ts.isCallExpression(current) ||
      ts.isNewExpression(current) ||
      ts.isNonNullExpression(current) ||
      ts.isParenthesizedExpression(current) ||
      ts.isAwaitExpression(current) ||
      ts.isAsExpression(current)
    ) {
      current = current.expression
    } else if (ts.isTypeReferenceNode(current)) current = current.typeName
    else if (ts.isQualifiedName(current)) current = current.left
    else return current
  }
  return current
}

/** What tells of a variable's value: its type, else what it is set to. */
export function originOfValue(declaration: ts.Declaration): ts.Node | undefined {
  if (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isPropertyDeclaration(declaration)) {
    return declaration.type ?? declaration.initializer
  }
  if (!ts.isBindingElement(declaration)) return undefined
  let current: ts.Node = declaration
  while (ts.isBindingElement(current) || ts.isObjectBindingPattern(current) || ts.isArrayBindingPattern(current)) {
    current = current.parent
  }
  return ts.isVariableDeclaration(current) || ts.isParameter(current)
    ? (current.type ?? current.initializer)
    : undefined
}

/** The module that an imported name comes from. */
export function specifierOf(declaration: ts.Node): string | undefined {
  let current: ts.Node | undefined = declaration
  while (current !== undefined && !ts.isSourceFile(current)) {
    if (ts.isImportDeclaration(current)) {
      return ts.isStringLiteral(current.moduleSpecifier) ? current.moduleSpecifier.text : undefined
    }
    if (ts.isImportEqualsDeclaration(current)) {
      const reference = current.moduleReference
      const literal = ts.isExternalModuleReference(reference) ? reference.expression : undefined
      return literal !== undefined && ts.isStringLiteral(literal) ? literal.text : undefined
    }
    if (ts.isVariableDeclaration(current)) {
      const root = current.initializer === undefined ? undefined : rootOf(current.initializer)
      return requiredBy(root)
    }
    current = current.parent
  }
  return undefined
}
