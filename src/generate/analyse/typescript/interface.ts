/**
 * What other files can know of a file: all of it but comments and the bodies of functions that say what they return.
 * Anything in doubt counts as known, so that two files with one interface are the same for everybody else.
 */

import { createHash } from 'node:crypto'
import { ts } from '#generate/analyse/compiler.mjs'

/** A body that nobody outside sees into. */
export class HiddenBody {
  /** Members defined in it. */
  readonly names = new Set<string>()
  readonly guardedNames = new Set<string>()
  readonly node: ts.Node
  readonly #outer: ReadonlySet<string>
  /** It changes what stands around it, which may change types there. */
  isOpen = false

  constructor(node: ts.Node, outer: ReadonlySet<string>) {
    this.node = node
    this.#outer = outer
  }

  visit(node: ts.Node): void {
    if (this.isOpen) return
    const target = writtenBy(node)
    if (target === undefined) return
    const root = rootOf(target)
    if (ts.isIdentifier(root)) this.isOpen = this.#outer.has(root.text)
    else if (root.kind !== ts.SyntaxKind.ThisKeyword && root.kind !== ts.SyntaxKind.SuperKeyword) this.isOpen = true
  }
}

/** The bodies of a file that may be left out, found before its nodes are visited. */
export class HiddenBodies {
  readonly #bodies = new Map<ts.Node, HiddenBody>()

  /** @param isSplit - False for a file that counts as a whole. */
  constructor(tree: ts.SourceFile, isSplit: boolean) {
    if (!isSplit) return
    const outer = new Set<string>()
    const pending: ts.Node[] = [tree]
    const add = (node: ts.Node | undefined): void => {
      const body = node === undefined ? undefined : hiddenBodyOf(node)
      if (body !== undefined) this.#bodies.set(body, new HiddenBody(body, outer))
    }
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (ts.isSourceFile(node) || ts.isModuleBlock(node))
        for (const statement of node.statements) pending.push(statement)
      else if (ts.isModuleDeclaration(node)) {
        if (node.body !== undefined) pending.push(node.body)
      } else if (ts.isFunctionDeclaration(node)) {
        if (node.name !== undefined) outer.add(node.name.text)
        add(node)
      } else if (ts.isVariableStatement(node)) {
        for (const { name, initializer } of node.declarationList.declarations) {
          addNames(name, outer)
          add(initializer)
        }
      } else if (ts.isClassDeclaration(node)) {
        if (node.name !== undefined) outer.add(node.name.text)
        for (const member of node.members) add(ts.isPropertyDeclaration(member) ? member.initializer : member)
      }
    }
  }

  at(node: ts.Node): HiddenBody | undefined {
    return this.#bodies.get(node)
  }

  /** Those that turned out not to be hidden. */
  open(): HiddenBody[] {
    return [...this.#bodies.values()].filter((body) => body.isOpen)
  }

  /** In order of the text. */
  hidden(): ts.Node[] {
    const closed = [...this.#bodies.values()].filter((body) => !body.isOpen).map((body) => body.node)
    return closed.sort((a, b) => a.pos - b.pos)
  }
}

/**
 * @param literals - What may look like a comment and is none, as starts and ends in turn, in any order.
 * @param isWhole - For a file whose comments may be types, and for one with errors.
 */
export function interfaceOf(
  tree: ts.SourceFile,
  bodies: HiddenBodies,
  literals: readonly ts.TextRange[],
  isWhole: boolean,
): string {
  const hash = createHash('sha256')
  if (isWhole) return hash.update(tree.text).digest('base64')
  const hidden = bodies.hidden().map(({ pos, end }) => ({ pos, end, isHidden: true }))
  const kept = literals.map(({ pos, end }) => ({ pos, end, isHidden: false }))
  let at = 0
  for (const { pos, end, isHidden } of [...hidden, ...kept].sort((a, b) => a.pos - b.pos)) {
    if (pos < at) continue
    hash.update(withoutComments(`${at === 0 ? '\n' : ''}${tree.text.slice(at, pos)}`))
    hash.update(isHidden ? '\0' : tree.text.slice(pos, end))
    at = end
  }
  return hash.update(withoutComments(`${at === 0 ? '\n' : ''}${tree.text.slice(at)}\n`)).digest('base64')
}

/** Tokens with one space or line break between them; comments that speak to the compiler stay. */
function withoutComments(text: string): string {
  return text.replace(BETWEEN_TOKENS, (found) => {
    const directives = DIRECTIVE.test(found) ? found : ''
    return directives + (found.includes('\n') ? '\n' : ' ')
  })
}

const BETWEEN_TOKENS = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/g
/** Tags that hide are here because of what they hide there is less to find. */
const DIRECTIVE = /\/\/\/|@(?:ts-|jsx|private|internal|hidden|ignore)/

/** Tokens in which two slashes are no comment. */
export const TEXT_TOKENS: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.JsxText,
]

/** The kinds of nodes that may open a hidden body. */
export const KINDS_THAT_WRITE: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.BinaryExpression,
  ts.SyntaxKind.PostfixUnaryExpression,
  ts.SyntaxKind.PrefixUnaryExpression,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
]

/** The body of a function that says what it returns, or that returns nothing. */
function hiddenBodyOf(node: ts.Node): ts.Node | undefined {
  if (ts.isSetAccessorDeclaration(node)) return node.body
  const isFunction =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node)
  return isFunction && node.type !== undefined ? node.body : undefined
}

function addNames(name: ts.BindingName, names: Set<string>): void {
  const pending: ts.BindingName[] = [name]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (ts.isIdentifier(next)) names.add(next.text)
    else for (const element of next.elements) if (ts.isBindingElement(element)) pending.push(element.name)
  }
}

/** What a node gives a new value. */
function writtenBy(node: ts.Node): ts.Node | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    const isWrite = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
    return isWrite ? node.left : undefined
  }
  if (ts.isPostfixUnaryExpression(node)) return node.operand
  if (ts.isPrefixUnaryExpression(node)) {
    const isWrite = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
    return isWrite ? node.operand : undefined
  }
  if (!ts.isForInStatement(node) && !ts.isForOfStatement(node)) return undefined
  return ts.isVariableDeclarationList(node.initializer) ? undefined : node.initializer
}

function rootOf(node: ts.Node): ts.Node {
  let current = node
  while (
    ts.isPropertyAccessExpression(current) ||
    ts.isElementAccessExpression(current) ||
    ts.isNonNullExpression(current) ||
    ts.isParenthesizedExpression(current) ||
    ts.isAsExpression(current)
  ) {
    current = current.expression
  }
  return current
}
