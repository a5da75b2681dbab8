/**
 * Declares the items that a macro of the same file makes from its arguments: `uints! { u8 u16 }`, where the body of the
 * macro is `$( pub fn $t(…) {…} )+`. Each is declared where its name appears among the arguments.
 */

import { append } from '#base/long-arrays.ts'
import { packDoc } from '#generate/analyse/doc-comment.ts'
import {
  D,
  D_WIDTH,
  DECL_KINDS,
  type DeclKind,
  E,
  E_WIDTH,
  type FileFacts,
  Flag,
  NONE,
  Op,
  S_WIDTH,
  Use,
  VISIBILITIES,
} from '#generate/analyse/engine/facts.ts'
import { isMarkedHidden } from '#generate/analyse/engine/hidden-marks.ts'
import type { ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { shortSignature } from '#generate/analyse/engine/short-signature.ts'
import { rustdoc } from '#generate/analyse/languages/docs/rustdoc.ts'
import { Lines } from '#generate/formats/lines.ts'
import { isOnlyForTests } from './cfg-conditions.ts'
import { attributesAbove } from './finish.ts'
import { type MacroItem, type MacroRule, readMacroRule } from './macro-rule.ts'
import { blockTokens, textOf } from './macro-tokens.ts'
import { type Fragments, matchArguments } from './match-arguments.ts'

const KINDS: ReadonlyMap<string, DeclKind> = new Map([
  ['fn', 'function'],
  ['struct', 'struct'],
  ['union', 'struct'],
  ['enum', 'enum'],
  ['trait', 'trait'],
  ['type', 'type'],
  ['const', 'constant'],
  ['static', 'variable'],
])
const TEST = /#\[(?:\w+::)*test\b/
const OPENING = /^!\s{0,9}[([{]/
const MAX_OPENING = 12
const MAX_INVOCATIONS = 200

/** To be called before `!` is added to the names of macros in expressions. */
export function expandMacros(facts: FileFacts, text: string, describe: ReadRules['describe']): void {
  const rules = rulesOf(facts, text)
  if (rules.size === 0) return
  const draft = new Draft(facts, text, describe)
  let invocations = 0
  for (let expr = 0; expr < facts.exprs.length && invocations < MAX_INVOCATIONS; expr += E_WIDTH) {
    const name = facts.strings[facts.exprs[expr + E.name] ?? NONE] ?? ''
    const rule = facts.exprs[expr + E.op] === Op.ref ? rules.get(name) : undefined
    const start = facts.exprs[expr + E.start] ?? 0
    const from = start + name.length
    const [opening] = (rule && OPENING.exec(text.slice(from, from + MAX_OPENING))) ?? []
    if (rule === undefined || opening === undefined) continue
    invocations++
    const parent = parentAt(facts, start)
    if (parent === undefined || isOnlyForTests(attributesAbove(text, start))) continue
    const { fixed, list } = matchArguments(rule, blockTokens(text, from + opening.length - 1))
    for (const item of rule.items)
      for (const fragments of item.isInList ? list : [fixed]) draft.declare(item, fragments, parent, start)
  }
  draft.finish()
}

/** The rules of the macros that declare items, keyed by name; macros that share a name are left out. */
function rulesOf({ decls, strings }: FileFacts, text: string): Map<string, MacroRule> {
  const rules = new Map<string, MacroRule | undefined>()
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    if (decls[row + D.kind] !== numberOf('macro')) continue
    const name = strings[decls[row + D.name] ?? NONE] ?? ''
    rules.set(name, rules.has(name) ? undefined : readMacroRule(text, decls[row + D.start] ?? 0))
  }
  return new Map([...rules].flatMap(([name, rule]) => (rule === undefined ? [] : [[name, rule]])))
}

const numberOf = (kind: DeclKind): number => DECL_KINDS.indexOf(kind)

/** The module or `impl` that directly contains an offset, `NONE` for the file; `undefined` in a function. */
function parentAt({ decls }: FileFacts, at: number): number | undefined {
  let inner = NONE
  for (let row = 0; row < decls.length; row += D_WIDTH)
    if ((decls[row + D.start] ?? 0) <= at && at < (decls[row + D.end] ?? 0)) inner = row / D_WIDTH
  const kind = decls[inner * D_WIDTH + D.kind]
  return inner === NONE || kind === numberOf('module') || kind === numberOf('impl') ? inner : undefined
}

/** Adds declarations to the facts of a file. */
class Draft {
  readonly #facts: FileFacts
  readonly #decls: number[]
  readonly #lines: Lines
  readonly #describe: ReadRules['describe']
  readonly #nameOffsets = new Set<number>()
  readonly #impls = new Map<string, number>()

  constructor(facts: FileFacts, text: string, describe: ReadRules['describe']) {
    this.#facts = facts
    this.#decls = [...facts.decls]
    this.#lines = new Lines(text)
    this.#describe = describe
  }

  /**
   * @param around - A declaration, or `NONE`.
   * @param start - The offset of the invocation.
   */
  declare(item: MacroItem, fragments: Fragments, around: number, start: number): void {
    const [token] = fragments.get(item.fragment) ?? []
    const kind = KINDS.get(item.keyword)
    const { attributes, comments } = marksOf(item, fragments)
    const header = textOf(item.header, fragments)
    if (token === undefined || kind === undefined || header.includes('$') || TEST.test(attributes)) return
    const modifiers = `${attributes} ${header.slice(0, header.search(/\b(?:fn|struct|enum|union|trait|type|const|static) /))}`
    const receiver = item.receiver && (fragments.get(item.receiver)?.[0]?.text ?? item.receiver)
    // Members of a trait's `impl` are described by the trait.
    if (receiver === '') return
    const parent = receiver === undefined ? around : this.#implOf(receiver, around, start)
    const owner = parent * D_WIDTH
    const isExported = ((this.#decls[owner + D.flags] ?? 0) & Flag.exported) !== 0
    const holder = { kind: DECL_KINDS[this.#decls[owner + D.kind] ?? NONE] ?? 'module', name: '', isExported }
    const words = {
      kind,
      name: token.text,
      modifiers,
      header,
      hasBody: true,
      parent: parent === NONE ? null : holder,
      path: '',
    }
    const { visibility, isExported: isPublic, flags = 0 } = this.#describe(words)
    const hidden = isMarkedHidden(comments, attributes, token.text) ? Flag.hidden : 0
    const signature = shortSignature(header, kind, false)
    const doc = packDoc(rustdoc(comments))
    const row = new Int32Array(D_WIDTH).fill(NONE)
    row[D.kind] = numberOf(kind)
    row[D.name] = this.#stringOf(token.text)
    row[D.from] = row[D.start] = token.start
    row[D.end] = token.start + token.text.length
    row[D.startLine] = row[D.endLine] = this.#lines.at(token.start)
    row[D.parent] = parent
    row[D.scope] = parent === NONE ? 0 : (this.#decls[owner + D.ownScope] ?? 0)
    row[D.flags] = flags | hidden | (isPublic ? Flag.exported : 0)
    row[D.visibility] = VISIBILITIES.indexOf(visibility)
    row[D.signature] = this.#stringOf(signature)
    if (doc !== null) row[D.doc] = this.#stringOf(doc)
    append(this.#decls, row)
    this.#nameOffsets.add(token.start)
    this.#facts.notes.push(`item ${header}`)
  }

  /** The `impl` of a type that an invocation makes. */
  #implOf(receiver: string, around: number, start: number): number {
    const key = `${start} ${receiver}`
    const known = this.#impls.get(key)
    if (known !== undefined) return known
    const { exprs, scopes } = this.#facts
    const scope = around === NONE ? 0 : (this.#decls[around * D_WIDTH + D.ownScope] ?? 0)
    const type = new Int32Array(E_WIDTH).fill(NONE)
    type[E.op] = Op.ref
    type[E.name] = this.#stringOf(receiver)
    type[E.start] = type[E.at] = start
    type[E.scope] = scope
    type[E.use] = Use.type
    const index = this.#decls.length / D_WIDTH
    const row = new Int32Array(D_WIDTH).fill(NONE)
    row[D.kind] = numberOf('impl')
    row[D.name] = this.#stringOf('')
    row[D.from] = row[D.start] = row[D.end] = start
    row[D.parent] = around
    row[D.scope] = scope
    row[D.ownScope] = scopes.length / S_WIDTH
    row[D.receiver] = exprs.length / E_WIDTH
    row[D.flags] = 0
    append(this.#decls, row)
    this.#facts.exprs = Int32Array.from([...exprs, ...type])
    this.#facts.scopes = Int32Array.from([...scopes, scope, index, NONE])
    this.#impls.set(key, index)
    return index
  }

  finish(): void {
    if (this.#nameOffsets.size === 0) return
    this.#facts.decls = Int32Array.from(this.#decls)
    // The names are declarations, not uses.
    const { exprs } = this.#facts
    for (let row = 0; row < exprs.length; row += E_WIDTH)
      if (this.#nameOffsets.has(exprs[row + E.start] ?? NONE)) exprs[row + E.op] = Op.unknown
  }

  /** Strings of the file keep their index, because names are looked up by it. */
  #stringOf(text: string): number {
    const { strings } = this.#facts
    const index = strings.indexOf(text)
    return index >= 0 ? index : strings.push(text) - 1
  }
}

const DOC = /^#\[doc ?= ?"((?:[^"\\]|\\.)*)"\]$/

/** The attributes above an item, and its comments; `#[doc = "…"]` is one. */
function marksOf({ before }: MacroItem, fragments: Fragments): { attributes: string; comments: string[] } {
  const attributes: string[] = []
  const comments: string[] = []
  for (const mark of before) {
    const text = textOf(mark, fragments)
    const [, words] = DOC.exec(text) ?? []
    if (words !== undefined) comments.push(`/// ${words.replace(/\\(["\\])/g, '$1').trim()}`)
    else (text.startsWith('//') ? comments : attributes).push(text)
  }
  return { attributes: attributes.join(' '), comments }
}
