/**
 * Reads from the source under which conditions a call happens: the heads of the branches, loops and callbacks around it, by
 * indentation. What the source shows must agree with the blocks of the analysis; otherwise the condition is not quoted.
 */

import { PHP } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Block, Component } from '#generate/model.ts'
import { codeLines, indentOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { type ControlHead, callbackOf, headIn } from './block-heads.ts'
import { LANGUAGES } from './code-languages.ts'

/** The kinds are keys of texts. `repeated` has no code: the head of the loop says nothing. */
export interface Condition {
  kind: 'if' | 'unless' | 'inside' | 'callback' | 'whenCalled' | 'repeated'
  code: string
}

/** Where a call is. */
export interface Place {
  /** From 1, like the column. */
  line: number
  column: number
  /** Index of the innermost block. */
  block: number
}

const REPEATED: Condition = { kind: 'repeated', code: '' }
const MAX_BODY = 1_000
/** Limit on the checks before a call. */
const MAX_CHECKS = 2
/** Limits on the heads around a call and on the exits before it, for the time they take. */
const MAX_HEADS = 12
const MAX_EXITS = 20
/** What the analysis takes for the name in `let mut name = |x| …`. */
const MUTABLE = 'mut'
const EXIT = /(?<![\w.$@])(?:return|break|continue|next|goto)\b(?!:)/
/** Matches heads of loops that say nothing. */
const ENDLESS = /^(?:for|loop)$|^while \(?(?:1|true|True)\)?$|^for \(; ?;\)$/
/** Matches checks that something failed, in Go and in Node, and that nothing did. */
export const IS_ERROR = /^(?:err|\w{0,30}Err)(?: != nil)?$|; ?err != nil$/
export const IS_SUCCESS = /^(?:err|\w{0,30}Err) == nil$|; ?err == nil$|^!err$|^\w{1,30}\.(?:[iI]s_?)?[oO]k\(\)$/

/** The conditions of a call, the outer ones first; `null` if they are not known, or if it is in a function that is made here for an unknown use. */
export function conditionsOf(repo: RepoIndex, body: Component, place: Place): Condition[] | null {
  const around = repo.occurrences.blocksAround({ file: body.file, block: place.block })
  const nested = around.findIndex(({ kind }) => kind === 'nested')
  const own = nested === -1 ? around : around.slice(0, nested + 1)
  const blocks = own.filter(({ kind }) => kind !== 'guarded' && kind !== 'deferred')
  const code = own.length === 0 ? undefined : Body.of(repo, body)
  const quoted = code === undefined ? null : quote(blocks, code, place)
  if (quoted === null && nested !== -1) return nameOfNested(own)
  const isLoop = blocks.some(({ kind }) => kind === 'loop')
  const checks = own.some(({ kind }) => kind === 'guarded') ? (code?.checksBefore(place) ?? null) : []
  const told = quoted === null || checks === null ? null : [...checks, ...quoted].filter((one) => !isUsual(one))
  if (told !== null) return told
  const isSure = checks?.length === 0 && blocks.every(({ kind }) => kind === 'loop')
  return isSure ? (isLoop ? [REPEATED] : []) : null
}

/** Whether it only says that nothing failed. */
const isUsual = ({ kind, code }: Condition): boolean =>
  (kind === 'if' && IS_SUCCESS.test(code)) || (kind === 'unless' && IS_ERROR.test(code))

/** The condition of a call in a nested function, if only the name of that is known. */
function nameOfNested(own: readonly Block[]): Condition[] | null {
  const name = own.at(-1)?.name
  return name === undefined || name === MUTABLE || own.length > 1 ? null : [{ kind: 'whenCalled', code: name }]
}

/** The heads of the blocks as conditions; `null` if the source shows others. */
function quote(blocks: readonly Block[], code: Body, place: Place): Condition[] | null {
  const heads = code.headsAround(place)
  const conditions: Condition[] = []
  let next = 0
  for (const head of heads) {
    const block = blocks[next]
    if (block === undefined) break
    const condition = code.conditionOf(head, block)
    if (condition === null) return null
    conditions.unshift(condition)
    next++
    // Each `else if` is a branch in that of the `else` before it.
    while (head.chainStart < head.line && isWithin(blocks[next], head)) next++
  }
  return next < blocks.length ? null : conditions
}

const isWithin = (block: Block | undefined, { chainStart, line }: ControlHead): boolean =>
  block?.kind === 'branch' && block.startLine > chainStart && block.startLine <= line

const bodies = new WeakMap<RepoIndex, Map<string, Body | undefined>>()

/** The masked code of a function. */
class Body {
  readonly #masked: MaskedCode
  readonly #lines: readonly string[]
  readonly #first: number
  readonly #language: string

  static of(repo: RepoIndex, component: Component): Body | undefined {
    const known = bodies.get(repo) ?? new Map<string, Body | undefined>()
    bodies.set(repo, known)
    if (!known.has(component.id)) known.set(component.id, Body.#read(repo, component))
    return known.get(component.id)
  }

  static #read(repo: RepoIndex, { file, startLine, endLine }: Component): Body | undefined {
    const language = repo.files.get(file)?.language ?? ''
    const rules = LANGUAGES[language]
    if (rules === undefined || endLine - startLine >= MAX_BODY) return undefined
    const text = codeLines(repo, file, startLine, endLine).join('\n')
    const masked = MaskedCode.of(rules === PHP ? `<?${text}` : text, rules)
    return masked === undefined ? undefined : new Body(masked, startLine, language)
  }

  private constructor(masked: MaskedCode, first: number, language: string) {
    this.#masked = masked
    // A masked literal has no line breaks.
    const count = masked.text.split('\n').length
    this.#lines = Array.from({ length: count }, (_, at) =>
      masked.code.slice(masked.startOfLine(at + 1), masked.startOfLine(at + 2)).replace(/\n$/, ''),
    )
    this.#first = first
    this.#language = language
  }

  /** Heads of branches, loops and functions around a place, the innermost first. */
  headsAround({ line, column }: Pick<Place, 'line' | 'column'>, max = MAX_HEADS): ControlHead[] {
    const heads: ControlHead[] = []
    const own = line - this.#first
    const offset = this.#masked.startOfLine(own + 1) + column - 1
    for (let at = own; at > 0 && heads.length < max; at = this.#above(at, indentOf(this.#lines[at] ?? '') - 1)) {
      // A head in several lines ends with `) {`, indented like its beginning.
      if (at !== own && /^\s*[)\]]/.test(this.#lines[at] ?? '')) at = this.#above(at, indentOf(this.#lines[at] ?? ''))
      if (at <= 0) break
      const head = this.#headAt(at)
      if (head !== null && head.end <= offset) heads.push(head)
    }
    return heads
  }

  /** `null` where the block is of another kind. */
  conditionOf(head: ControlHead, { kind, name }: Block): Condition | null {
    const { keyword, code } = head
    if (keyword === 'function') {
      if (kind !== 'nested' && kind !== 'loop') return null
      const callee = callbackOf(this.#lines[head.line - this.#first] ?? '')
      if (callee !== null) return { kind: 'callback', code: callee }
      return kind === 'nested' && name !== undefined && name !== MUTABLE ? { kind: 'whenCalled', code: name } : null
    }
    const isLoop = keyword === 'loop'
    if (kind !== (isLoop ? 'loop' : 'branch')) return null
    if (isLoop && ENDLESS.test(code)) return REPEATED
    if (isLoop || keyword === 'case') return { kind: 'inside', code }
    if (keyword !== 'else') return conditional(keyword, code)
    const before = this.#headAt(this.#above(head.line - this.#first, head.indent, true))
    return before?.keyword === 'if' && before.chainStart === before.line ? conditional('unless', before.code) : null
  }

  /** The checks whose exits skip a place, without those that only throw or pass on errors; `null` if they are not known. */
  checksBefore(place: Place): Condition[] | null {
    const checks: Condition[] = []
    let exits = 0
    const own = place.line - this.#first
    for (const [at, text] of this.#lines.slice(0, own).entries()) {
      const exit = at === 0 ? null : EXIT.exec(text)
      if (exit === null) continue
      if (++exits > MAX_EXITS) return null
      const [head] = this.headsAround({ line: at + this.#first, column: exit.index + 1 }, 1)
      if (head?.keyword !== 'if' || head.chainStart !== head.line) return null
      if (IS_ERROR.test(head.code)) continue
      const from = head.line - this.#first
      const isBeside = this.#lines.slice(from, own + 1).every((one) => isBlank(one) || indentOf(one) >= head.indent)
      if (!isBeside || checks.length >= MAX_CHECKS) return null
      checks.push(conditional('unless', head.code))
    }
    return checks
  }

  #headAt(at: number): ControlHead | null {
    const text = this.#lines[at]
    if (text === undefined || at <= 0) return null
    const found = headIn(this.#masked, this.#masked.startOfLine(at + 1), text, this.#language)
    if (found === null) return null
    const indent = indentOf(text)
    let start = at
    if (found.isChained)
      for (
        let above = at;
        above > 0 && (start === at || !/^\s*(?:if|unless)\b/.test(this.#lines[start] ?? ''));
        start = above
      )
        above = this.#above(above, indent, true)
    return { ...found, line: at + this.#first, indent, chainStart: start + this.#first }
  }

  /** Index of the nearest line above with at most this indentation, 0 for none. */
  #above(from: number, indent: number, isExact = false): number {
    for (let at = from - 1; at > 0; at--) {
      const text = this.#lines[at] ?? ''
      if (isBlank(text) || indentOf(text) > indent) continue
      // The beginning of a chain has a line of its own: `}` alone ends a part of it.
      if (!isExact || /\w/.test(text)) return at
    }
    return 0
  }
}

/** Whether a line has no code, or is inside of a literal. */
const isBlank = (line: string): boolean => /^\s*(?:~|$)/.test(line)

/** Simplifies a single negation. */
function conditional(kind: 'if' | 'unless', code: string): Condition {
  const plain = /^(?:! ?|not )([\w.$]+(?:\([^()]{0,60}\))?)$/.exec(code)?.[1]
  return plain === undefined ? { kind, code } : { kind: kind === 'if' ? 'unless' : 'if', code: plain }
}
