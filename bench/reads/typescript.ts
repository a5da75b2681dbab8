/** The judge of TypeScript and JavaScript: reads of environment variables by the compiler's trees and its checker. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { JudgedRead } from './judge.ts'

/** Set by the tools that build the code. */
const BUILT = new Set(['DEV', 'PROD', 'MODE', 'SSR', 'BASE_URL'])

export function judgeTypescript(root: string, files: readonly string[]): { files: string[]; reads: JudgedRead[] } {
  const options: ts.CompilerOptions = { allowJs: true, noLib: true, noResolve: true, types: [] }
  const program = ts.createProgram(
    files.map((file) => path.join(root, file)),
    options,
  )
  const checker = program.getTypeChecker()
  const reads: JudgedRead[] = []
  const judged: string[] = []
  /** Functions that read the variable whose name they are given, with the index of the parameter. */
  const readers = new Map<ts.Node, number>()
  for (const file of files) {
    const source = program.getSourceFile(path.join(root, file))
    if (source === undefined || readFileSync(path.join(root, file), 'utf8').length === 0) continue
    judged.push(file)
    const add = (node: ts.Node, name: string, fallback: ts.Expression | undefined): void => {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      reads.push({ file, line, name, default: fallback === undefined ? null : literal(fallback) })
    }
    const isEnv = (node: ts.Expression): boolean => {
      const text = strip(node)
        .getText(source)
        .replace(/\s|[?!]/g, '')
      if (/^(?:(?:globalThis|global)\.)?process\.env$|^import\.meta\.env$|^Bun\.env$/.test(text)) return true
      const inner = strip(node)
      if (!ts.isIdentifier(inner)) return false
      const declaration = checker.getSymbolAtLocation(inner)?.declarations?.[0]
      if (declaration === undefined) return false
      if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined)
        return /^process\.env$|^import\.meta\.env$/.test(strip(declaration.initializer).getText())
      // `const { env } = process`, `import { env } from 'node:process'`
      const around = declaration.parent?.parent?.getText() ?? ''
      if (ts.isBindingElement(declaration)) return declaration.name.getText() === 'env' && /=\s*process$/.test(around)
      return (
        ts.isImportSpecifier(declaration) &&
        /^import \{[^}]*\benv\b[^}]*\} from '(?:node:)?process'/.test(declaration.parent.parent.parent.getText())
      )
    }
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && isEnv(node.expression) && !isTarget(node)) {
        const isMeta = node.expression.getText(source).startsWith('import')
        const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node
        if (!(isMeta && BUILT.has(node.name.text)) && !isCalled) add(node.name, node.name.text, elseOf(node))
      } else if (ts.isElementAccessExpression(node) && isEnv(node.expression) && !isTarget(node)) {
        const name = textOf(node.argumentExpression, checker)
        const parameter = parameterOf(node.argumentExpression, checker)
        if (name !== null) add(node.argumentExpression, name, elseOf(node))
        else if (parameter !== undefined) readers.set(parameter.parent, parameter.parent.parameters.indexOf(parameter))
      } else if (
        ts.isVariableDeclaration(node) &&
        ts.isObjectBindingPattern(node.name) &&
        node.initializer !== undefined
      ) {
        if (isEnv(node.initializer))
          for (const one of node.name.elements)
            if (one.dotDotDotToken === undefined)
              add(one, (one.propertyName ?? one.name).getText(source), one.initializer)
      } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
        if (isEnv(node.right) && ts.isStringLiteral(node.left)) add(node.left, node.left.text, undefined)
      } else if (ts.isCallExpression(node) && /^Deno\.env\.(?:get|has)$/.test(node.expression.getText(source))) {
        const [name] = node.arguments
        if (name !== undefined && ts.isStringLiteral(name)) add(name, name.text, elseOf(node))
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  for (const file of judged) {
    const source = program.getSourceFile(path.join(root, file)) as ts.SourceFile
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
        const declared = checker.getSymbolAtLocation(node.expression)?.valueDeclaration
        const index = declared === undefined ? undefined : readers.get(functionOf(declared))
        const given = index === undefined ? undefined : node.arguments[index]
        if (given !== undefined && ts.isStringLiteralLike(given)) {
          const line = source.getLineAndCharacterOfPosition(given.getStart(source)).line + 1
          reads.push({ file, line, name: given.text, default: null, isCall: true })
        }
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return { files: judged, reads }
}

function strip(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)
    ? strip(node.expression)
    : node
}

function textOf(node: ts.Expression, checker: ts.TypeChecker): string | null {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isIdentifier(node)) return null
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration
  const isConst =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
  return isConst && declaration.initializer !== undefined && ts.isStringLiteralLike(declaration.initializer)
    ? declaration.initializer.text
    : null
}

function parameterOf(
  node: ts.Expression,
  checker: ts.TypeChecker,
): (ts.ParameterDeclaration & { parent: ts.SignatureDeclaration }) | undefined {
  const declared = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined
  return declared !== undefined && ts.isParameter(declared) ? declared : undefined
}

/** `const read = (name) => …` declares the function that it holds. */
function functionOf(declared: ts.Declaration): ts.Node {
  return ts.isVariableDeclaration(declared) ? (declared.initializer ?? declared) : declared
}

function outer(node: ts.Node): ts.Node {
  const { parent } = node
  return ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent)
    ? outer(parent)
    : node
}

function isTarget(node: ts.Node): boolean {
  const top = outer(node)
  const { parent } = top
  if (ts.isDeleteExpression(parent)) return true
  return ts.isBinaryExpression(parent) && parent.left === top && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
}

function elseOf(node: ts.Node): ts.Expression | undefined {
  const top = outer(node)
  const { parent } = top
  if (ts.isConditionalExpression(parent)) return parent.whenTrue === top ? parent.whenFalse : undefined
  if (!ts.isBinaryExpression(parent) || parent.left !== top) return undefined
  return /^(?:\?\?|\|\|)=?$/.test(parent.operatorToken.getText()) ? parent.right : undefined
}

function literal(node: ts.Expression): string | null {
  const inner = strip(node)
  if (ts.isStringLiteralLike(inner)) return inner.text
  return ts.isNumericLiteral(inner) || /^(?:true|false)$/.test(inner.getText()) ? inner.getText() : null
}
