/**
 * Finds the sites in a file where names are used and modules are imported, from syntax alone. Names are not resolved
 * here.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { followParts, invokedBy } from './evaluation-order.ts'
import { isExportsMember, isModuleExports, requiredBy } from './exports.ts'
import type { BindingNode } from './imports.ts'
import type { Region } from './regions.ts'
import { type At, Walk } from './walk.ts'

const { SyntaxKind } = ts

export type Use = 'call' | 'construct' | 'extends' | 'implements' | 'override' | 'reference' | 'type'

/** One use of a name. */
export interface Site extends At {
  use: Use
  /**
   * `name`, `receiver.name`, `Left.Right` in types, or another called expression; for `override`, the member's own
   * name.
   */
  expression: ts.Node
}

/** An import of any form. */
export interface Imported extends At {
  specifier: ts.StringLiteralLike
}

export interface SiteVisitor {
  site(site: Site): void
  imported(imported: Imported): void
  /** A declaration that may import names. */
  binding(node: BindingNode): void
}

/** Functions that do not return. */
const ENDS = new Set(['process.exit', 'process.abort', 'Deno.exit'])

/**
 * Visit every site of a tree, in the order of evaluation: arguments before the call that takes them.
 *
 * @param broken - See `Walk`.
 * @returns The regions of named nested functions and classes.
 */
export function walkSites(
  tree: ts.SourceFile,
  path: string,
  owners: ReadonlyMap<ts.Node, string>,
  broken: ReadonlyMap<ts.Node, Region>,
  visitor: SiteVisitor,
): readonly Region[] {
  const walk = new Walk(path, owners, broken)
  const emit = (use: Use, expression: ts.Node): void =>
    visitor.site({ use, expression, owner: walk.owner, region: walk.region })
  /** Emit after the parts visited so far. */
  const emitThen = (use: Use, expression: ts.Node): void =>
    walk.afterwards(({ owner, region }) => visitor.site({ use, expression, owner, region }))
  const emitName = (expression: ts.Node): void =>
    emit(ts.isPartOfTypeNode(expression) ? 'type' : 'reference', expression)
  const emitSpecifier = (node: ts.Node | undefined, region: Region | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node))
      visitor.imported({ specifier: node, owner: walk.owner, region })
  }
  /** Visit the receiver of a callee; its name is part of the call. */
  const followCallee = (callee: ts.Node): void => {
    if (ts.isPropertyAccessExpression(callee)) walk.followLeft(callee.expression)
    else if (!ts.isIdentifier(callee)) walk.followLeft(callee)
  }
  const followElement = (tag: ts.JsxOpeningLikeElement, children: readonly ts.Node[]): void => {
    walk.followAll(tag.typeArguments)
    const isComponent = isComponentTag(tag.tagName)
    if (isComponent) followCallee(tag.tagName)
    walk.follow(tag.attributes)
    walk.followAll(children)
    if (isComponent) emitThen('call', tag.tagName)
  }
  const followCall = (node: ts.CallExpression): void => {
    const isImport = requiredBy(node) !== undefined || node.expression.kind === SyntaxKind.ImportKeyword
    walk.enterChain(node)
    walk.followAll(node.typeArguments)
    if (isImport) {
      walk.followAll(node.arguments)
      walk.afterwards(({ region }) => emitSpecifier(node.arguments[0], region))
    } else if (invokedBy(node.expression) !== undefined) {
      walk.followAll(node.arguments)
      followCallee(node.expression)
      emitThen('call', node.expression)
    } else if (node.expression.kind === SyntaxKind.SuperKeyword) walk.followAll(node.arguments)
    else {
      followCallee(node.expression)
      walk.followAll(node.arguments)
      emitThen('call', node.expression)
      if (isEnd(node.expression)) walk.afterwards(() => walk.leaving.end())
    }
  }
  walk.run(tree, (node) => {
    switch (node.kind) {
      case SyntaxKind.ImportDeclaration:
        // Imports are hoisted.
        emitSpecifier((node as ts.ImportDeclaration).moduleSpecifier, undefined)
        visitor.binding(node as ts.ImportDeclaration)
        break
      case SyntaxKind.ExportDeclaration:
        emitSpecifier((node as ts.ExportDeclaration).moduleSpecifier, undefined)
        break
      case SyntaxKind.ExternalModuleReference:
        emitSpecifier((node as ts.ExternalModuleReference).expression, undefined)
        break
      case SyntaxKind.ImportType: {
        const { argument, qualifier, typeArguments } = node as ts.ImportTypeNode
        if (ts.isLiteralTypeNode(argument)) emitSpecifier(argument.literal, walk.region)
        if (qualifier !== undefined) emit('type', qualifier)
        walk.followAll(typeArguments)
        break
      }
      case SyntaxKind.CallExpression:
        followCall(node as ts.CallExpression)
        break
      case SyntaxKind.NewExpression: {
        const { expression, typeArguments, arguments: given } = node as ts.NewExpression
        followCallee(expression)
        walk.followAll(typeArguments)
        walk.followAll(given)
        emitThen('construct', expression)
        break
      }
      case SyntaxKind.TaggedTemplateExpression: {
        const { tag, template } = node as ts.TaggedTemplateExpression
        followCallee(tag)
        walk.follow(template)
        emitThen('call', tag)
        break
      }
      case SyntaxKind.Decorator: {
        const { expression } = node as ts.Decorator
        if (ts.isCallExpression(expression)) walk.follow(expression)
        else {
          followCallee(expression)
          emitThen('call', expression)
        }
        break
      }
      case SyntaxKind.JsxElement: {
        const { openingElement, children } = node as ts.JsxElement
        followElement(openingElement, children)
        break
      }
      case SyntaxKind.JsxSelfClosingElement:
        followElement(node as ts.JsxSelfClosingElement, [])
        break
      case SyntaxKind.HeritageClause: {
        const { parent, token, types } = node as ts.HeritageClause
        const isOwn = owners.has(parent)
        const use = token === SyntaxKind.ImplementsKeyword ? 'implements' : 'extends'
        for (const type of types) {
          if (isName(type.expression)) emit(isOwn ? use : 'reference', type.expression)
          if (!ts.isIdentifier(type.expression)) followCallee(type.expression)
          walk.followAll(type.typeArguments)
        }
        break
      }
      case SyntaxKind.PropertyAccessExpression:
        walk.enterChain(node)
        walk.followLeft((node as ts.PropertyAccessExpression).expression)
        emitThen('reference', node)
        break
      case SyntaxKind.ElementAccessExpression:
        walk.enterChain(node)
        walk.followLeft((node as ts.ElementAccessExpression).expression)
        walk.follow((node as ts.ElementAccessExpression).argumentExpression)
        break
      case SyntaxKind.NonNullExpression:
        walk.enterChain(node)
        walk.followLeft((node as ts.NonNullExpression).expression)
        break
      case SyntaxKind.QualifiedName:
        emitName(node)
        walk.follow((node as ts.QualifiedName).left)
        break
      case SyntaxKind.Identifier:
        if (isUse(node as ts.Identifier)) emitName(node)
        break
      case SyntaxKind.BinaryExpression:
        if (isExportingAssignment(node)) {
          if (!ts.isIdentifier(node.right)) walk.follow(node.right)
        } else if (isDeclaringAssignment(node, owners)) walk.follow(node.right)
        else followParts(node, walk)
        break
      case SyntaxKind.ImportEqualsDeclaration:
      case SyntaxKind.VariableDeclaration:
        visitor.binding(node as ts.ImportEqualsDeclaration | ts.VariableDeclaration)
        followParts(node, walk)
        break
      default:
        if (mayOverride(node) && owners.has(node)) emit('override', node.name)
        followParts(node, walk)
    }
  })
  return walk.named
}

function isEnd(callee: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return false
  return ENDS.has(`${callee.expression.text}.${callee.name.text}`)
}

/** `X.member = value` that declares the member, so its left side is not a use. */
function isDeclaringAssignment(node: ts.Node, owners: ReadonlyMap<ts.Node, string>): node is ts.BinaryExpression {
  return isAssignment(node) && owners.has(node)
}

/** `module.exports = value` and `exports.name = value`, the exports of CommonJS. */
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

/** `<Name>` and `<name.Part>`; a lower-case tag is an HTML element. */
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
