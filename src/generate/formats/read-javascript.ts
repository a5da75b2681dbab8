/**
 * Reads the literal parts of the default export of a JavaScript or TypeScript module: literals, and constants and
 * functions of the same file that evaluate to literals. Nothing is run; anything else is `undefined`.
 */

import { createRequire } from 'node:module'
import type typescript from 'typescript'

export type Literal = string | number | boolean | null | undefined | Literal[] | { [key: string]: Literal }

/** Loaded when a configuration is read, which is rare. Loaded with `require`, like `analyse/compiler.mjs`. */
let ts: typeof typescript

const MAX_CHARACTERS = 300_000
const MAX_DEPTH = 60
/** Limit on nested brackets, over which the parser recurses. */
const MAX_BRACKETS = 200
/** Limit on the values made from one file: constants may be used many times. */
const MAX_VALUES = 50_000

/** @param name - The file's name; its extension determines the language. */
export function readJavaScript(text: string, name: string): Literal {
  if (text.length > MAX_CHARACTERS || isTooDeep(text)) return undefined
  ts ??= loadCompiler()
  const kind = /\.[cm]?tsx?$/.test(name) ? ts.ScriptKind.TS : ts.ScriptKind.JS
  const source = ts.createSourceFile('config', text, ts.ScriptTarget.Latest, false, kind)
  return new Module(source).value()
}

/** A time limit may end the first load, which leaves a part of the module behind. */
function loadCompiler(): typeof typescript {
  const require = createRequire(import.meta.url)
  const found: Partial<typeof typescript> = require('typescript')
  if (found.version !== undefined && found.createSourceFile !== undefined && found.ScriptKind !== undefined)
    return found as typeof typescript
  delete require.cache[require.resolve('typescript')]
  return require('typescript')
}

function isTooDeep(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    if (depth > MAX_BRACKETS) return true
  }
  // Operators and tags nest without brackets.
  return /(?:[-!~+]\s?){200}|(?:=>\s*[\w$]+\s*){200}/.test(text)
}

class Module {
  readonly #declared = new Map<string, typescript.Expression | typescript.FunctionDeclaration>()
  readonly #source: typescript.SourceFile
  #left = MAX_VALUES

  constructor(source: typescript.SourceFile) {
    this.#source = source
    for (const statement of source.statements) {
      if (ts.isVariableStatement(statement)) {
        for (const { name, initializer } of statement.declarationList.declarations)
          if (ts.isIdentifier(name) && initializer !== undefined) this.#declared.set(name.text, initializer)
      } else if (ts.isFunctionDeclaration(statement) && statement.name !== undefined)
        this.#declared.set(statement.name.text, statement)
    }
  }

  value(): Literal {
    for (const statement of this.#source.statements) {
      if (ts.isExportAssignment(statement)) return this.#read(statement.expression, 0)
      if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue
      const { left, right } = statement.expression
      if (ts.isPropertyAccessExpression(left) && left.name.text === 'exports') return this.#read(right, 0)
    }
    return undefined
  }

  #read(node: typescript.Expression, depth: number): Literal {
    this.#left -= 1
    if (depth > MAX_DEPTH || this.#left < 0) return undefined
    if (ts.isStringLiteralLike(node)) return node.text
    if (ts.isNumericLiteral(node)) return Number(node.text)
    if (node.kind === ts.SyntaxKind.TrueKeyword) return true
    if (node.kind === ts.SyntaxKind.FalseKeyword) return false
    if (node.kind === ts.SyntaxKind.NullKeyword) return null
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isAwaitExpression(node)
    )
      return this.#read(node.expression, depth + 1)
    if (ts.isArrayLiteralExpression(node)) return this.#list(node, depth)
    if (ts.isObjectLiteralExpression(node)) return this.#object(node, depth)
    if (ts.isIdentifier(node)) {
      const declared = this.#declared.get(node.text)
      return declared === undefined || ts.isFunctionDeclaration(declared) ? undefined : this.#read(declared, depth + 1)
    }
    if (ts.isCallExpression(node)) return this.#call(node, depth)
    return undefined
  }

  #list(node: typescript.ArrayLiteralExpression, depth: number): Literal[] {
    return node.elements.flatMap((element): Literal[] => {
      if (!ts.isSpreadElement(element)) return [this.#read(element, depth + 1)]
      const inside = this.#read(element.expression, depth + 1)
      return Array.isArray(inside) ? inside : []
    })
  }

  #object(node: typescript.ObjectLiteralExpression, depth: number): { [key: string]: Literal } {
    const entries = new Map<string, Literal>()
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) {
        const { name } = property
        const key =
          ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined
        if (key !== undefined) entries.set(key, this.#read(property.initializer, depth + 1))
      } else if (ts.isShorthandPropertyAssignment(property)) {
        entries.set(property.name.text, this.#read(property.name, depth + 1))
      } else if (ts.isSpreadAssignment(property)) {
        const inside = this.#read(property.expression, depth + 1)
        if (typeof inside === 'object' && inside !== null && !Array.isArray(inside))
          for (const [key, value] of Object.entries(inside)) entries.set(key, value)
      }
    }
    return Object.fromEntries(entries)
  }

  /** Calls of a function in this file give its result; other calls give their first argument: `defineConfig({…})`. */
  #call({ expression, arguments: given }: typescript.CallExpression, depth: number): Literal {
    const called = ts.isIdentifier(expression) ? this.#declared.get(expression.text) : undefined
    if (called === undefined) return given[0] === undefined ? undefined : this.#read(given[0], depth + 1)
    if (!ts.isFunctionDeclaration(called) && !ts.isArrowFunction(called)) return undefined
    if (called.body === undefined) return undefined
    if (!ts.isBlock(called.body)) return this.#read(called.body, depth + 1)
    const last = called.body.statements.at(-1)
    const result = last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined
    return result === undefined ? undefined : this.#read(result, depth + 1)
  }
}
