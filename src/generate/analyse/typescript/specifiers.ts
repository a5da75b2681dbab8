/** Which modules and files a file names, in any form: all that the compiler may load for it, or more. From syntax alone. */

import { ts } from '#generate/analyse/compiler.mjs'
import { compareText } from '#generate/model.ts'
import { assignmentsOf } from './exports.ts'
import { readImports } from './imports.ts'

/** Imports in the comments of JavaScript, where types stand. */
const IN_COMMENTS = /(?:\bimport|\brequire|\bfrom)\s*(?:\(\s*)?(["'])([^"'\n]{1,1000})\1/g

/** The kinds of nodes that `Specifiers` looks at. */
export const KINDS_WITH_SPECIFIERS: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ExternalModuleReference,
  ts.SyntaxKind.ImportType,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.ModuleDeclaration,
]

export class Specifiers {
  readonly #found = new Set<string>()
  /** Whether it declares something in other modules, or for all of them. */
  isAugmenting = false

  constructor(tree: ts.SourceFile, isJavaScript: boolean) {
    for (const { fileName } of tree.referencedFiles)
      this.#found.add(/^\.\.?\//.test(fileName) ? fileName : `./${fileName}`)
    if (isJavaScript) for (const [, , specifier = ''] of tree.text.matchAll(IN_COMMENTS)) this.#found.add(specifier)
  }

  visit(node: ts.Node): void {
    switch (node.kind) {
      case ts.SyntaxKind.ImportDeclaration:
      case ts.SyntaxKind.ExportDeclaration:
        this.#add((node as ts.ImportDeclaration | ts.ExportDeclaration).moduleSpecifier)
        break
      case ts.SyntaxKind.ExternalModuleReference:
        this.#add((node as ts.ExternalModuleReference).expression)
        break
      case ts.SyntaxKind.ImportType: {
        const { argument } = node as ts.ImportTypeNode
        if (ts.isLiteralTypeNode(argument)) this.#add(argument.literal)
        break
      }
      case ts.SyntaxKind.CallExpression: {
        const { expression, arguments: given } = node as ts.CallExpression
        const isRequire = ts.isIdentifier(expression) && expression.text === 'require'
        if (isRequire || expression.kind === ts.SyntaxKind.ImportKeyword) this.#add(given[0])
        break
      }
      case ts.SyntaxKind.ModuleDeclaration: {
        const { name, flags } = node as ts.ModuleDeclaration
        this.#add(name)
        if (ts.isStringLiteral(name) || (flags & ts.NodeFlags.GlobalAugmentation) !== 0) this.isAugmenting = true
      }
    }
  }

  /** Sorted. */
  all(): string[] {
    return [...this.#found].sort(compareText)
  }

  #add(node: ts.Node | undefined): void {
    if (node !== undefined && ts.isStringLiteralLike(node)) this.#found.add(node.text)
  }
}

/** Whether a file declares names that all files see, without being asked for them. */
export function isAmbient(tree: ts.SourceFile & { externalModuleIndicator?: unknown }): boolean {
  if ((tree.flags & ts.NodeFlags.JavaScriptFile) !== 0) return assignsGlobals(tree)
  if (!tree.isDeclarationFile) return false
  return (
    tree.externalModuleIndicator === undefined || tree.statements.some((one) => ts.isNamespaceExportDeclaration(one))
  )
}

/** `global.x = …` in JavaScript declares for all files what `global` is, as long as the file itself does not. */
function assignsGlobals(tree: ts.SourceFile): boolean {
  const own = namesAtTop(tree)
  return tree.statements.some((statement) => {
    if (!ts.isExpressionStatement(statement)) return false
    const { expression } = statement
    const assigned: ts.Node[] = assignmentsOf(expression).targets
    const [object] = ts.isCallExpression(expression) ? expression.arguments : []
    if (object !== undefined) assigned.push(object)
    return assigned.some((target) => {
      const root = rootOfAccess(target)
      return ts.isIdentifier(root) && root.text !== 'module' && root.text !== 'exports' && !own.has(root.text)
    })
  })
}

function namesAtTop(tree: ts.SourceFile): Set<string> {
  const names = new Set(readImports(tree).keys())
  for (const statement of tree.statements) {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name !== undefined) names.add(statement.name.text)
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text)
    }
  }
  return names
}

function rootOfAccess(node: ts.Node): ts.Node {
  let current = node
  while (ts.isPropertyAccessExpression(current) || ts.isElementAccessExpression(current)) current = current.expression
  return current
}
