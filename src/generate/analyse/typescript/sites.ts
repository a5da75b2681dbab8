/** The places of a file where a name is used, and the modules that it names. From syntax alone; what the names mean is not asked. */

import { ts } from '#generate/analyse/compiler.mjs'
import { isExportsMember, isModuleExports, requiredBy } from './exports.ts'

export type Use = 'call' | 'construct' | 'extends' | 'implements' | 'override' | 'reference' | 'type'

/** One use of a name. */
export interface Site {
  use: Use
  /** `name`, `receiver.name`, `Left.Right` in types, or another expression that is called; the own name for `override`. */
  expression: ts.Node
  /** The innermost component that holds it, else the file. */
  owner: string
}

export interface SiteVisitor {
  site(site: Site): void
  /** An import of any form with its specifier. */
  specifier(specifier: string): void
}

/** Visit every site of a tree, without recursion. */
export function walkSites(
  tree: ts.SourceFile,
  path: string,
  owners: ReadonlyMap<ts.Node, string>,
  visitor: SiteVisitor,
): void {
  const pending: { node: ts.Node; owner: string }[] = [{ node: tree, owner: path }]
  // The owner of the node at hand. These functions are made once: a walk has millions of nodes.
  let owner = path
  const follow = (child: ts.Node | undefined): void => {
    if (child !== undefined) pending.push({ node: child, owner })
  }
  const followAll = (children: readonly ts.Node[] | undefined): void => children?.forEach(follow)
  const emit = (use: Use, expression: ts.Node): void => visitor.site({ use, expression, owner })
  const emitName = (expression: ts.Node): void =>
    emit(ts.isPartOfTypeNode(expression) ? 'type' : 'reference', expression)
  /** The name of a callee is part of the call; what stands before it is not. */
  const followCallee = (callee: ts.Node): void => {
    if (ts.isPropertyAccessExpression(callee)) follow(callee.expression)
    else if (!ts.isIdentifier(callee)) follow(callee)
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next
    owner = owners.get(node) ?? next.owner

    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier !== undefined) emitSpecifier(node.moduleSpecifier, visitor)
    } else if (ts.isExternalModuleReference(node)) emitSpecifier(node.expression, visitor)
    else if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument)) emitSpecifier(node.argument.literal, visitor)
      if (node.qualifier !== undefined) emit('type', node.qualifier)
      followAll(node.typeArguments)
    } else if (ts.isCallExpression(node)) {
      const required = requiredBy(node)
      if (required !== undefined) visitor.specifier(required)
      else if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        if (node.arguments[0] !== undefined) emitSpecifier(node.arguments[0], visitor)
      } else if (node.expression.kind !== ts.SyntaxKind.SuperKeyword) {
        emit('call', node.expression)
        followCallee(node.expression)
      }
      followAll(node.typeArguments)
      followAll(node.arguments)
    } else if (ts.isNewExpression(node)) {
      emit('construct', node.expression)
      followCallee(node.expression)
      followAll(node.typeArguments)
      followAll(node.arguments)
    } else if (ts.isTaggedTemplateExpression(node)) {
      emit('call', node.tag)
      followCallee(node.tag)
      follow(node.template)
    } else if (ts.isDecorator(node) && !ts.isCallExpression(node.expression)) {
      emit('call', node.expression)
      followCallee(node.expression)
    } else if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
      if (isComponentTag(node.tagName)) {
        emit('call', node.tagName)
        followCallee(node.tagName)
      }
      followAll(node.typeArguments)
      follow(node.attributes)
    } else if (ts.isJsxClosingElement(node)) {
      // Said by the opening element.
    } else if (ts.isHeritageClause(node)) {
      const isOwn = owners.has(node.parent)
      const use = node.token === ts.SyntaxKind.ImplementsKeyword ? 'implements' : 'extends'
      for (const type of node.types) {
        if (isName(type.expression)) emit(isOwn ? use : 'reference', type.expression)
        if (!ts.isIdentifier(type.expression)) followCallee(type.expression)
        followAll(type.typeArguments)
      }
    } else if (isExportingAssignment(node)) {
      if (!ts.isIdentifier(node.right)) follow(node.right)
    } else if (isDeclaringAssignment(node, owners)) follow(node.right)
    else if (ts.isPropertyAccessExpression(node)) {
      emit('reference', node)
      follow(node.expression)
    } else if (ts.isQualifiedName(node)) {
      emitName(node)
      follow(node.left)
    } else if (ts.isIdentifier(node)) {
      if (isUse(node)) emitName(node)
    } else {
      if (mayOverride(node) && owners.has(node)) emit('override', node.name)
      ts.forEachChild(node, follow)
    }
  }
}

/** `X.member = value` that declares the member: its left side is no use. */
function isDeclaringAssignment(node: ts.Node, owners: ReadonlyMap<ts.Node, string>): node is ts.BinaryExpression {
  return isAssignment(node) && owners.has(node)
}

/** `module.exports = value` and `exports.name = value`, which are to CommonJS what `export` is to ES modules. */
function isExportingAssignment(node: ts.Node): node is ts.BinaryExpression {
  return isAssignment(node) && (isModuleExports(node.left) || isExportsMember(node.left))
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
}

/** A method, or a field that may hold one, of a class that extends or implements something. */
function mayOverride(node: ts.Node): node is (ts.MethodDeclaration | ts.PropertyDeclaration) & { name: ts.Identifier } {
  if (!ts.isMethodDeclaration(node) && !ts.isPropertyDeclaration(node)) return false
  if (!ts.isIdentifier(node.name) || !ts.isClassLike(node.parent) || node.parent.heritageClauses === undefined)
    return false
  return node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) !== true
}

function emitSpecifier(node: ts.Node, visitor: SiteVisitor): void {
  if (ts.isStringLiteralLike(node)) visitor.specifier(node.text)
}

/** `<Name>` and `<name.Part>`; a lower-case tag is an element of the page. */
function isComponentTag(tag: ts.JsxTagNameExpression): boolean {
  return ts.isPropertyAccessExpression(tag) || (ts.isIdentifier(tag) && !/^[a-z]/.test(tag.text))
}

function isName(node: ts.Node): node is ts.Identifier | ts.PropertyAccessExpression {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
}

/** Not the name of a declaration, a property, a label, or part of an import or export list. */
function isUse(node: ts.Identifier): boolean {
  const parent: ts.Node & { name?: ts.Node; propertyName?: ts.Node; label?: ts.Node } = node.parent
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isExportAssignment(parent) || ts.isExportSpecifier(parent)) return false
  return parent.name !== node && parent.propertyName !== node && parent.label !== node && node.text !== 'undefined'
}
