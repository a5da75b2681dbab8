/** Finds in a tree of tree-sitter what a file reads from outside, in one loop over its nodes. */

import { findOptions } from '#generate/analyse/options/find-options.ts'
import { findBashReads } from './bash-reads.ts'
import { CalleeFilter } from './callee-filter.ts'
import { type ComputedName, computedName, givenName, patternOf } from './computed-names.ts'
import { constantsIn } from './constants.ts'
import { defaultBehind, literalAt, unwrapped } from './defaults.ts'
import {
  type Argument,
  type DirectRead,
  type FileReads,
  type Forwarding,
  isKeyName,
  isKeyPath,
  isShouted,
  isVariableName,
  type KeyDefinition,
  MAX_ARGUMENTS,
  MAX_READS,
  mayRead,
  type NamingCall,
  NO_READS,
  type Parameter,
  type ReadingFunction,
  soundsLikeReading,
  type TagFacts,
  type TagField,
} from './file-reads.ts'
import { FORMS, type Form, type Forms, isSetByBuild, looseForm } from './forms.ts'
import { type FunctionShape, functionAt, parameterOf, returnedParameter } from './functions.ts'
import { listBehind } from './loops.ts'
import { aliasesOf } from './python-aliases.ts'
import { childrenOf, endOf, kindAt, linesOf, type ReadTree, Shape, shapeAt, startOf, textAt } from './read-tree.ts'
import { noteTag, tagPrefixes } from './struct-tags.ts'

/** Characters before a bracket that are looked at. */
const MAX_CALLEE = 160
/** Languages whose imports and assignments may give a form another name. */
const HAS_ALIASES = new Set(['python', 'rust'])
/** Nodes around a place that are looked at. */
const MAX_DEPTH = 300
/** Characters of a function in which what was read may be put back. */
const MAX_FUNCTION = 8_000
/** Lists in the source, and characters of one. */
const LISTS =
  /^(?:array|array_creation_expression|array_expression|array_literal|composite_literal|list|tuple|collection_literal)$/
const MAX_LISTED = 400
/** Nodes between a text and the arguments that it is among. */
const MAX_NESTING = 6
/** What gives a value and takes the variable away. */
const REMOVES = /(?:\bENV\.delete|\bos\.environb?\.pop)\($/
/** Macros whose text is code to be made, not code that runs. */
const QUOTES = /^(?:quote|quote_spanned|parse_quote|stringify)!/

/** @param language - As in `SourceFile.language`; one without a table reads nothing. */
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

/** A place where something is called or indexed. */
interface Site {
  /** The whole call. */
  readonly node: number
  /** With its bracket, without spaces and types. */
  readonly callee: string
  readonly args: readonly number[]
}

/** A read by what no literal names. */
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
  /** Nodes around the one that is looked at. */
  readonly #around: number[] = []
  readonly #aliases = new Map<string, string>()
  readonly #filter: CalleeFilter
  /** Lists of arguments that were looked at. */
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
          this.#lookAtList(node, this.#around.length)
        return
      case Shape.index: {
        if (!this.#filter.mayMatter(this.#tree.text, endOf(this.#tree, node + 1))) return
        const [object, ...args] = childrenOf(this.#tree, node)
        if (object !== undefined) {
          const from = Math.max(startOf(this.#tree, object), endOf(this.#tree, object) - MAX_CALLEE)
          this.#look({ node, callee: `${compact(this.#tree.text.slice(from, endOf(this.#tree, object)))}[`, args })
        }
        return
      }
      case Shape.string:
        this.#lookAtString(node)
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

  /** @param depth - How many of the nodes around are around the list. */
  #lookAtList(list: number, depth: number): void {
    if (this.#lists.has(list)) return
    this.#lists.add(list)
    const site = this.#callAt(list, depth)
    if (site !== undefined) this.#look(site)
  }

  /** What the list of arguments belongs to. */
  #callAt(list: number, depth: number): Site | undefined {
    const tree = this.#tree
    const start = startOf(tree, list)
    const kind = kindAt(tree, list)
    const args = childrenOf(tree, list)
    let node = this.#around[depth - 1] ?? Number.NaN
    if (kindAt(tree, node) === 'call_suffix') {
      args.push(
        ...childrenOf(tree, node).filter((child) => kindAt(tree, child) === 'value_argument' && !args.includes(child)),
      )
      node = this.#around[depth - 2] ?? node
    }
    if (kind === 'token_tree') {
      if (this.#around.slice(-MAX_DEPTH).some((one) => isQuote(tree, one))) return undefined
      const name = /(?<![\w:])[\w:]{1,60}!?$/.exec(tree.text.slice(Math.max(0, start - 60), start).trimEnd())?.[0] ?? ''
      if (kindAt(tree, node) === 'attribute') return { node: list, callee: `#${name}(`, args }
      return { node: list, callee: name.endsWith('!') ? name : `${name}(`, args }
    }
    const from = Math.max(startOf(tree, node), start - MAX_CALLEE)
    if (from >= start) return undefined
    return { node, callee: compact(tree.text.slice(from, start)) + (tree.text[start] === '[' ? '[' : '('), args }
  }

  #look({ node, callee, args }: Site): void {
    if (this.#reads.length >= MAX_READS || args.length === 0) return
    const full = this.#expanded(callee)
    const sure = this.#forms.get(full)
    const form = sure ?? looseForm(full)
    if (form !== undefined && this.#read(node, full, args, form, sure === undefined)) return
    if (callee.endsWith('(')) this.#noteCall(callee, args)
  }

  /** What is called, with the names of modules that its first part stands for. */
  #expanded(callee: string): string {
    if (this.#aliases.size === 0) return callee
    const head = /^[A-Za-z_]\w*/.exec(callee)?.[0]
    const meaning = head === undefined ? undefined : this.#aliases.get(head)
    return head === undefined || meaning === undefined ? callee : meaning + callee.slice(head.length)
  }

  /** @returns False when this is no read after all. */
  #read(node: number, callee: string, args: readonly number[], form: Form, isLoose: boolean): boolean {
    const tree = this.#tree
    const nameNode = args[form.name]
    if (nameNode === undefined) return false
    const inner = unwrapped(tree, nameNode)
    const literal = shapeAt(tree, inner) === Shape.string ? literalAt(tree, inner) : null
    if (form.isPlaceholder === true) return this.#readPlaceholder(inner, literal)
    if (this.#isWritten(node) || this.#isOnlyRemoved(node, callee) || this.#isRestored(node, nameNode)) return true
    const { value: fallback, identifier: given } = this.#defaultOf(node, args, form)
    if (literal !== null) {
      const { kind } = form
      const isCSharp = this.#language === 'csharp'
      const isName =
        isLoose && !isCSharp
          ? isKeyName(literal)
          : kind === 'environment'
            ? isVariableName(literal)
            : isKeyPath(literal)
      if (!isName) return false
      if (isSetByBuild(callee, literal)) return true
      const line = this.#lineAt(startOf(tree, inner))
      const read: DirectRead = { kind, name: literal, default: fallback, line, written: literal }
      this.#reads.push(isLoose && !isCSharp ? { ...read, isLoose } : read)
      return true
    }
    const around = this.#functionAround()
    const written = textAt(tree, inner).slice(0, 120)
    if (this.#open.length >= MAX_READS || this.#reading.length >= MAX_READS) return true
    const { identifier, prefix } = this.#nameIn(written, inner, around)
    const parameter =
      identifier === null ? null : around && this.#parameterFor(around, identifier, startOf(tree, inner))
    if (/^[A-Z][A-Z0-9_]*_$/.test(prefix) && parameter == null && !isLoose) {
      const line = this.#lineAt(startOf(tree, inner))
      this.#reads.push({ kind: form.kind, name: patternOf(prefix), default: fallback, line, written })
      return true
    }
    if (identifier === null || (prefix !== '' && parameter == null)) return !isLoose
    if (around !== undefined && parameter != null) {
      // What may be any container says nothing of those who call.
      if (isLoose) return true
      const returned = given === null && fallback === null ? returnedParameter(tree, around, identifier) : null
      this.#reading.push({
        name: around.name,
        line: this.#lineAt(startOf(tree, node)),
        kind: form.kind,
        parameter,
        default: fallback,
        defaultParameter: given === null ? returned : parameterOf(around, given),
        prefix,
        written,
      })
      return true
    }
    this.#open.push({ form, identifier, default: fallback, at: startOf(tree, inner), isLoose })
    return true
  }

  /** The parameter that a name is, or one of a list that a parameter is. */
  #parameterFor(around: FunctionShape, identifier: string, at: number): Parameter | null {
    const own = parameterOf(around, identifier)
    if (own !== null) return own
    const list = listBehind(this.#tree.text, startOf(this.#tree, around.node), at, identifier)
    return list === undefined ? null : parameterOf(around, list)
  }

  /** What names the variable: by itself, or by what a variable of the function was given. */
  #nameIn(written: string, node: number, around: FunctionShape | undefined): ComputedName {
    const named = computedName(written)
    if (named.identifier === null || named.prefix !== '') return named
    if (around !== undefined && parameterOf(around, named.identifier) != null) return named
    const tree = this.#tree
    const from = around === undefined ? 0 : startOf(tree, around.node)
    return givenName(tree.text, from, startOf(tree, node), named.identifier) ?? named
  }

  /** Kept only to be put back: `old = os.getenv(name)`, and `os.environ[name] = old` in the same function. */
  #isRestored(node: number, nameNode: number): boolean {
    const { text } = this.#tree
    const start = startOf(this.#tree, node)
    const kept = /([A-Za-z_]\w{0,60})(?:\s{0,4},\s{0,4}\w{1,60})?\s{0,4}:?=\s{0,4}$/.exec(
      text.slice(Math.max(0, start - 160), start),
    )
    const around = kept === null ? undefined : this.#functionAround()
    if (kept === null || around === undefined) return false
    const name = textAt(this.#tree, unwrapped(this.#tree, nameNode)).slice(0, 120)
    const inside = text.slice(start, Math.min(endOf(this.#tree, around.node), start + MAX_FUNCTION))
    return [`${name}] = ${kept[1]}`, `${name}, ${kept[1]})`].some((form) => inside.includes(form))
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

  #defaultOf(node: number, args: readonly number[], form: Form): { value: string | null; identifier: string | null } {
    const tree = this.#tree
    const labelled = args.find((arg) => labelOf(tree, arg) === 'default')
    const placed = form.default < 0 ? undefined : args[form.default]
    const given = labelled ?? (placed !== undefined && labelOf(tree, placed) === null ? placed : undefined)
    const found = given ?? defaultBehind(tree, node, this.#around)
    if (found === undefined) return { value: null, identifier: null }
    const value = literalAt(tree, found)
    const text = textAt(tree, unwrapped(tree, found))
    return { value, identifier: value === null && /^\$?[A-Za-z_]\w{0,60}$/.test(text) ? text : null }
  }

  /** An assignment that is no comparison and keeps no value that is there, and what takes a value away. */
  #isWritten(node: number): boolean {
    const { text } = this.#tree
    const end = endOf(this.#tree, node)
    const start = startOf(this.#tree, node)
    return (
      /^\s{0,20}=(?![=>~])/.test(text.slice(end, end + 24)) ||
      /\b(?:del\s|unset\()\s{0,4}$/.test(text.slice(Math.max(0, start - 12), start))
    )
  }

  /** `ENV.delete('NAME')` as a statement: what the variable was does not matter. */
  #isOnlyRemoved(node: number, callee: string): boolean {
    if (!REMOVES.test(callee)) return false
    const { text } = this.#tree
    const [start, end] = [startOf(this.#tree, node), endOf(this.#tree, node)]
    return (
      /(?:^|[;{|]|\b(?:do|else|ensure|then)|(?<![=(,+&.[|])\r?\n)[ \t]*$/.test(
        text.slice(Math.max(0, start - MAX_CALLEE), start),
      ) && /^[ \t]*(?:$|[\r\n;}#]|(?:end|if|unless)\b)/.test(text.slice(end, end + MAX_CALLEE))
    )
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

  #noteCall(callee: string, given: readonly number[]): void {
    const name = /(?<![\w$])[A-Za-z_][\w$]{0,80}[!?]?(?=\($)/.exec(callee.slice(-80))?.[0]
    if (name === undefined || this.#calls.length >= MAX_READS || this.#forwards.length >= MAX_READS) return
    const tree = this.#tree
    const sounds = soundsLikeReading(name)
    const nodes = given.slice(0, MAX_ARGUMENTS)
    const isLiteral = (node: number): boolean => shapeAt(tree, unwrapped(tree, node)) === Shape.string
    const lists = nodes.map((node) => this.#listedIn(node))
    const hasString = nodes.some(isLiteral) || lists.some((list) => list.length > 0)
    if (!hasString && !sounds) return
    const args = nodes.map((node, index): Argument => {
      const label = labelOf(tree, node)
      const value = literalAt(tree, node)
      const listed = lists[index] ?? []
      const parameter = value === null && sounds ? this.#parameterAt(node) : null
      return listed.length > 0 ? { label, value, parameter, listed } : { label, value, parameter }
    })
    const line = this.#lineAt(startOf(tree, nodes[0] ?? 0))
    const isOwn = /^(?:\$?this|self|cls)(?:\.|->|::)\w+\($/.test(callee)
    const fits = (text: string): boolean => isShouted(text) || (sounds && isVariableName(text))
    const isNaming = ({ value, listed = [] }: Argument, index: number): boolean =>
      (value !== null && fits(value) && isLiteral(nodes[index] ?? 0)) || listed.some(fits)
    if (args.some(isNaming)) this.#calls.push({ callee: name, isOwn, args, line })
    const around = sounds && args.some(({ parameter }) => parameter !== null) ? this.#functionAround() : undefined
    if (around !== undefined) this.#forwards.push({ name: around.name, callee: name, isOwn, args, line })
  }

  /** The texts of a list that is written out; none of anything else. */
  #listedIn(node: number): string[] {
    const tree = this.#tree
    const list = unwrapped(tree, node)
    if (!LISTS.test(kindAt(tree, list)) || endOf(tree, list) - startOf(tree, list) > MAX_LISTED) return []
    const found: string[] = []
    for (let one = list + 1; one < (tree.after[list] ?? 0); one++) {
      const value = tree.isNamed(one) && shapeAt(tree, one) === Shape.string ? literalAt(tree, one) : null
      if (value !== null) found.push(value)
    }
    return found
  }

  #parameterAt(node: number): Argument['parameter'] {
    const text = textAt(this.#tree, unwrapped(this.#tree, node)).slice(0, 64)
    const around = /^[&$]?[A-Za-z_]\w*$/.test(text) ? this.#functionAround() : undefined
    return around === undefined ? null : parameterOf(around, text.replace(/^&/, ''))
  }

  #lookAtString(node: number): void {
    const tree = this.#tree
    const { text } = tree
    const [start, end] = [startOf(tree, node), endOf(tree, node)]
    if (end - start > 104 || end - start < 3) return
    const parent = this.#around.at(-1) ?? 0
    const isLoud = isLoudString(text, start, end)
    if (isLoud) this.#lookAround()
    const isKey =
      isLoud &&
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

  /** The call whose argument is at hand. */
  #lookAround(): void {
    for (let depth = this.#around.length; depth > 0 && depth > this.#around.length - MAX_NESTING; depth--) {
      const node = this.#around[depth - 1] ?? 0
      if (shapeAt(this.#tree, node) === Shape.list) {
        this.#lookAtList(node, depth - 1)
        return
      }
      // The list of Swift stands beside its arguments.
      const isBeside = kindAt(this.#tree, node) === 'call_suffix' && shapeAt(this.#tree, node + 1) === Shape.list
      if (isBeside) {
        this.#lookAtList(node + 1, depth)
        return
      }
    }
  }

  /** What stands behind a key. */
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

  /** Reads by constants of the file. */
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

/** A string that holds a name as variables mostly have it; without a look at what kind of string it is. */
function isLoudString(text: string, start: number, end: number): boolean {
  let from = start
  while (from < end && from < start + 4 && !QUOTE.has(text[from] ?? '')) from++
  let to = end - 1
  while (to > from && !QUOTE.has(text[to] ?? '')) to--
  if (to - from < 3) return false
  for (let at = from + 1; at < to; at++) {
    const unit = text.charCodeAt(at)
    const isFit = (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f || (at > from + 1 && unit >= 0x30 && unit <= 0x39)
    if (!isFit) return false
  }
  return true
}

const QUOTE = new Set(['"', "'", '`'])

/** A macro whose text is code to be made. */
function isQuote(tree: ReadTree, node: number): boolean {
  const start = startOf(tree, node)
  return kindAt(tree, node) === 'macro_invocation' && QUOTES.test(tree.text.slice(start, start + 16))
}

/** Without spaces, types that are given, and the signs of optional and certain values. */
function compact(text: string): string {
  return text
    .replace(/\s+/g, '')
    .replace(/(?:::)?<[\w.,?]*>/g, '')
    .replace(/(?:\?|!!?)\./g, '.')
}

/** The name that an argument is given by. */
function labelOf(tree: ReadTree, node: number): string | null {
  const kind = kindAt(tree, node)
  if (kind !== 'keyword_argument' && kind !== 'value_argument' && kind !== 'argument') return null
  const text = tree.text.slice(startOf(tree, node), startOf(tree, node) + 64)
  return /^(\w+)\s*[=:](?![=:])/.exec(text)?.[1] ?? null
}
