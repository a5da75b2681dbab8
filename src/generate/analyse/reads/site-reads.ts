/**
 * Collects the reads of calls and subscripts, named by a literal, a constant, or a parameter of the enclosing function.
 */

import { hasText } from '#base/find-text.ts'
import { MAX_DEPTH, type Site } from './call-sites.ts'
import { assignedName, type ComputedName, computedName, patternOf } from './computed-names.ts'
import { constantsIn } from './constants.ts'
import { literalAt, unwrapped } from './defaults.ts'
import {
  type DirectRead,
  type Forwarding,
  isKeyPath,
  isVariableName,
  MAX_READS,
  type NamingCall,
  type Parameter,
  type ReadingFunction,
} from './file-reads.ts'
import type { Form } from './forms.ts'
import { defaultStringOf, type FunctionShape, functionAt, parameterOf, returnedParameter } from './functions.ts'
import { iteratedList } from './loops.ts'
import { namingCallAt } from './naming-calls.ts'
import { defaultOf, isOnlyRemoved, isRestored, isWritten } from './read-context.ts'
import { type ReadTree, Shape, shapeAt, startOf, textAt } from './read-tree.ts'
import { arrayOf, namesInArrays } from './string-tables.ts'

const USUAL_SCHEMES = ['http', 'https', 'all', 'no']
const SCHEMES = [...USUAL_SCHEMES, 'ws', 'wss', 'ftp']
/** Limit on the text of a function that is searched for schemes. */
const MAX_SEARCHED = 20_000

/** A read whose name is not a literal. */
interface OpenRead {
  readonly form: Form
  readonly identifier: string
  readonly default: string | null
  readonly at: number
}

export class SiteReads {
  readonly reads: DirectRead[] = []
  /** Functions that read the variable named by a parameter. */
  readonly functions: ReadingFunction[] = []
  readonly calls: NamingCall[] = []
  readonly forwards: Forwarding[] = []
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #around: readonly number[]
  readonly #shapes = new Map<number, FunctionShape | undefined>()
  readonly #open: OpenRead[] = []
  /** Arrays whose elements name variables. */
  readonly #arrays = new Set<string>()

  /** @param around - Ancestors of the site that is visited, outermost first; kept up to date by the caller. */
  constructor(tree: ReadTree, lineAt: (offset: number) => number, around: readonly number[]) {
    this.#tree = tree
    this.#lineAt = lineAt
    this.#around = around
  }

  add(read: DirectRead): void {
    if (this.reads.length < MAX_READS) this.reads.push(read)
  }

  /** @returns False if the name cannot be that of a variable. Also true for writes and removals, which are not recorded. */
  read(site: Site, form: Form): boolean {
    const tree = this.#tree
    const nameNode = site.args[form.name]
    if (nameNode === undefined) return false
    const inner = unwrapped(tree, nameNode)
    const literal = shapeAt(tree, inner) === Shape.string ? literalAt(tree, inner) : null
    if (form.isPlaceholder === true) return this.#readPlaceholder(inner, literal)
    if (isWritten(tree, site.node) || isOnlyRemoved(tree, site)) return true
    if (isRestored(tree, site.node, nameNode, () => this.#functionAround())) return true
    const fallback = defaultOf(tree, site, form, this.#around)
    return literal === null
      ? this.#readComputed(site.node, inner, form, fallback)
      : this.#readLiteral(inner, literal, form, fallback.value)
  }

  #readLiteral(node: number, name: string, { kind }: Form, fallback: string | null): boolean {
    if (!isName(name, kind)) return false
    this.add({ kind, name, default: fallback, line: this.#lineAt(startOf(this.#tree, node)), written: name })
    return true
  }

  /** A read whose name is an expression: a parameter makes the function a helper, a constant is resolved at the end. */
  #readComputed(
    node: number,
    nameNode: number,
    form: Form,
    { value: fallback, identifier: given }: ReturnType<typeof defaultOf>,
  ): boolean {
    const tree = this.#tree
    const { kind } = form
    const around = this.#functionAround()
    const at = startOf(tree, nameNode)
    const written = textAt(tree, nameNode).slice(0, 120)
    if (this.#open.length >= MAX_READS || this.functions.length >= MAX_READS) return true
    const array = kind === 'environment' ? arrayOf(written) : undefined
    if (array !== undefined) this.#arrays.add(array)
    const { identifier, prefix } = nameIn(tree, written, nameNode, around)
    const parameter = identifier === null ? null : around && parameterFor(tree, around, identifier, at)
    if (/^[A-Z][A-Z0-9_]*_$/.test(prefix) && parameter == null) {
      this.add({ kind, name: patternOf(prefix), default: fallback, line: this.#lineAt(at), written })
      return true
    }
    if (identifier === null || (prefix !== '' && parameter == null)) return true
    if (around === undefined || parameter == null) {
      this.#open.push({ form, identifier, default: fallback, at })
      return true
    }
    const unnamed = defaultStringOf(tree, around, parameter)
    const fallbackName = unnamed === undefined ? null : literalAt(tree, unnamed)
    if (unnamed !== undefined && fallbackName !== null)
      this.#readLiteral(unnamed, `${prefix}${fallbackName}`, form, fallback)
    const returned = given === null && fallback === null ? returnedParameter(tree, around, identifier) : null
    this.functions.push({
      name: around.name,
      line: this.#lineAt(startOf(tree, node)),
      kind,
      parameter,
      default: fallback,
      defaultParameter: given === null ? returned : parameterOf(around, given),
      prefix,
      written,
    })
    return true
  }

  /** `getproxies()` of Python: the variables of the schemes that the function around it names, or else of the usual ones. */
  readProxies(node: number): void {
    const around = this.#functionAround()
    const text = around === undefined ? '' : textAt(this.#tree, around.node).slice(0, MAX_SEARCHED)
    const named = SCHEMES.filter((scheme) => hasText(text, `'${scheme}'`) || hasText(text, `"${scheme}"`))
    const line = this.#lineAt(startOf(this.#tree, node))
    for (const scheme of named.length === 0 ? USUAL_SCHEMES : named)
      this.add({
        kind: 'environment',
        name: `${scheme.toUpperCase()}_PROXY`,
        default: null,
        line,
        written: 'getproxies',
      })
  }

  /** `${name:default}`, as Spring writes it. */
  #readPlaceholder(node: number, literal: string | null): boolean {
    const text = literal ?? textAt(this.#tree, node).slice(1, -1)
    const found = /^[\\]?\$\{([\w.-]{1,100})(?::([^{}]{0,60}))?\}$/.exec(text)
    if (found === null) return false
    const [, name = '', fallback = null] = found
    const line = this.#lineAt(startOf(this.#tree, node))
    this.add({ kind: 'configuration', name, default: fallback, line, written: name })
    return true
  }

  #functionAround(): FunctionShape | undefined {
    const tree = this.#tree
    for (let at = this.#around.length - 1; at >= 0 && at > this.#around.length - MAX_DEPTH; at--) {
      const node = this.#around[at] ?? 0
      if (shapeAt(tree, node) !== Shape.function) continue
      if (!this.#shapes.has(node)) this.#shapes.set(node, functionAt(tree, node))
      const shape = this.#shapes.get(node)
      if (shape !== undefined) return shape
    }
    return undefined
  }

  noteCall(callee: string, args: readonly number[]): void {
    if (this.calls.length >= MAX_READS || this.forwards.length >= MAX_READS) return
    const found = namingCallAt(this.#tree, callee, args, () => this.#functionAround())
    if (found === undefined) return
    const call: NamingCall = { ...found.call, line: this.#lineAt(startOf(this.#tree, args[0] ?? 0)) }
    if (found.isNaming) this.calls.push(call)
    if (found.forwarder !== undefined) this.forwards.push({ name: found.forwarder.name, ...call })
  }

  /** Reads whose name is in a constant or an array of the file. */
  readConstants(): void {
    for (const { name, at } of namesInArrays(this.#tree, this.#arrays))
      this.add({ kind: 'environment', name, default: null, line: this.#lineAt(at), written: name })
    const names = constantsIn(this.#tree, new Set(this.#open.map(({ identifier }) => identifier)))
    for (const { form, identifier, default: fallback, at } of this.#open) {
      const name = names.get(identifier)
      if (name === undefined || !isName(name, form.kind)) continue
      this.add({ kind: form.kind, name, default: fallback, line: this.#lineAt(at), written: identifier })
    }
  }
}

const isName = (name: string, kind: Form['kind']): boolean =>
  kind === 'environment' ? isVariableName(name) : isKeyPath(name)

/** The parameter that an identifier refers to: itself, or the list that a loop variable comes from. */
function parameterFor(tree: ReadTree, around: FunctionShape, identifier: string, at: number): Parameter | null {
  const own = parameterOf(around, identifier)
  if (own !== null) return own
  const list = iteratedList(tree.text, startOf(tree, around.node), at, identifier)
  return list === undefined ? null : parameterOf(around, list)
}

/** The name expression, or the computed name assigned to its identifier in the function. */
function nameIn(tree: ReadTree, written: string, node: number, around: FunctionShape | undefined): ComputedName {
  const named = computedName(written)
  if (named.identifier === null || named.prefix !== '') return named
  if (around !== undefined && parameterOf(around, named.identifier) != null) return named
  const from = around === undefined ? 0 : startOf(tree, around.node)
  return assignedName(tree.text, from, startOf(tree, node), named.identifier) ?? named
}
