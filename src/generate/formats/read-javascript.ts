/**
 * Reads the literal parts of the default export of a JavaScript or TypeScript module: literals, and constants and
 * functions at the top of the same file that evaluate to literals. Nothing is run; anything else is `undefined`.
 */

import { createRequire } from 'node:module'
import type typescript from 'typescript'

export type Literal = string | number | boolean | null | undefined | Literal[] | { [key: string]: Literal }

/** Loaded lazily, because few repositories have such a configuration. Loaded with `require`, like `analyse/compiler.mjs`. */
let ts: typeof typescript

const MAX_CHARACTERS = 300_000
const MAX_DEPTH = 60
/** Limit on nested brackets, over which the parser recurses. */
const MAX_BRACKETS = 200
/** Limit on the values made from one file: constants may be used many times. */
const MAX_VALUES = 50_000

/** Call before the first reading under a time limit, which would leave a compiler that is loaded in part. */
export function loadJavaScriptReader(): void {
  ts ??= createRequire(import.meta.url)('typescript')
}

/** @param name - The file's name; its extension determines the language. */
export function readJavaScript(text: string, name: string): Literal {
  if (text.length > MAX_CHARACTERS || isTooDeep(text)) return undefined
  loadJavaScriptReader()
  const kind = /\.[cm]?tsx?$/.test(name) ? ts.ScriptKind.TS : ts.ScriptKind.JS
  try {
    return new Module(ts.createSourceFile('config', text, ts.ScriptTarget.Latest, false, kind)).value()
  } catch (error) {
    // The text is nested too deeply for the parser's stack.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1)
    if (depth > MAX_BRACKETS) return true
  }
  return false
}

type Callable = typescript.FunctionDeclaration | typescript.ArrowFunction

class Module {
  /** The constants and functions at the top of the file. */
  readonly #declared = new Map<string, typescript.Expression | typescript.FunctionDeclaration>()
  readonly #source: typescript.SourceFile
  /** The names that functions declare themselves: parameters and locals. */
  readonly #locals = new Map<Callable, ReadonlySet<string>>()
  #remainingValues = MAX_VALUES

  constructor(source: typescript.SourceFile) {
    this.#source = source
    for (const statement of source.statements) {
      if (ts.isVariableStatement(statement)) {
        if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue
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

  /** @param within - The function whose result is read, if any: its parameters and locals have no known values. */
  #read(node: typescript.Expression, depth: number, within?: Callable): Literal {
    this.#remainingValues -= 1
    if (depth > MAX_DEPTH || this.#remainingValues < 0) return undefined
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
      return this.#read(node.expression, depth + 1, within)
    if (ts.isArrayLiteralExpression(node)) return this.#list(node, depth, within)
    if (ts.isObjectLiteralExpression(node)) return this.#object(node, depth, within)
    if (ts.isIdentifier(node)) {
      const declared = this.#find(node.text, within)
      return declared === undefined || ts.isFunctionDeclaration(declared) ? undefined : this.#read(declared, depth + 1)
    }
    if (ts.isCallExpression(node)) return this.#call(node, depth, within)
    return undefined
  }

  /** The value of a name at the top of the file, unless a function has a parameter or local of that name. */
  #find(
    name: string,
    within: Callable | undefined,
  ): typescript.Expression | typescript.FunctionDeclaration | undefined {
    if (within !== undefined && this.#localsOf(within).has(name)) return undefined
    return this.#declared.get(name)
  }

  #localsOf(callable: Callable): ReadonlySet<string> {
    let names = this.#locals.get(callable)
    if (names === undefined) {
      names = namesDeclaredIn(callable)
      this.#locals.set(callable, names)
    }
    return names
  }

  #list(node: typescript.ArrayLiteralExpression, depth: number, within: Callable | undefined): Literal[] {
    return node.elements.flatMap((element): Literal[] => {
      if (!ts.isSpreadElement(element)) return [this.#read(element, depth + 1, within)]
      const inside = this.#read(element.expression, depth + 1, within)
      return Array.isArray(inside) ? inside : []
    })
  }

  #object(
    node: typescript.ObjectLiteralExpression,
    depth: number,
    within: Callable | undefined,
  ): { [key: string]: Literal } {
    const entries = new Map<string, Literal>()
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) {
        const { name } = property
        const key =
          ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined
        if (key !== undefined) entries.set(key, this.#read(property.initializer, depth + 1, within))
      } else if (ts.isShorthandPropertyAssignment(property)) {
        entries.set(property.name.text, this.#read(property.name, depth + 1, within))
      } else if (ts.isSpreadAssignment(property)) {
        const inside = this.#read(property.expression, depth + 1, within)
        if (typeof inside === 'object' && inside !== null && !Array.isArray(inside))
          for (const [key, value] of Object.entries(inside)) entries.set(key, value)
      }
    }
    return Object.fromEntries(entries)
  }

  /**
   * A call of a function in this file gives its result. A call of an unknown function gives its first argument if that
   * is an object or a list, as in `defineConfig({…})`, and `require.resolve` the path as it is written.
   */
  #call(node: typescript.CallExpression, depth: number, within: Callable | undefined): Literal {
    const { expression, arguments: given } = node
    if (isRequireResolve(expression))
      return given[0] === undefined ? undefined : this.#read(given[0], depth + 1, within)
    if (!ts.isIdentifier(expression)) return undefined
    const called = this.#find(expression.text, within)
    if (called !== undefined && (ts.isFunctionDeclaration(called) || ts.isArrowFunction(called)))
      return this.#result(called, depth)
    const value = given[0] === undefined ? undefined : this.#read(given[0], depth + 1, within)
    return typeof value === 'object' && value !== null ? value : undefined
  }

  #result(callable: Callable, depth: number): Literal {
    const { body } = callable
    if (body === undefined) return undefined
    if (!ts.isBlock(body)) return this.#read(body, depth + 1, callable)
    const last = body.statements.at(-1)
    const result = last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined
    return result === undefined ? undefined : this.#read(result, depth + 1, callable)
  }
}

function isRequireResolve(node: typescript.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'resolve' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'require'
  )
}

/** The names of parameters and locals, also of nested functions. */
function namesDeclaredIn(callable: Callable): ReadonlySet<string> {
  const names = new Set<string>()
  const pending: typescript.Node[] = [...callable.parameters, ...(callable.body === undefined ? [] : [callable.body])]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const name =
      ts.isParameter(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node)
        ? node.name
        : undefined
    if (name !== undefined && ts.isIdentifier(name)) names.add(name.text)
    ts.forEachChild(node, (child) => void pending.push(child))
  }
  return names
}
