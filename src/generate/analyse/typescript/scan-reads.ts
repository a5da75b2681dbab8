/**
 * Finds the environment variables and configuration keys that a file reads. Candidates are collected during the walk
 * over the tree and evaluated at its end, because an alias or constant may be declared after its use.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { withNamedDefaults } from '#generate/analyse/options/file-options.ts'
import { findScriptOptions } from '#generate/analyse/options/script-options.ts'
import { patternOf } from '#generate/analyse/reads/computed-names.ts'
import {
  type Argument,
  type DirectRead,
  type FileReads,
  type Forwarding,
  isShouted,
  isVariableName,
  MAX_ARGUMENTS,
  MAX_READS,
  mayRead,
  type NamingCall,
  NO_READS,
  type ReadingFunction,
  soundsLikeReading,
} from '#generate/analyse/reads/file-reads.ts'
import { type FunctionShape, functionWith, returnedParameter } from './enclosing-functions.ts'
import { unwrap } from './expressions.ts'
import { literalOf, stringOf } from './literals.ts'
import { defaultOf, isEnvironment, isWritten, namedBy, nameOfElement, pathOf } from './read-expressions.ts'

const { SyntaxKind } = ts

export const KINDS_THAT_READ: readonly ts.SyntaxKind[] = [
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.BinaryExpression,
  SyntaxKind.ImportDeclaration,
]

/** Variables set by build tools, not by operators. */
const SET_BY_BUILD = /^(?:DEV|PROD|MODE|SSR|BASE_URL)$/
const MAX_CANDIDATES = 50_000

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

  constructor(tree: ts.SourceFile) {
    this.#tree = tree
    this.#isOn = mayRead(tree.text)
  }

  visit(node: ts.Node): void {
    if (this.#isOn && this.#candidates.length < MAX_CANDIDATES && isCandidate(node)) this.#candidates.push(node)
  }

  /** Call once, after the walk. */
  finish(): FileReads {
    const reads = this.#finish()
    const options = findScriptOptions(this.#tree)
    return options === undefined ? reads : { ...reads, options: withNamedDefaults(options, this.#tree.text) }
  }

  #finish(): FileReads {
    for (const node of this.#candidates) this.#noteAliases(node)
    for (const node of this.#candidates) this.#look(node)
    const all = [this.#reads, this.#functions, this.#calls, this.#forwards]
    if (all.every(({ length }) => length === 0)) return NO_READS
    return {
      reads: this.#reads.sort((a, b) => a.line - b.line),
      functions: this.#functions,
      calls: this.#calls,
      forwards: this.#forwards,
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
    } else if (ts.isCallExpression(node)) this.#lookAtCall(node)
    else if (ts.isVariableDeclaration(node) || ts.isParameter(node)) this.#destructure(node)
    else if (ts.isBinaryExpression(node)) {
      const name = stringOf(node.left)
      if (name !== null && isVariableName(name) && this.#isEnvironment(node.right))
        this.#add(name, null, node.left.getStart(this.#tree))
    }
  }

  #isEnvironment(node: ts.Expression): boolean {
    const inner = unwrap(node)
    if (ts.isIdentifier(inner)) return this.#aliases.has(inner.text) && functionWith(inner, inner.text) === undefined
    return isEnvironment(inner)
  }

  #readNamed(node: ts.Expression, name: string, at: ts.Node): void {
    if (!isVariableName(name) || isWritten(node)) return
    const { expression } = node as ts.PropertyAccessExpression
    const object = unwrap(expression)
    const isMeta = ts.isPropertyAccessExpression(object) && ts.isMetaProperty(unwrap(object.expression))
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
      this.#functions.push(this.#readingFunction(node, around, identifier, prefix, fallback))
      return
    }
    const held = prefix === '' ? this.#constants.get(identifier.text) : undefined
    if (held != null && isVariableName(held))
      this.#add(held, literalOf(fallback), identifier.getStart(this.#tree), identifier.text)
  }

  #readingFunction(
    node: ts.Expression,
    around: FunctionShape,
    identifier: ts.Identifier,
    prefix: string,
    fallback: ts.Expression | undefined,
  ): ReadingFunction {
    const value = literalOf(fallback)
    const passed = fallback === undefined ? undefined : unwrap(fallback)
    const returned = value === null ? returnedParameter(around, identifier.text) : undefined
    const other = passed !== undefined && ts.isIdentifier(passed) ? passed.text : returned
    const index = other === undefined ? -1 : around.parameters.indexOf(other)
    return {
      name: around.name,
      line: this.#lineAt(node.getStart(this.#tree)),
      kind: 'environment',
      parameter: { name: identifier.text, index: around.parameters.indexOf(identifier.text) },
      default: value,
      defaultParameter: other === undefined || index < 0 ? null : { name: other, index },
      prefix,
      written: identifier.text,
    }
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

  #lookAtCall(node: ts.CallExpression): void {
    const [first] = node.arguments
    if (first === undefined) return
    const path = pathOf(node.expression)
    if (/^Deno\.env\.(?:get|has)$/.test(path)) {
      this.#readBy(node, first, undefined)
      return
    }
    this.#noteCall(node, path)
  }

  #noteCall(node: ts.CallExpression, path: string): void {
    const callee = path.slice(path.lastIndexOf('.') + 1)
    if (callee === '' || this.#calls.length >= MAX_READS || this.#forwards.length >= MAX_READS) return
    const sounds = soundsLikeReading(callee)
    const given = node.arguments.slice(0, MAX_ARGUMENTS)
    const mayName = (text: string): boolean => isShouted(text) || (sounds && isVariableName(text))
    const isNaming = given.some((one) => {
      const text = stringOf(one)
      return text !== null && mayName(text)
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

  #add(name: string, fallback: string | null, at: number, written = name): void {
    this.#reads.push({ kind: 'environment', name, default: fallback, line: this.#lineAt(at), written })
  }

  #lineAt(offset: number): number {
    return this.#tree.getLineAndCharacterOfPosition(offset).line + 1
  }
}

/** A quick test of a node without the aliases of the file. */
function isCandidate(node: ts.Node): boolean {
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
