/** Texts to syntax trees, guarded against trees that are too deep for the compiler, which recurses over them. */

import ts from 'typescript'

/** Virtual folder of the repository: the compiler wants absolute names. Nothing is read from it. */
export const ROOT = '/repository/'

/** A file's tree, and whether its syntax had errors. */
export interface Parsed {
  path: string
  tree: ts.SourceFile
  /** The name of every member that the file defines, at any depth. */
  memberNames: ReadonlySet<string>
  hasErrors: boolean
}

/** The compiler's binder runs out of Node's default stack of 984 KB between 1,000 and 2,000 nested blocks (measured). */
const MAX_DEPTH = 500

/**
 * Parse one file.
 *
 * @param language - Needed where the path's ending does not say it.
 * @returns `undefined` when the text is nested too deeply, or breaks the compiler's parser in another way.
 */
export function parseFile(path: string, text: string, language?: string): Parsed | undefined {
  const kind = scriptKindOf(path, language)
  const isJavaScript = kind === ts.ScriptKind.JS || kind === ts.ScriptKind.JSX
  const mode = isJavaScript ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone
  const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: mode }
  try {
    const tree = ts.createSourceFile(ROOT + path, text, options, true, kind)
    const memberNames = new Set<string>()
    if (!visitLevels(tree, (node) => void addMemberName(node, memberNames))) return undefined
    forceModule(tree)
    return { path, tree, memberNames, hasErrors: hasSyntaxErrors(tree) }
  } catch {
    return undefined
  }
}

/** By the ending; the scripts of components have the language that they state. */
function scriptKindOf(path: string, language: string | undefined): ts.ScriptKind {
  if (/\.(?:vue|svelte)$/.test(path)) return language === 'javascript' ? ts.ScriptKind.JSX : ts.ScriptKind.TS
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX
  if (path.endsWith('.jsx')) return ts.ScriptKind.JSX
  return /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS
}

/** Visit every node, level by level; false when there are too many levels. */
function visitLevels(tree: ts.SourceFile, visit: (node: ts.Node) => void): boolean {
  let level: ts.Node[] = [tree]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false
    const next: ts.Node[] = []
    for (const node of level) {
      visit(node)
      ts.forEachChild(node, (child) => void next.push(child))
    }
    level = next
  }
  return true
}

/** Members of classes, types, objects and namespaces, what is assigned to `x.name`, and the quoted names of `define` calls. */
function addMemberName(node: ts.Node, names: Set<string>): void {
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

/** Fields of the compiler's trees that its typings leave out. */
interface Internals {
  externalModuleIndicator?: ts.Node | true
  parseDiagnostics?: readonly ts.Diagnostic[]
}

/** A file without imports is a module of its own: two scripts do not see each other's names. */
function forceModule(tree: ts.SourceFile & Internals): void {
  if (!tree.isDeclarationFile) tree.externalModuleIndicator ??= true
}

function hasSyntaxErrors(tree: ts.SourceFile & Internals): boolean {
  return (tree.parseDiagnostics?.length ?? 0) > 0
}
