/** Under which names a value may be reached after a dot. From syntax alone. */

import { ts } from '#generate/analyse/compiler.mjs'

const { SyntaxKind } = ts

/** The kinds of nodes that `addMemberName` looks at. */
export const KINDS_WITH_MEMBER_NAMES: readonly ts.SyntaxKind[] = [
  SyntaxKind.BinaryExpression,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.PropertyDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.PropertySignature,
  SyntaxKind.MethodSignature,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.BindingElement,
  SyntaxKind.ExportSpecifier,
  SyntaxKind.EnumMember,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.NamespaceExport,
]

/** Members of classes, types, objects and namespaces, what is assigned to `x.name`, and the quoted names of `define` calls. */
export function addMemberName(node: ts.Node, names: Set<string>): void {
  if (ts.isBinaryExpression(node)) {
    if (ts.isPropertyAccessExpression(node.left)) names.add(node.left.name.text)
  } else if (ts.isStringLiteralLike(node)) {
    if (ts.isCallExpression(node.parent) || ts.isElementAccessExpression(node.parent)) names.add(node.text)
  } else if (ts.isClassElement(node) || ts.isTypeElement(node) || ts.isObjectLiteralElementLike(node)) {
    if (node.name !== undefined && !ts.isComputedPropertyName(node.name)) names.add(node.name.text)
  } else if (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node) || ts.isClassDeclaration(node)) {
    if (node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text)
  } else if (ts.isParameter(node) || ts.isBindingElement(node) || ts.isExportSpecifier(node) || ts.isEnumMember(node)) {
    if (ts.isIdentifier(node.name)) names.add(node.name.text)
  } else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node)) {
    names.add(node.name.text)
  } else if (ts.isModuleDeclaration(node) || ts.isNamespaceExport(node)) names.add(node.name.text)
}
