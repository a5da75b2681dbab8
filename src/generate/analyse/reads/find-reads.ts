/** Finds the environment variables and configuration keys that a file reads, in one loop over its tree-sitter nodes. */

import { findOptions } from '#generate/analyse/options/find-options.ts'
import { findBashReads } from './bash-reads.ts'
import { callAt, labelOf, MAX_DEPTH, type Site, subscriptAt } from './call-sites.ts'
import { CalleeFilter } from './callee-filter.ts'
import { type ComputedName, computedName, givenName, patternOf } from './computed-names.ts'
import { constantsIn } from './constants.ts'
import { literalAt, unwrapped } from './defaults.ts'
import {
  type DirectRead,
  type FileReads,
  type Forwarding,
  isKeyName,
  isKeyPath,
  isVariableName,
  type KeyDefinition,
  MAX_READS,
  mayRead,
  type NamingCall,
  NO_READS,
  type Parameter,
  type ReadingFunction,
  type TagFacts,
  type TagField,
} from './file-reads.ts'
import { FORMS, type Form, type Forms, isSetByBuild, looseForm } from './forms.ts'
import { type FunctionShape, functionAt, parameterOf, returnedParameter } from './functions.ts'
import { listBehind } from './loops.ts'
import { isQuotedName, namingCallAt } from './naming-calls.ts'
import { aliasesOf } from './python-aliases.ts'
import { defaultOf, isRestored, isWritten } from './read-context.ts'
import { childrenOf, endOf, kindAt, linesOf, type ReadTree, Shape, shapeAt, startOf, textAt } from './read-tree.ts'
import { noteTag, tagPrefixes } from './struct-tags.ts'

/** Languages in which imports and assignments may rename a reading function. */
const HAS_ALIASES = new Set(['python', 'rust'])
/** Limit on the nodes between a string and its argument list. */
const MAX_NESTING = 6

/** @param language - As in `SourceFile.language`; a language without forms has no reads. */
export function findReads(tree: ReadTree, language: string): FileReads {
  const reads = findNames(tree, language)
  const options = findOptions(tree, language)
  return options === undefined ? reads : { ...reads, options }
}

function findNames(tree: ReadTree, language: string): FileReads {
  const lineAt = linesOf(tree.text)
  if (language === 'bash') return findBashReads(tree, lineAt)
  const forms = FORMS.get(language)
  if (forms === undefined || !mayRead(tree.text)) return NO_READS
  return new Finder(tree, language, forms, lineAt).run()
}

/** A read whose name is not a literal. */
interface OpenRead {
  readonly form: Form
  readonly identifier: string
  readonly default: string | null
  readonly at: number
  readonly isLoose: boolean
}

class Finder {
  readonly #tree: ReadTree
  readonly #language: string
  readonly #forms: Forms
  readonly #lineAt: (offset: number) => number
  /** Ancestors of the current node. */
  readonly #around: number[] = []
  readonly #aliases = new Map<string, string>()
  readonly #filter: CalleeFilter
  /** Argument lists already handled. */
  readonly #lists = new Set<number>()
  readonly #functions = new Map<number, FunctionShape | undefined>()
  readonly #reads: DirectRead[] = []
  readonly #reading: ReadingFunction[] = []
  readonly #calls: NamingCall[] = []
  readonly #forwards: Forwarding[] = []
  readonly #definitions: KeyDefinition[] = []
  readonly #open: OpenRead[] = []
  readonly #tags: { fields: TagField[]; nested: TagFacts['nested'][number][] } = { fields: [], nested: [] }

  constructor(tree: ReadTree, language: string, forms: Forms, lineAt: (offset: number) => number) {
    this.#tree = tree
    this.#language = language
    this.#forms = forms
    this.#lineAt = lineAt
    this.#filter = new CalleeFilter(forms, this.#aliases)
  }

  run(): FileReads {
    const tree = this.#tree
    const { after, kinds, shapes } = tree
    const around = this.#around
    let end = Number.POSITIVE_INFINITY
    for (let node = 0; node < tree.size; node++) {
      while (node >= end) {
        around.pop()
        end = after[around[around.length - 1] ?? -1] ?? Number.POSITIVE_INFINITY
      }
      const shape = shapes[kinds[node] ?? 0]
      if (shape !== Shape.other && tree.isNamed(node)) this.#visit(node, shape ?? 0)
      const own = after[node] ?? 0
      if (own > node + 1) {
        around.push(node)
        end = own
      }
    }
    this.#readConstants()
    const reads = this.#reads.sort((a, b) => a.line - b.line)
    const isEmpty = [reads, this.#reading, this.#calls, this.#forwards, this.#definitions].every(
      ({ length }) => length === 0,
    )
    const parses = this.#language === 'go' ? tagPrefixes(tree.text) : []
    const hasTags = this.#tags.fields.length > 0 || parses.length > 0
    if (isEmpty && !hasTags) return NO_READS
    return {
      ...(hasTags ? { tags: { ...this.#tags, parses } } : {}),
      reads,
      functions: this.#reading,
      calls: this.#calls,
      forwards: this.#forwards,
      definitions: this.#definitions,
    }
  }

  #visit(node: number, shape: number): void {
    switch (shape) {
      case Shape.list:
        if (this.#filter.mayMatter(this.#tree.text, startOf(this.#tree, node)))
          this.#visitList(node, this.#around.length)
        return
      case Shape.index: {
        if (!this.#filter.mayMatter(this.#tree.text, endOf(this.#tree, node + 1))) return
        const site = subscriptAt(this.#tree, node)
        if (site !== undefined) this.#visitSite(site)
        return
      }
      case Shape.string:
        this.#visitString(node)
        return
      case Shape.import:
      case Shape.assignment:
        this.#noteAliases(node, shape)
        return
      case Shape.tag:
        if (this.#language === 'go') noteTag(this.#tree, node, this.#around, this.#lineAt, this.#tags)
    }
  }

  #noteAliases(node: number, shape: number): void {
    if (!HAS_ALIASES.has(this.#language)) return
    const { text } = this.#tree
    const start = startOf(this.#tree, node)
    const most = start + (shape === Shape.assignment ? 200 : 2_000)
    const statement = text.slice(start, Math.min(endOf(this.#tree, node), most))
    if (shape === Shape.assignment && !statement.includes('nv') && !statement.includes('onfig')) return
    for (const [name, meaning] of aliasesOf(this.#language, statement, this.#aliases)) {
      this.#aliases.set(name, meaning)
      this.#filter.forget()
    }
  }

  /** @param depth - Number of ancestors of the list. */
  #visitList(list: number, depth: number): void {
    if (this.#lists.has(list)) return
    this.#lists.add(list)
    const site = callAt(this.#tree, this.#around, list, depth)
    if (site !== undefined) this.#visitSite(site)
  }

  #visitSite({ node, callee, args }: Site): void {
    if (this.#reads.length >= MAX_READS || args.length === 0) return
    const full = this.#expanded(callee)
    const sure = this.#forms.get(full)
    const form = sure ?? looseForm(full)
    if (form !== undefined && this.#read({ node, callee: full, args }, form, sure === undefined)) return
    if (callee.endsWith('(')) this.#noteCall(callee, args)
  }

  /** The callee with the alias at its start resolved. */
  #expanded(callee: string): string {
    if (this.#aliases.size === 0) return callee
    const head = /^[A-Za-z_]\w*/.exec(callee)?.[0]
    const meaning = head === undefined ? undefined : this.#aliases.get(head)
    return head === undefined || meaning === undefined ? callee : meaning + callee.slice(head.length)
  }

  /** @returns False if it is not a read after all. */
  #read(site: Site, form: Form, isLoose: boolean): boolean {
    const tree = this.#tree
    const nameNode = site.args[form.name]
    if (nameNode === undefined) return false
    const inner = unwrapped(tree, nameNode)
    const literal = shapeAt(tree, inner) === Shape.string ? literalAt(tree, inner) : null
    if (form.isPlaceholder === true) return this.#readPlaceholder(inner, literal)
    if (isWritten(tree, site.node) || isRestored(tree, site.node, nameNode, () => this.#functionAround())) return true
    const fallback = defaultOf(tree, site, form, this.#around)
    return literal === null
      ? this.#readComputed(site.node, inner, form, fallback, isLoose)
      : this.#readLiteral(site.callee, inner, literal, form, fallback.value, isLoose)
  }

  #readLiteral(
    callee: string,
    node: number,
    name: string,
    { kind }: Form,
    fallback: string | null,
    isLoose: boolean,
  ): boolean {
    const isOnlyKey = isLoose && this.#language !== 'csharp'
    const isName = isOnlyKey ? isKeyName(name) : kind === 'environment' ? isVariableName(name) : isKeyPath(name)
    if (!isName) return false
    if (isSetByBuild(callee, name)) return true
    const read: DirectRead = {
      kind,
      name,
      default: fallback,
      line: this.#lineAt(startOf(this.#tree, node)),
      written: name,
    }
    this.#reads.push(isOnlyKey ? { ...read, isLoose } : read)
    return true
  }

  /** A read whose name is an expression: a parameter makes the function a helper, a constant is resolved at the end. */
  #readComputed(
    node: number,
    nameNode: number,
    form: Form,
    { value: fallback, identifier: given }: ReturnType<typeof defaultOf>,
    isLoose: boolean,
  ): boolean {
    const tree = this.#tree
    const { kind } = form
    const around = this.#functionAround()
    const at = startOf(tree, nameNode)
    const written = textAt(tree, nameNode).slice(0, 120)
    if (this.#open.length >= MAX_READS || this.#reading.length >= MAX_READS) return true
    const { identifier, prefix } = this.#nameIn(written, nameNode, around)
    const parameter = identifier === null ? null : around && this.#parameterFor(around, identifier, at)
    if (/^[A-Z][A-Z0-9_]*_$/.test(prefix) && parameter == null && !isLoose) {
      this.#reads.push({ kind, name: patternOf(prefix), default: fallback, line: this.#lineAt(at), written })
      return true
    }
    if (identifier === null || (prefix !== '' && parameter == null)) return !isLoose
    if (around === undefined || parameter == null) {
      this.#open.push({ form, identifier, default: fallback, at, isLoose })
      return true
    }
    // A loose form may be any map, so callers do not count.
    if (isLoose) return true
    const returned = given === null && fallback === null ? returnedParameter(tree, around, identifier) : null
    this.#reading.push({
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

  /** The parameter behind an identifier: itself, or the list that a loop variable comes from. */
  #parameterFor(around: FunctionShape, identifier: string, at: number): Parameter | null {
    const own = parameterOf(around, identifier)
    if (own !== null) return own
    const list = listBehind(this.#tree.text, startOf(this.#tree, around.node), at, identifier)
    return list === undefined ? null : parameterOf(around, list)
  }

  /** The name expression, or the computed name assigned to its identifier in the function. */
  #nameIn(written: string, node: number, around: FunctionShape | undefined): ComputedName {
    const named = computedName(written)
    if (named.identifier === null || named.prefix !== '') return named
    if (around !== undefined && parameterOf(around, named.identifier) != null) return named
    const tree = this.#tree
    const from = around === undefined ? 0 : startOf(tree, around.node)
    return givenName(tree.text, from, startOf(tree, node), named.identifier) ?? named
  }

  /** `${name:default}`, as Spring writes it. */
  #readPlaceholder(node: number, literal: string | null): boolean {
    const text = literal ?? textAt(this.#tree, node).slice(1, -1)
    const found = /^[\\]?\$\{([\w.-]{1,100})(?::([^{}]{0,60}))?\}$/.exec(text)
    if (found === null) return false
    const [, name = '', fallback = null] = found
    const line = this.#lineAt(startOf(this.#tree, node))
    this.#reads.push({ kind: 'configuration', name, default: fallback, line, written: name })
    return true
  }

  #functionAround(): FunctionShape | undefined {
    const tree = this.#tree
    for (let at = this.#around.length - 1; at >= 0 && at > this.#around.length - MAX_DEPTH; at--) {
      const node = this.#around[at] ?? 0
      if (shapeAt(tree, node) !== Shape.function) continue
      if (!this.#functions.has(node)) this.#functions.set(node, functionAt(tree, node))
      const shape = this.#functions.get(node)
      if (shape !== undefined) return shape
    }
    return undefined
  }

  #noteCall(callee: string, args: readonly number[]): void {
    if (this.#calls.length >= MAX_READS || this.#forwards.length >= MAX_READS) return
    const found = namingCallAt(this.#tree, callee, args, () => this.#functionAround())
    if (found === undefined) return
    const call: NamingCall = { ...found.call, line: this.#lineAt(startOf(this.#tree, args[0] ?? 0)) }
    if (found.isNaming) this.#calls.push(call)
    if (found.forwarder !== undefined) this.#forwards.push({ name: found.forwarder.name, ...call })
  }

  #visitString(node: number): void {
    const tree = this.#tree
    const { text } = tree
    const [start, end] = [startOf(tree, node), endOf(tree, node)]
    if (end - start > 104 || end - start < 3) return
    const parent = this.#around.at(-1) ?? 0
    const hasNameForm = isQuotedName(text, start, end)
    if (hasNameForm) this.#visitEnclosingCall()
    const isKey =
      hasNameForm &&
      /pair|element|dict/.test(kindAt(tree, parent)) &&
      /^\s{0,20}(?::(?!:)|=>)/.test(text.slice(end, end + 24))
    const isPython = this.#language === 'python'
    const isIn = isPython && kindAt(tree, parent) === 'comparison_operator'
    const tested = isIn ? /^\s+(?:not\s+)?in\s+([\w.]+)/.exec(text.slice(end, end + 60))?.[1] : undefined
    const isOption = isPython && text[start - 1] === '=' && text.slice(Math.max(0, start - 7), start) === 'envvar='
    const isPrefix = isPython && text.slice(Math.max(0, start - 20), start).endsWith('auto_envvar_prefix=')
    if (!isKey && tested === undefined && !isOption && !isPrefix) return
    const name = literalAt(tree, node)
    if (name === null) return
    const line = this.#lineAt(start)
    if (isPrefix && isVariableName(name) && this.#reads.length < MAX_READS)
      this.#reads.push({ kind: 'environment', name: patternOf(`${name}_`), default: null, line, written: name })
    if (isKey && isKeyName(name) && this.#definitions.length < MAX_READS)
      this.#definitions.push({ name, value: this.#valueBeside(node), line })
    const isTested = tested !== undefined && this.#expanded(`${tested}[`) === 'os.environ['
    if ((isTested || isOption) && isVariableName(name) && this.#reads.length < MAX_READS)
      this.#reads.push({
        kind: 'environment',
        name,
        default: isOption ? this.#siblingDefault() : null,
        line,
        written: name,
      })
  }

  /** Handles the call that has the current node as an argument. */
  #visitEnclosingCall(): void {
    for (let depth = this.#around.length; depth > 0 && depth > this.#around.length - MAX_NESTING; depth--) {
      const node = this.#around[depth - 1] ?? 0
      if (shapeAt(this.#tree, node) === Shape.list) {
        this.#visitList(node, depth - 1)
        return
      }
      // In Swift the argument list is a sibling.
      const isBeside = kindAt(this.#tree, node) === 'call_suffix' && shapeAt(this.#tree, node + 1) === Shape.list
      if (isBeside) {
        this.#visitList(node + 1, depth)
        return
      }
    }
  }

  /** The literal that follows a key. */
  #valueBeside(key: number): string | null {
    const tree = this.#tree
    const pair = childrenOf(tree, this.#around.at(-1) ?? 0)
    const value = pair[pair.indexOf(key) + 1]
    return value === undefined ? null : literalAt(tree, value)
  }

  /** `default=` beside `envvar=`. */
  #siblingDefault(): string | null {
    const tree = this.#tree
    const list = this.#around.at(-2)
    if (list === undefined || shapeAt(tree, list) !== Shape.list) return null
    const given = childrenOf(tree, list).find((arg) => labelOf(tree, arg) === 'default')
    return given === undefined ? null : literalAt(tree, given)
  }

  /** Reads whose name is in a constant of the file. */
  #readConstants(): void {
    const names = constantsIn(this.#tree, new Set(this.#open.map(({ identifier }) => identifier)))
    for (const { form, identifier, default: fallback, at, isLoose } of this.#open) {
      const name = names.get(identifier)
      if (name === undefined || !(isLoose ? isKeyName(name) : isVariableName(name))) continue
      const read = { kind: form.kind, name, default: fallback, line: this.#lineAt(at), written: identifier }
      this.#reads.push(isLoose ? { ...read, isLoose } : read)
    }
  }
}
