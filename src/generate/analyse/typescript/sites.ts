/**
 * Finds the sites in a file where names are used and modules are imported, from syntax alone. Names are not resolved
 * here.
 */

import type { FoundCall, FoundCalls } from '#generate/analyse/blocks/read-calls.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { followParts } from './evaluation-order.ts'
import { nameOf } from './expressions.ts'
import { invokedBy } from './follow-functions.ts'
import type { BindingNode } from './imports.ts'
import { NeverFunctions } from './never-functions.ts'
import type { Region } from './regions.ts'
import { specifierOfRequire } from './require-calls.ts'
import {
  isComponentTag,
  isDeclaringAssignment,
  isEnd,
  isExportingAssignment,
  isFailure,
  isName,
  isUse,
  mayOverride,
} from './site-syntax.ts'
import { type At, Walk } from './walk.ts'

const { SyntaxKind } = ts

export type Use = 'call' | 'construct' | 'extends' | 'implements' | 'override' | 'reference' | 'type'

/** A use of a name. */
export interface Site extends At {
  use: Use
  /**
   * `name`, `receiver.name`, `Left.Right` in types, or another called expression; for `override`, the member's own
   * name.
   */
  expression: ts.Node
}

interface SiteCall extends FoundCall {
  readonly region: Region | undefined
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

/**
 * Visit every site of a tree, in the order of evaluation: arguments before the call that takes them.
 *
 * @param broken - See `Walk`.
 * @returns The regions of named nested functions, the statements as in `FileBlocks`, and the calls.
 */
export function walkSites(
  tree: ts.SourceFile,
  path: string,
  owners: ReadonlyMap<ts.Node, string>,
  broken: ReadonlyMap<ts.Node, Region>,
  visitor: SiteVisitor,
): { readonly named: readonly Region[]; readonly statements: readonly number[]; readonly calls: FoundCalls<SiteCall> } {
  const walk = new Walk(path, owners, broken)
  const sites = new SiteWalk(tree, walk, owners, visitor)
  walk.run(tree, (node) => sites.visit(node))
  return { named: walk.named, statements: walk.statements(tree), calls: sites.calls }
}

class SiteWalk {
  readonly calls: FoundCalls<SiteCall> = { calls: [], parameters: [], throws: [] }
  readonly #tree: ts.SourceFile
  readonly #walk: Walk
  readonly #owners: ReadonlyMap<ts.Node, string>
  readonly #never: NeverFunctions
  readonly #visitor: SiteVisitor

  constructor(tree: ts.SourceFile, walk: Walk, owners: ReadonlyMap<ts.Node, string>, visitor: SiteVisitor) {
    this.#tree = tree
    this.#walk = walk
    this.#owners = owners
    this.#never = new NeverFunctions(tree)
    this.#visitor = visitor
  }

  visit(node: ts.Node): void {
    if (!this.#visitImport(node) && !this.#visitCall(node) && !this.#visitName(node)) this.#visitOther(node)
  }

  #visitImport(node: ts.Node): boolean {
    switch (node.kind) {
      case SyntaxKind.ImportDeclaration:
        // Imports are hoisted.
        this.#emitImport((node as ts.ImportDeclaration).moduleSpecifier, undefined)
        this.#visitor.binding(node as ts.ImportDeclaration)
        return true
      case SyntaxKind.ExportDeclaration:
        this.#emitImport((node as ts.ExportDeclaration).moduleSpecifier, undefined)
        return true
      case SyntaxKind.ExternalModuleReference:
        this.#emitImport((node as ts.ExternalModuleReference).expression, undefined)
        return true
      case SyntaxKind.ImportType: {
        const { argument, qualifier, typeArguments } = node as ts.ImportTypeNode
        if (ts.isLiteralTypeNode(argument)) this.#emitImport(argument.literal, this.#walk.region)
        if (qualifier !== undefined) this.#emit('type', qualifier)
        this.#walk.followAll(typeArguments)
        return true
      }
      default:
        return false
    }
  }

  #visitCall(node: ts.Node): boolean {
    const walk = this.#walk
    switch (node.kind) {
      case SyntaxKind.CallExpression:
        this.#followCall(node as ts.CallExpression)
        return true
      case SyntaxKind.NewExpression: {
        const { expression, typeArguments, arguments: given } = node as ts.NewExpression
        this.#addCall(node as ts.NewExpression)
        this.#followCallee(expression)
        walk.followAll(typeArguments)
        walk.followAll(given)
        this.#emitThen('construct', expression)
        return true
      }
      case SyntaxKind.TaggedTemplateExpression: {
        const { tag, template } = node as ts.TaggedTemplateExpression
        this.#followCallee(tag)
        walk.follow(template)
        this.#emitThen('call', tag)
        return true
      }
      case SyntaxKind.Decorator: {
        const { expression } = node as ts.Decorator
        if (ts.isCallExpression(expression)) walk.follow(expression)
        else {
          this.#followCallee(expression)
          this.#emitThen('call', expression)
        }
        return true
      }
      case SyntaxKind.JsxElement: {
        const { openingElement, children } = node as ts.JsxElement
        this.#followElement(openingElement, children)
        return true
      }
      case SyntaxKind.JsxSelfClosingElement:
        this.#followElement(node as ts.JsxSelfClosingElement, [])
        return true
      default:
        return false
    }
  }

  #visitName(node: ts.Node): boolean {
    const walk = this.#walk
    switch (node.kind) {
      case SyntaxKind.HeritageClause:
        this.#followBases(node as ts.HeritageClause)
        return true
      case SyntaxKind.PropertyAccessExpression:
        walk.enterChain(node)
        walk.followLeft((node as ts.PropertyAccessExpression).expression)
        this.#emitThen('reference', node)
        return true
      case SyntaxKind.ElementAccessExpression:
        walk.enterChain(node)
        walk.followLeft((node as ts.ElementAccessExpression).expression)
        walk.follow((node as ts.ElementAccessExpression).argumentExpression)
        return true
      case SyntaxKind.NonNullExpression:
        walk.enterChain(node)
        walk.followLeft((node as ts.NonNullExpression).expression)
        return true
      case SyntaxKind.QualifiedName:
        this.#emitName(node)
        walk.follow((node as ts.QualifiedName).left)
        return true
      case SyntaxKind.Identifier:
        if (isUse(node as ts.Identifier)) this.#emitName(node)
        return true
      default:
        return false
    }
  }

  #visitOther(node: ts.Node): void {
    const walk = this.#walk
    if (isExportingAssignment(node)) {
      if (!ts.isIdentifier(node.right)) walk.follow(node.right)
      return
    }
    if (isDeclaringAssignment(node, this.#owners)) {
      walk.follow(node.right)
      return
    }
    if (ts.isImportEqualsDeclaration(node) || ts.isVariableDeclaration(node)) this.#visitor.binding(node)
    else if (ts.isParameter(node)) this.calls.parameters.push([node.name.pos, node.name.end])
    else if (ts.isThrowStatement(node)) this.calls.throws.push(node.getStart(this.#tree))
    else if (mayOverride(node) && this.#owners.has(node)) this.#emit('override', node.name)
    followParts(node, walk)
  }

  #followCall(node: ts.CallExpression): void {
    const walk = this.#walk
    const { expression, arguments: given } = node
    const isImport = specifierOfRequire(node) !== undefined || expression.kind === SyntaxKind.ImportKeyword
    walk.enterChain(node)
    this.#addCall(node)
    walk.followAll(node.typeArguments)
    if (isImport) {
      walk.followAll(given)
      walk.afterwards(({ region }) => this.#emitImport(given[0], region))
    } else if (invokedBy(expression) !== undefined) {
      walk.followAll(given)
      this.#followCallee(expression)
      this.#emitThen('call', expression)
    } else if (expression.kind === SyntaxKind.SuperKeyword) walk.followAll(given)
    else {
      this.#followCallee(expression)
      walk.followAll(given)
      this.#emitThen('call', expression)
      if (isEnd(expression) || this.#never.ends(expression)) walk.afterwards(() => walk.leaving.end())
      else if (isFailure(expression) || this.#never.has(expression)) walk.afterwards(() => walk.leaving.throw())
    }
  }

  #addCall(node: ts.CallExpression | ts.NewExpression): void {
    const { expression: callee, arguments: given = [] } = node
    const name = nameOf(callee)?.getStart(this.#tree)
    if (name === undefined) return
    const args = given.map((one) => [one.getStart(this.#tree), one.end] as const)
    const start = (ts.isNewExpression(node) ? node : callee).getStart(this.#tree)
    // `next?.()` may call nothing.
    const end = ts.isCallExpression(node) ? (node.questionDotToken?.end ?? callee.end) : callee.end
    this.calls.calls.push({ start, name, end, args, region: this.#walk.region })
  }

  /** Visit the receiver of a callee; its name is part of the call. */
  #followCallee(callee: ts.Node): void {
    if (ts.isPropertyAccessExpression(callee)) this.#walk.followLeft(callee.expression)
    else if (!ts.isIdentifier(callee)) this.#walk.followLeft(callee)
  }

  #followElement(tag: ts.JsxOpeningLikeElement, children: readonly ts.Node[]): void {
    const walk = this.#walk
    walk.followAll(tag.typeArguments)
    const isComponent = isComponentTag(tag.tagName)
    if (isComponent) this.#followCallee(tag.tagName)
    walk.follow(tag.attributes)
    walk.followAll(children)
    if (isComponent) this.#emitThen('call', tag.tagName)
  }

  #followBases({ parent, token, types }: ts.HeritageClause): void {
    const isOwn = this.#owners.has(parent)
    const use = token === SyntaxKind.ImplementsKeyword ? 'implements' : 'extends'
    for (const type of types) {
      if (isName(type.expression)) this.#emit(isOwn ? use : 'reference', type.expression)
      if (!ts.isIdentifier(type.expression)) this.#followCallee(type.expression)
      this.#walk.followAll(type.typeArguments)
    }
  }

  #emit(use: Use, expression: ts.Node): void {
    const { owner, region } = this.#walk
    this.#visitor.site({ use, expression, owner, region })
  }

  /** Emit after the parts visited so far. */
  #emitThen(use: Use, expression: ts.Node): void {
    this.#walk.afterwards(({ owner, region }) => this.#visitor.site({ use, expression, owner, region }))
  }

  #emitName(expression: ts.Node): void {
    this.#emit(ts.isPartOfTypeNode(expression) ? 'type' : 'reference', expression)
  }

  #emitImport(node: ts.Node | undefined, region: Region | undefined): void {
    if (node !== undefined && ts.isStringLiteralLike(node))
      this.#visitor.imported({ specifier: node, owner: this.#walk.owner, region })
  }
}
