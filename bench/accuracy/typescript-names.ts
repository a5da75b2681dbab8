/** What the oracle of TypeScript calls things: the qualified name of a declaration, and of what a place is in. */

import ts from 'typescript'
import type { EndPart, SymbolEnd } from './oracle.ts'

/** The name of what a module of CommonJS gives as a whole. */
const WHOLE = 'module.exports'

/** The names of what a node is declared in, outermost first, and its own. Functions without a name add nothing. */
export function qualifiedName(node: ts.Node): string {
  return namedAround(node)
    .map(({ name }) => name)
    .join('.')
}

/** A declaration as an end of an edge: what CommonJS exports is told by its place, too. */
export function symbolEnd(node: ts.Node, file: string): SymbolEnd {
  const named = namedAround(node)
  const name = named.map((one) => one.name).join('.')
  if (!named.some((one) => isOfCommonJs(one.node))) return { file, name }
  const parts = named.map((one): EndPart => {
    const own = one.name === WHOLE ? '' : one.name
    return isOfCommonJs(one.node) && !isHolder(one.node) ? { name: own, lines: linesOf(one.node) } : { name: own }
  })
  return { file, name, parts }
}

interface Named {
  name: string
  node: ts.Node
}

function namedAround(node: ts.Node): Named[] {
  const found: Named[] = []
  for (let at: ts.Node | undefined = node; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
    const name = nameOf(at)
    if (name !== undefined && name !== '') found.unshift({ name, node: at })
  }
  return found
}

/** An assignment to `module.exports` or a part of it, or a property of the object that is assigned to it. */
function isOfCommonJs(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return true
  if (ts.isBinaryExpression(node)) return /^(?:module\.)?exports\b/.test(node.left.getText())
  if (!ts.isObjectLiteralElement(node)) return false
  const assignment = node.parent.parent
  return assignment !== undefined && ts.isBinaryExpression(assignment) && isOfCommonJs(assignment)
}

/** An object of which only the properties are something, and those are called what they are called. */
function isHolder(node: ts.Node): boolean {
  return !ts.isBinaryExpression(node) || ts.isObjectLiteralExpression(node.right)
}

/** Of the statement that an assignment is. */
function linesOf(node: ts.Node): { start: number; end: number } {
  let whole = node
  while (ts.isBinaryExpression(whole.parent) || ts.isExpressionStatement(whole.parent)) whole = whole.parent
  const file = node.getSourceFile()
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1
  return { start: lineAt(whole.getStart(file)), end: lineAt(whole.end) }
}

/** What declares a name, by its own name; `undefined` for what declares none. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isExportAssignment(node)) return node.isExportEquals === true ? 'export=' : 'default'
  if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name === undefined) return 'default'
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || isOfVariable(node)) return undefined
    const isNamed = ts.isFunctionExpression(node.right) && node.right.name !== undefined
    const name = assignedName(node.left)
    return isNamed && name === WHOLE ? node.right.name.text : name
  }
  if (ts.isCallExpression(node)) return definedName(node)
  if (ts.isVariableDeclaration(node) || ts.isBindingElement(node)) {
    return ts.isIdentifier(node.name) ? node.name.text : undefined
  }
  if (ts.isConstructorDeclaration(node)) return undefined
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isPropertyAssignment(node) ||
    (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent))
  if (!isNamed || node.name === undefined) return undefined
  return propertyName(node.name)
}

function propertyName(name: ts.DeclarationName): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text
  if (!ts.isComputedPropertyName(name)) return undefined
  // The compiler gives `['a']` the name `a`.
  const { expression } = name
  return ts.isStringLiteralLike(expression) ? expression.text : `[${expression.getText()}]`
}

/** `var a = module.exports = …`: the variable is the name. */
function isOfVariable(node: ts.Node): boolean {
  let at = node.parent
  while (ts.isBinaryExpression(at) || ts.isParenthesizedExpression(at)) at = at.parent
  return ts.isVariableDeclaration(at)
}

/** `exports.a.b = …` declares `a.b`, `A.prototype.b = …` declares `A.b`; `module.exports = …` the whole. */
function assignedName(left: ts.Expression): string | undefined {
  if (!/^[\w$.]+$/.test(left.getText())) return undefined
  return assignedPath(left.getText())
}

function assignedPath(left: string): string | undefined {
  const text = left.replace(/^(?:module\.)?exports\.?/, '').replace(/\.prototype(?=\.)/, '')
  return text === '' ? WHOLE : text.startsWith('this.') ? undefined : text
}

/** `Object.defineProperty(exports, 'a', …)` declares `a`, of `A` or `A.prototype` it declares `A.a`. */
function definedName({ expression, arguments: given }: ts.CallExpression): string | undefined {
  const [object, key] = given
  const isDefine = ts.isPropertyAccessExpression(expression) && expression.getText() === 'Object.defineProperty'
  const isJavaScript = (expression.flags & ts.NodeFlags.JavaScriptFile) !== 0
  if (!isJavaScript || !isDefine || object === undefined || key === undefined || !ts.isStringLiteralLike(key))
    return undefined
  return /^[\w$.]+$/.test(object.getText()) ? assignedPath(`${object.getText()}.${key.text}`) : undefined
}
