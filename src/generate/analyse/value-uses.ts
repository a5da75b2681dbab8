/**
 * Finds what bodies do with values that no edge holds: calls of what a function or its object was given, calls of closures, and what those
 * are passed to; and methods that only raise that others implement them. Patterns are matched against code without comments.
 */

import { lowerBound } from '#base/binary-search.ts'
import { blockAt, type FileBlocks, NO_BLOCKS } from '#generate/file-blocks.ts'
import { C_LIKE, GO, JAVASCRIPT, type LexicalRules, PHP, PYTHON, RUBY, RUST } from '#generate/formats/lexical-rules.ts'
import { Lines } from '#generate/formats/lines.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Block, Component, FileUses, SourceFile, ValueUse } from '#generate/model.ts'

const RULES: Readonly<Record<string, LexicalRules>> = {
  ...{ c: C_LIKE, csharp: C_LIKE, java: C_LIKE, kotlin: C_LIKE, swift: C_LIKE, go: GO, rust: RUST },
  ...{ javascript: JAVASCRIPT, jsx: JAVASCRIPT, typescript: JAVASCRIPT, tsx: JAVASCRIPT },
  ...{ php: PHP, python: PYTHON, ruby: RUBY },
}
/** How a method of a value runs it, in languages where a value is not called by itself, or not only. */
const METHODS: Readonly<Record<string, ReadonlySet<string>>> = {
  ...{ csharp: new Set(['Invoke']), go: new Set(['ServeHTTP']), kotlin: new Set(['invoke']), ruby: new Set(['call']) },
  ...{ php: new Set(['handle', '__invoke']) },
  java: new Set(['accept', 'apply', 'call', 'execute', 'handle', 'run']),
}
/** Languages in which parentheses after a name call something else. */
const ONLY_METHODS = new Set(['java', 'ruby'])
/** Matches a call: of a field, the name, and the method of the value. */
const CALL =
  /(?<![\w$.@>:]|\b(?:new|def|fn|func|function) )((?:\bthis|\bself|\$this)(?:\.|->)|@)?\$?(\w{1,60})[!?]?(?:(?:\.|\?\.|->)(\w{1,20}))?\s?\(/g
/** Matches what a closure is passed to, before its name. */
const PASSED = /(\.?[\w$]{1,40})\((?:[^()]{0,80},\s?)?$/
const MAX_BEFORE = 120
const REFUSES = /\b(?:raise|throw)\b[^\n]{0,40}\b(?:NotImplemented|NotSupported|Unsupported)/
/** Limits on the lines of a body, on those at its end that may raise, on its uses, on its closures, and on the characters read of a file. */
const MAX_LINES = 300
const MAX_REFUSAL = 4
const MAX_USES = 50
const MAX_CLOSURES = 20
const MAX_READ = 2_000_000

export function withValueUses(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
  uses: ReadonlyMap<string, FileUses>,
): Component[] {
  const methods = new Set(components.flatMap((one) => (isRun(one) ? [`${one.parent}\0${one.name}`] : [])))
  let code = new Code('', '', undefined)
  return components.map((one) => {
    const { file, parent } = one
    const { language = null, text = null } = files.get(file) ?? {}
    if (!isRun(one) || text === null || RULES[language ?? ''] === undefined) return one
    if (code.path !== file) code = new Code(file, text, uses.get(file), language ?? '')
    const values = code.usesIn(one, (name) => methods.has(`${parent}\0${name}`))
    return {
      ...one,
      ...(values.length === 0 ? {} : { values }),
      ...(one.kind === 'method' && code.isRefused(one) ? { isRefused: true as const } : {}),
    }
  })
}

const isRun = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

class Code {
  readonly path: string
  readonly #text: string
  readonly #language: string
  readonly #lines: Lines
  readonly #closures: readonly Block[]
  #masked: MaskedCode | undefined
  #left = MAX_READ

  constructor(path: string, text: string, uses: FileUses | undefined, language = '') {
    this.path = path
    this.#text = text
    this.#language = language
    this.#lines = new Lines(text)
    this.#closures = closuresOf(uses?.blocks ?? NO_BLOCKS)
  }

  isRefused({ startLine, endLine }: Component): boolean {
    const [start, end] = [
      this.#lines.startOf(Math.max(startLine, endLine - MAX_REFUSAL)),
      this.#lines.startOf(endLine + 1),
    ]
    return end - start < MAX_LINES * MAX_REFUSAL && REFUSES.test(this.#text.slice(start, end))
  }

  /** @param isMethod - Whether the type of the component has a method of a name. */
  usesIn({ name: ownName, startLine, endLine, signature }: Component, isMethod: (name: string) => boolean): ValueUse[] {
    const [start, end] = [this.#lines.startOf(startLine), this.#lines.startOf(endLine + 1)]
    if (endLine - startLine > MAX_LINES || end - start > this.#left) return []
    this.#left -= end - start
    const body = this.#text.slice(start, end)
    const found: ValueUse[] = []
    const add = (at: number, length: number, use: Omit<ValueUse, 'line' | 'column' | 'length'>): void => {
      this.#masked ??= MaskedCode.of(this.#text, RULES[this.#language] ?? C_LIKE)
      const offset = start + at
      if (found.length === MAX_USES || this.#masked?.code.startsWith(body.slice(at, at + length), offset) !== true)
        return
      const line = this.#lines.at(offset)
      found.push({ ...use, line, column: offset - this.#lines.startOf(line) + 1, length })
    }
    for (const { 0: whole, 1: owner, 2: name = '', 3: method, index } of body.matchAll(CALL)) {
      const isCall = method === undefined ? !ONLY_METHODS.has(this.#language) : METHODS[this.#language]?.has(method)
      const isOwn = owner === undefined && name !== ownName && signature.includes(name)
      if (isCall === true && (isOwn || (owner !== undefined && !isMethod(name))))
        add(index, whole.length, { name, isField: owner !== undefined, passedTo: null })
    }
    for (const name of this.#closuresIn(startLine, endLine))
      for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + name.length)) {
        const after = at + name.length
        if (/[\w$.]/.test(body[at - 1] ?? '') || /[\w$]/.test(body[after] ?? '')) continue
        const isCall = /^\s?\(/.test(body.slice(after, after + 2))
        const [, callee = null] = isCall ? [] : (PASSED.exec(body.slice(Math.max(0, at - MAX_BEFORE), at)) ?? [])
        if (isCall || callee !== null) add(at, name.length, { name, isField: false, passedTo: callee })
      }
    return found
  }

  /** The names of functions that are made within lines. */
  #closuresIn(startLine: number, endLine: number): string[] {
    const from = lowerBound(this.#closures.length, (at) => (this.#closures[at]?.startLine ?? 0) < startLine)
    const names = new Set<string>()
    for (let at = from; names.size < MAX_CLOSURES; at++) {
      const one = this.#closures[at]
      if (one === undefined || one.startLine > endLine) break
      if (one.name !== undefined && one.endLine <= endLine) names.add(one.name)
    }
    return [...names]
  }
}

/** The named functions that the blocks of a file are, sorted by line. */
function closuresOf(blocks: FileBlocks): Block[] {
  const found: Block[] = []
  if (blocks.names.length === 0) return found
  for (let at = 0, one = blockAt(blocks, at); one !== undefined; one = blockAt(blocks, ++at))
    if (one.kind === 'nested' && one.name !== undefined) found.push(one)
  return found
}
