/**
 * Finds the environment variables and configuration keys that a file reads. Candidates are collected during the walk
 * over the tree and evaluated at its end, because an alias or constant may be declared after its use.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { findScriptOptions } from '#generate/analyse/options/script-options.ts'
import { patternOf } from '#generate/analyse/reads/computed-names.ts'
import {
  type Argument,
  type DirectRead,
  type FileReads,
  type Forwarding,
  isKeyName,
  isShouted,
  isVariableName,
  type KeyDefinition,
  MAX_ARGUMENTS,
  MAX_READS,
  mayRead,
  type NamingCall,
  NO_READS,
  type ReadingFunction,
  soundsLikeReading,
} from '#generate/analyse/reads/file-reads.ts'
import { looseForm } from '#generate/analyse/reads/forms.ts'
import { functionWith, returnedParameter } from './enclosing-functions.ts'
import { literalOf, stringOf, unwrapped } from './literals.ts'

const { SyntaxKind } = ts

export const KINDS_THAT_READ: readonly ts.SyntaxKind[] = [
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.BinaryExpression,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ImportDeclaration,
]

/** Variables set by build tools, not by operators. */
const SET_BY_BUILD = /^(?:DEV|PROD|MODE|SSR|BASE_URL)$/
const MAX_CANDIDATES = 50_000

/** Whether an expression is the environment itself, such as `process.env`, without regard to aliases. */
function isEnvironment(node: ts.Expression): boolean {
  const inner = unwrapped(node)
  const name = ts.isPropertyAccessExpression(inner)
    ? inner.name.text
    : ts.isElementAccessExpression(inner)
      ? stringOf(inner.argumentExpression)
      : null
  if (name !== 'env' || (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner))) return false
  const object = unwrapped(inner.expression)
  if (ts.isMetaProperty(object)) return true
  if (ts.isIdentifier(object)) return object.text === 'process' || object.text === 'Bun'
  return (
    ts.isPropertyAccessExpression(object) &&
    object.name.text === 'process' &&
    ts.isIdentifier(object.expression) &&
    /^(?:globalThis|global|window|self)$/.test(object.expression.text)
  )
}

export class ReadScan {
  readonly #tree: ts.SourceFile
  readonly #isOn: boolean
  readonly #candidates: ts.Node[] = []
  /** Variables that hold the environment. */
  readonly #aliases = new Set<string>()
  readonly #constants = new Map<string, string | null>()
  readonly #reads: DirectRead[] = []
  readonly #functions: ReadingFunction[] = []
  readonly #calls: NamingCall[] = []
  readonly #forwards: Forwarding[] = []
  readonly #definitions: KeyDefinition[] = []

  constructor(tree: ts.SourceFile) {
    this.#tree = tree
    this.#isOn = mayRead(tree.text)
  }

  visit(node: ts.Node): void {
    if (this.#isOn && this.#candidates.length < MAX_CANDIDATES && mayMatter(node)) this.#candidates.push(node)
  }

  /** Call once, after the walk. */
  finish(): FileReads {
    const reads = this.#finish()
    const options = findScriptOptions(this.#tree)
    return options === undefined ? reads : { ...reads, options }
  }

  #finish(): FileReads {
    for (const node of this.#candidates) this.#noteAliases(node)
    for (const node of this.#candidates) this.#look(node)
    const all = [this.#reads, this.#functions, this.#calls, this.#forwards, this.#definitions]
    if (all.every(({ length }) => length === 0)) return NO_READS
    return {
      reads: this.#reads.sort((a, b) => a.line - b.line),
      functions: this.#functions,
      calls: this.#calls,
      forwards: this.#forwards,
      definitions: this.#definitions,
    }
  }

  #noteAliases(node: ts.Node): void {
    if (ts.isImportDeclaration(node)) this.#noteImport(node)
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return
    const { name, initializer } = node
    if (ts.isIdentifier(name)) {
      if (isEnvironment(initializer)) this.#aliases.add(name.text)
      const isConstant = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0
      const held = isConstant ? stringOf(initializer) : null
      if (held !== null || this.#constants.has(name.text))
        this.#constants.set(name.text, this.#constants.has(name.text) ? null : held)
    } else if (ts.isObjectBindingPattern(name) && ts.isIdentifier(initializer) && initializer.text === 'process') {
      for (const element of name.elements)
        if (nameOfElement(element) === 'env' && ts.isIdentifier(element.name)) this.#aliases.add(element.name.text)
    }
  }

  #noteImport({ moduleSpecifier, importClause }: ts.ImportDeclaration): void {
    const module = stringOf(moduleSpecifier) ?? ''
    const bindings = importClause?.namedBindings
    if (bindings === undefined || !ts.isNamedImports(bindings)) return
    const isStatic = /^\$env\/static\/(?:private|public)$/.test(module)
    if (!isStatic && !/^(?:node:)?process$|^\$env\/dynamic\/(?:private|public)$/.test(module)) return
    for (const { name, propertyName } of bindings.elements) {
      const imported = (propertyName ?? name).text
      if (isStatic) this.#add(imported, null, (propertyName ?? name).getStart(this.#tree))
      else if (imported === 'env') this.#aliases.add(name.text)
    }
  }

  #look(node: ts.Node): void {
    if (this.#reads.length >= MAX_READS) return
    if (ts.isPropertyAccessExpression(node)) {
      const isMethod = ts.isCallExpression(node.parent) && node.parent.expression === node
      if (!isMethod && ts.isIdentifier(node.name) && this.#isEnvironment(node.expression))
        this.#readNamed(node, node.name.text, node.name)
    } else if (ts.isElementAccessExpression(node)) {
      if (this.#isEnvironment(node.expression)) this.#readBy(node, node.argumentExpression, undefined)
      else this.#lookAtKey(node)
    } else if (ts.isCallExpression(node)) this.#lookAtCall(node)
    else if (ts.isVariableDeclaration(node) || ts.isParameter(node)) this.#destructure(node)
    else if (ts.isBinaryExpression(node)) {
      const name = stringOf(node.left)
      if (name !== null && isVariableName(name) && this.#isEnvironment(node.right))
        this.#add(name, null, node.left.getStart(this.#tree))
    } else if (ts.isPropertyAssignment(node) && this.#definitions.length < MAX_READS) {
      const name = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : ''
      if (isKeyName(name))
        this.#definitions.push({
          name,
          value: literalOf(node.initializer),
          line: this.#lineAt(node.name.getStart(this.#tree)),
        })
    }
  }

  #isEnvironment(node: ts.Expression): boolean {
    const inner = unwrapped(node)
    if (ts.isIdentifier(inner)) return this.#aliases.has(inner.text) && functionWith(inner, inner.text) === undefined
    return isEnvironment(inner)
  }

  #readNamed(node: ts.Expression, name: string, at: ts.Node): void {
    if (!isVariableName(name) || isWritten(node)) return
    const { expression } = node as ts.PropertyAccessExpression
    const object = unwrapped(expression)
    const isMeta = ts.isPropertyAccessExpression(object) && ts.isMetaProperty(unwrapped(object.expression))
    if (isMeta && SET_BY_BUILD.test(name)) return
    this.#add(name, literalOf(defaultOf(node)), at.getStart(this.#tree))
  }

  /** A read whose name is an expression: a literal, a constant or a parameter. */
  #readBy(node: ts.Expression, name: ts.Expression, given: ts.Expression | undefined): void {
    const written = stringOf(name)
    if (written !== null) {
      if (!isVariableName(written) || isWritten(node)) return
      this.#add(written, literalOf(given ?? defaultOf(node)), name.getStart(this.#tree))
      return
    }
    if (isWritten(node)) return
    const { identifier, prefix } = namedBy(name)
    const fallback = given ?? defaultOf(node)
    const around = identifier === undefined ? undefined : functionWith(identifier, identifier.text)
    if (around === undefined && /^[A-Z][A-Z0-9_]*_$/.test(prefix))
      this.#add(patternOf(prefix), literalOf(fallback), name.getStart(this.#tree), prefix)
    if (identifier === undefined) return
    if (around !== undefined) {
      const parameter = { name: identifier.text, index: around.parameters.indexOf(identifier.text) }
      const value = literalOf(fallback)
      const passed = fallback === undefined ? undefined : unwrapped(fallback)
      const other =
        passed !== undefined && ts.isIdentifier(passed)
          ? passed.text
          : value === null
            ? returnedParameter(around, identifier.text)
            : undefined
      const index = other === undefined ? -1 : around.parameters.indexOf(other)
      this.#functions.push({
        name: around.name,
        line: this.#lineAt(node.getStart(this.#tree)),
        kind: 'environment',
        parameter,
        default: value,
        defaultParameter: other === undefined || index < 0 ? null : { name: other, index },
        prefix,
        written: identifier.text,
      })
      return
    }
    const held = prefix === '' ? this.#constants.get(identifier.text) : undefined
    if (held != null && isVariableName(held))
      this.#add(held, literalOf(fallback), identifier.getStart(this.#tree), identifier.text)
  }

  /** `const { HOME, PORT = '80' } = process.env` */
  #destructure({ name, initializer }: ts.VariableDeclaration | ts.ParameterDeclaration): void {
    if (initializer === undefined || !ts.isObjectBindingPattern(name) || !this.#isEnvironment(initializer)) return
    for (const element of name.elements) {
      const variable = nameOfElement(element)
      if (element.dotDotDotToken === undefined && variable !== undefined && isVariableName(variable))
        this.#add(variable, literalOf(element.initializer), (element.propertyName ?? element.name).getStart(this.#tree))
    }
  }

  #lookAtKey(node: ts.ElementAccessExpression): void {
    const key = stringOf(node.argumentExpression)
    if (key === null || !isKeyName(key) || looseForm(`${pathOf(node.expression)}[`) === undefined || isWritten(node))
      return
    this.#add(key, literalOf(defaultOf(node)), node.argumentExpression.getStart(this.#tree), key, true)
  }

  #lookAtCall(node: ts.CallExpression): void {
    const [first, second] = node.arguments
    if (first === undefined) return
    const path = pathOf(node.expression)
    if (/^Deno\.env\.(?:get|has)$/.test(path)) {
      this.#readBy(node, first, undefined)
      return
    }
    const key = stringOf(first)
    if (key !== null && isKeyName(key) && /[cC]onfig|[sS]etting|conf\./.test(path)) {
      const form = looseForm(`${path.replace(/Service\./, '.')}(`)
      if (form !== undefined) {
        this.#add(key, literalOf(second) ?? literalOf(defaultOf(node)), first.getStart(this.#tree), key, true)
        return
      }
    }
    this.#noteCall(node, path)
  }

  #noteCall(node: ts.CallExpression, path: string): void {
    const callee = path.slice(path.lastIndexOf('.') + 1)
    if (callee === '' || this.#calls.length >= MAX_READS || this.#forwards.length >= MAX_READS) return
    const sounds = soundsLikeReading(callee)
    const given = node.arguments.slice(0, MAX_ARGUMENTS)
    const fits = (text: string): boolean => isShouted(text) || (sounds && isVariableName(text))
    const isNaming = given.some((one) => {
      const text = stringOf(one)
      return text !== null && fits(text)
    })
    const around = sounds
      ? given
          .map((one) => (ts.isIdentifier(one) ? functionWith(one, one.text) : undefined))
          .find((one) => one !== undefined)
      : undefined
    if (!isNaming && around === undefined) return
    const args = given.map((one): Argument => {
      const index = ts.isIdentifier(one) ? (around?.parameters.indexOf(one.text) ?? -1) : -1
      const parameter = ts.isIdentifier(one) && index >= 0 ? { name: one.text, index } : null
      return { label: null, value: literalOf(one), parameter }
    })
    const isOwn =
      ts.isPropertyAccessExpression(node.expression) && node.expression.expression.kind === SyntaxKind.ThisKeyword
    const line = this.#lineAt(given[0]?.getStart(this.#tree) ?? 0)
    if (isNaming) this.#calls.push({ callee, isOwn, args, line })
    if (around !== undefined) this.#forwards.push({ name: around.name, callee, isOwn, args, line })
  }

  #add(name: string, fallback: string | null, at: number, written = name, isLoose = false): void {
    const kind = isLoose ? 'configuration' : 'environment'
    const read: DirectRead = { kind, name, default: fallback, line: this.#lineAt(at), written }
    this.#reads.push(isLoose ? { ...read, isLoose } : read)
  }

  #lineAt(offset: number): number {
    return this.#tree.getLineAndCharacterOfPosition(offset).line + 1
  }
}

/** A quick test by the node itself. */
function mayMatter(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === SyntaxKind.InKeyword
  if (ts.isPropertyAccessExpression(node)) {
    const { expression } = node
    return ts.isIdentifier(expression) || !ts.isPropertyAccessExpression(expression) || expression.name.text === 'env'
      ? !ts.isCallExpression(expression)
      : false
  }
  if (ts.isCallExpression(node))
    return (
      node.arguments.length > 0 && (ts.isIdentifier(node.expression) || ts.isPropertyAccessExpression(node.expression))
    )
  if (ts.isParameter(node)) return node.initializer !== undefined && ts.isObjectBindingPattern(node.name)
  return true
}

/** The name of the property that an element of a pattern binds. */
function nameOfElement({ propertyName, name }: ts.BindingElement): string | undefined {
  const taken = propertyName ?? name
  return ts.isIdentifier(taken) || ts.isStringLiteral(taken) ? taken.text : undefined
}

/** `a.b.c`; '' if the expression is not a path of names. */
function pathOf(node: ts.Expression): string {
  const names: string[] = []
  let at: ts.Expression = unwrapped(node)
  for (let depth = 0; depth < 6; depth++) {
    if (ts.isIdentifier(at)) return [at.text, ...names.reverse()].join('.')
    if (at.kind === SyntaxKind.ThisKeyword) return names.reverse().join('.')
    if (!ts.isPropertyAccessExpression(at)) break
    names.push(at.name.text)
    at = unwrapped(at.expression)
  }
  return names.reverse().join('.')
}

/** True if the value is assigned or deleted, not read. */
function isWritten(node: ts.Expression): boolean {
  const { around, inner } = outOf(node)
  if (ts.isDeleteExpression(around)) return true
  if (!ts.isBinaryExpression(around) || around.left !== inner) return false
  return around.operatorToken.kind === SyntaxKind.EqualsToken
}

/** The fallback in `a ?? 'b'`, `a || 'b'`, `a ? a : 'b'`. */
function defaultOf(node: ts.Expression): ts.Expression | undefined {
  const { around, inner } = outOf(node)
  if (ts.isConditionalExpression(around)) return around.whenTrue === inner ? around.whenFalse : undefined
  if (!ts.isBinaryExpression(around) || around.left !== inner) return undefined
  switch (around.operatorToken.kind) {
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
      return around.right
    default:
      return undefined
  }
}

/** The first node around an expression that is more than parentheses or a type assertion. */
function outOf(node: ts.Expression): { around: ts.Node; inner: ts.Node } {
  let inner: ts.Node = node
  let around: ts.Node = node.parent
  for (let depth = 0; depth < 10; depth++) {
    if (!ts.isParenthesizedExpression(around) && !ts.isAsExpression(around) && !ts.isNonNullExpression(around)) break
    inner = around
    around = around.parent
  }
  return { around, inner }
}

/** An identifier with an optional prefix: `name`, `` `APP_${name}` ``, `'APP_' + name`. */
function namedBy(node: ts.Expression): { identifier: ts.Identifier | undefined; prefix: string } {
  const inner = unwrapped(node)
  if (ts.isIdentifier(inner)) return { identifier: inner, prefix: '' }
  if (ts.isTemplateExpression(inner) && inner.templateSpans.length === 1) {
    const [span] = inner.templateSpans
    if (span !== undefined && ts.isIdentifier(span.expression) && span.literal.text === '')
      return { identifier: span.expression, prefix: inner.head.text }
  }
  if (ts.isTemplateExpression(inner)) return { identifier: undefined, prefix: inner.head.text }
  if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === SyntaxKind.PlusToken) {
    const prefix = stringOf(inner.left)
    if (prefix !== null) return { identifier: ts.isIdentifier(inner.right) ? inner.right : undefined, prefix }
  }
  return { identifier: undefined, prefix: '' }
}
