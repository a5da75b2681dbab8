/**
 * Reads what a source file imports and which restricted names it uses. Pure: text in, lists out.
 *
 * It parses, so a word in a string or a comment is not an import. Imports are `import` and `export … from`
 * in every form, `import()`, `require()`, `require.resolve()`, `import.meta.resolve()`, `import('x').T` as a type, and
 * `new URL('./x.ts', import.meta.url)`, which is how a thread or a child process is named.
 */
import ts from 'typescript'

export interface Import {
  /** As written. */
  specifier: string
  /** Erased when the program runs. */
  isType: boolean
  /** Named by `new URL(…, import.meta.url)`, where no alias works. */
  isAddress: boolean
  line: number
}

/** A use of something that only some files may use. */
export interface Use {
  what: 'process.env' | 'eval' | 'computed import' | 'node global'
  line: number
}

export interface Contents {
  imports: Import[]
  uses: Use[]
}

const nodeGlobals = new Set(['process', 'Buffer', '__dirname', '__filename', 'setImmediate', 'require'])

/** @param path - Only its extension matters: `.tsx` may contain JSX. */
export function readContents(path: string, text: string): Contents {
  const kind = /\.[jt]sx$/.test(path) ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind)
  const imports: Import[] = []
  const uses: Use[] = []
  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
  const add = (node: ts.Node, specifier: ts.Node | undefined, isType = false, isAddress = false) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, isType, isAddress, line: lineOf(node) })
    } else use(node, 'computed import')
  }
  const use = (node: ts.Node, what: Use['what']) => uses.push({ what, line: lineOf(node) })

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, isTypeImport(node.importClause))
      if (bindsProcessEnv(node)) use(node, 'process.env')
    } else if (ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier) add(node, node.moduleSpecifier, isTypeExport(node))
    } else if (ts.isImportEqualsDeclaration(node)) {
      if (ts.isExternalModuleReference(node.moduleReference)) {
        add(node, node.moduleReference.expression, node.isTypeOnly)
      }
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    } else if (ts.isCallExpression(node)) {
      const [target] = node.arguments
      if (isImportCall(node)) add(node, target)
      // What is only looked up is checked where it is written out: a table of file names is not an import.
      if (isLookup(node, source) && target && ts.isStringLiteralLike(target)) add(node, target)
      if (ts.isIdentifier(node.expression) && /^(eval|Function)$/.test(node.expression.text)) use(node, 'eval')
    } else if (ts.isNewExpression(node)) {
      const name = node.expression.getText(source)
      if (name === 'Function') use(node, 'eval')
      const [address, base] = node.arguments ?? []
      const isHere = name === 'URL' && base?.getText(source) === 'import.meta.url'
      if (isHere && address && ts.isStringLiteralLike(address) && /\.[cm]?[jt]sx?$/.test(address.text))
        add(node, address, false, true)
    } else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const name = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression
      const isEnv = /^['"`]?env['"`]?$/.test(name.getText(source))
      if (isEnv && /^(globalThis\.)?process$/.test(node.expression.getText(source))) use(node, 'process.env')
      if (node.expression.getText(source) === 'globalThis' && nodeGlobals.has(name.getText(source)))
        use(node, 'node global')
    } else if (ts.isVariableDeclaration(node)) {
      const takesEnv =
        ts.isObjectBindingPattern(node.name) &&
        node.name.elements.some((element) => (element.propertyName ?? element.name).getText(source) === 'env')
      if (takesEnv && node.initializer?.getText(source) === 'process') use(node, 'process.env')
    } else if (ts.isIdentifier(node) && nodeGlobals.has(node.text) && isReference(node)) {
      use(node, 'node global')
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { imports, uses }
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const names = clause.namedBindings
  if (clause.name || !names || !ts.isNamedImports(names)) return false
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly)
}

function isTypeExport(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true
  const names = node.exportClause
  if (!names || !ts.isNamedExports(names)) return false
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly)
}

/** `import { env } from 'node:process'`. */
function bindsProcessEnv(node: ts.ImportDeclaration): boolean {
  if (!ts.isStringLiteralLike(node.moduleSpecifier) || !/^(node:)?process$/.test(node.moduleSpecifier.text))
    return false
  const names = node.importClause?.namedBindings
  return names !== undefined && ts.isNamedImports(names)
    ? names.elements.some((element) => (element.propertyName ?? element.name).text === 'env')
    : false
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  )
}

function isLookup({ expression }: ts.CallExpression, source: ts.SourceFile): boolean {
  return /^(require|import\.meta)\.resolve$/.test(expression.getText(source))
}

/** Whether an identifier refers to a value, and is not the name of a property, a declaration or a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent) || ts.isJsxAttribute(parent)) return false
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false
  const { name, propertyName } = parent as { name?: ts.Node; propertyName?: ts.Node }
  return name !== node && propertyName !== node
}
