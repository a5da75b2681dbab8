/** What the oracle of TypeScript calls things: the qualified name of a declaration, and of what a place is in. */

import ts from 'typescript'

/** The names of what a node is declared in, outermost first, and its own. Functions without a name add nothing. */
export function qualifiedName(node: ts.Node): string {
  const parts: string[] = []
  for (let at: ts.Node | undefined = node; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
    const name = nameOf(at)
    if (name !== undefined && name !== '') parts.push(name)
  }
  return parts.reverse().join('.')
}

/** What declares a name, by its own name; `undefined` for what declares none. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isExportAssignment(node)) return node.isExportEquals === true ? 'export=' : 'default'
  if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name === undefined) return 'default'
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || isOfVariable(node)) return undefined
    const isNamed = ts.isFunctionExpression(node.right) && node.right.name !== undefined
    const name = assignedName(node.left)
    return isNamed && name === 'module.exports' ? node.right.name.text : name
  }
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
  return ts.isComputedPropertyName(name) ? `[${name.expression.getText()}]` : undefined
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
  const text = left
    .getText()
    .replace(/^(?:module\.)?exports\.?/, '')
    .replace(/\.prototype(?=\.)/, '')
  return text === '' ? 'module.exports' : text.startsWith('this.') ? undefined : text
}
