/** Finds the functions of a file that never return: those declared so, `function fail(): never`, and `exit` imported from `node:process`. */

import { ts } from '#generate/analyse/compiler.mjs'

const { SyntaxKind } = ts
/** The result of a signature or function type; `T extends U ? V : never` is far more common. */
const MENTION = /(?:\)\s{0,4}:|=>)\s{0,4}never\b/

export class NeverFunctions {
  /** Names of functions; methods have a dot before them. */
  readonly #never = new Set<string>()
  readonly #returning = new Set<string>()
  readonly #classes = new Set<string>()
  /** Local names of imported functions that end the program. */
  readonly #ends: ReadonlySet<string>

  constructor(tree: ts.SourceFile) {
    this.#ends = new Set(tree.statements.flatMap(importedEnds))
    if (!MENTION.test(tree.text)) return
    const pending: ts.Node[] = [tree]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      this.#declare(node)
      ts.forEachChild(node, (child) => void pending.push(child))
    }
  }

  /** Whether a call of this expression never returns. Methods are known by the name of their class, or `this`. */
  has(callee: ts.Node): boolean {
    if (this.#never.size === 0) return false
    if (ts.isIdentifier(callee)) return this.#hasName(callee.text)
    if (!ts.isPropertyAccessExpression(callee)) return false
    const { expression, name } = callee
    const isOwn =
      expression.kind === SyntaxKind.ThisKeyword || (ts.isIdentifier(expression) && this.#classes.has(expression.text))
    return isOwn && this.#hasName(`.${name.text}`)
  }

  /** Whether a call of this expression ends the program. */
  ends(callee: ts.Node): boolean {
    return ts.isIdentifier(callee) && this.#ends.has(callee.text)
  }

  #hasName(name: string): boolean {
    return this.#never.has(name) && !this.#returning.has(name)
  }

  #declare(node: ts.Node): void {
    if (ts.isClassDeclaration(node) && node.name !== undefined) this.#classes.add(node.name.text)
    else if (ts.isFunctionDeclaration(node)) this.#add(node.name?.text, node.type)
    else if (ts.isMethodDeclaration(node) && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name)))
      this.#add(`.${node.name.text}`, node.type)
    else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      const { type, initializer } = node
      const isFunction =
        initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      this.#add(
        node.name.text,
        type !== undefined && ts.isFunctionTypeNode(type) ? type.type : isFunction ? initializer.type : undefined,
      )
    }
  }

  #add(name: string | undefined, result: ts.Node | undefined): void {
    if (name !== undefined) (result?.kind === SyntaxKind.NeverKeyword ? this.#never : this.#returning).add(name)
  }
}

/** `import { exit } from 'node:process'` */
function importedEnds(statement: ts.Statement): string[] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
  const bindings = statement.importClause?.namedBindings
  if (!/^(?:node:)?process$/.test(statement.moduleSpecifier.text) || bindings === undefined) return []
  if (!ts.isNamedImports(bindings)) return []
  return bindings.elements.flatMap(({ name, propertyName = name }) =>
    propertyName.text === 'exit' || propertyName.text === 'abort' ? [name.text] : [],
  )
}
