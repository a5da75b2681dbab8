/**
 * Hashes the parts of a file that others may read (`parts.ts`): while the value of a part is the same, everything
 * derived from its text is too. Values do not cover comments, docstrings, or where a part is in its file.
 */

import { createHash } from 'node:crypto'
import { lowerBound } from '#base/binary-search.ts'
import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { Binding, Definition, FileFacts, ImportFact, Scope } from './facts.ts'
import { type ImportedMember, importedMembers } from './imported-members.ts'
import { importedChain } from './imports.ts'
import { narrow } from './kept-reads.ts'
import { lazyNamesOf } from './lazy-exports.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'
import { dormantNames, isWanted } from './variables.ts'

export interface Outline {
  readonly importedMembers: readonly ImportedMember[]
  /** Top-level names that become components when `__all__` or another file names them. */
  readonly dormant: readonly string[]
  /** Keys of parts, each with its value, separated by NUL. */
  readonly values: string
  /** The value of a part that does not exist: where else its name is looked up. */
  readonly absent: string
}

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Call this before definitions get their ids.
 *
 * @param hasValues - False if nothing is cached, so that no values are needed.
 */
export function outlineOf(program: Program, file: FileFacts, hasValues: boolean): Outline {
  const members = importedMembers(program, file)
  if (!hasValues) return { importedMembers: members, dormant: [], values: '', absent: '' }
  return { importedMembers: members, dormant: dormantNames(file), ...new Values(program, file).read() }
}

const known = new WeakMap<Outline, ReadonlyMap<string, string>>()

/** The values of the parts, keyed by the key of the part without its path. */
export function valuesOf(outline: Outline): ReadonlyMap<string, string> {
  const found = known.get(outline)
  if (found !== undefined) return found
  const values = new Map<string, string>()
  const parts = outline.values.split('\0')
  for (let i = 0; i + 1 < parts.length; i += 2) values.set(parts[i] ?? '', parts[i + 1] ?? '')
  known.set(outline, values)
  return values
}

/**
 * Expressions may be nested or shared by many names: if their text exceeds that of the file by this factor, parts are
 * not distinguished.
 */
const MAX_REPEATED = 20
/** A text that is shorter is its own value. */
const MAX_PLAIN = 24

class Values {
  readonly #program: Program
  readonly #file: FileFacts
  readonly #tree: SyntaxTree
  /** Values of expressions, keyed by node. */
  readonly #expressions = new Map<number, string>()
  readonly #docs: readonly Range[]
  #left: number

  constructor(program: Program, file: FileFacts) {
    this.#program = program
    this.#file = file
    this.#tree = file.tree
    this.#docs = docRanges(file.tree)
    this.#left = file.tree.text.length * MAX_REPEATED
  }

  read(): { values: string; absent: string } {
    const { definitions, imports, top, tree } = this.#file
    const values: string[] = []
    const stars: ImportFact[] = [...top.stars]
    for (const [name, bindings] of top.names) {
      values.push(`n${name}`, short((isWanted(name, bindings) ? 'w' : '') + this.#bindings(bindings)))
    }
    const inside = new Map<Definition, string>()
    for (const { fact, scope } of imports) {
      if (scope.outer !== null) inside.set(scope.outer, `${inside.get(scope.outer) ?? ''}${this.#route(fact)}\n`)
    }
    for (const definition of definitions) {
      const { body, instanceFields, isLocal, key, kind } = definition
      if (isLocal || body === null) continue
      if (kind === 'function') {
        values.push(`t${key}`, short(`${inside.get(definition) ?? ''}\0${this.#bodyOf(definition)}`))
        continue
      }
      for (const star of body.stars) stars.push(star)
      for (const [name, value] of this.#members(body, instanceFields)) values.push(`n${key}.${name}`, short(value))
    }
    if (this.#left < 0) return { values: '', absent: hashOf(tree.text) }
    const lazy = [...lazyNamesOf(this.#program, this.#file)].map(
      ([name, { module, name: inner }]) => `${name} ${module.path} ${inner}\n`,
    )
    const routes = stars.map((fact) => `${this.#route(fact)}\n`)
    return { values: narrow(values.join('\0')), absent: short(`-${routes.join('')}${lazy.join('')}`) }
  }

  #members(body: Scope, fields: ReadonlyMap<string, readonly Binding[]>): Map<string, string> {
    const members = new Map<string, string>()
    const add = (name: string, value: string): void => void members.set(name, (members.get(name) ?? '') + value)
    for (const [name, bindings] of body.names) add(name, this.#bindings(bindings))
    for (const [name, bindings] of fields) add(name, `self ${this.#bindings(bindings)}`)
    for (const name of body.redirects?.keys() ?? []) add(name, 'elsewhere')
    return members
  }

  #bindings(bindings: readonly Binding[]): string {
    return bindings.map((binding) => this.#binding(binding)).join('\0')
  }

  #binding({ annotation, definition, evaluatedIn, expression, kind, path, source }: Binding): string {
    const place = evaluatedIn.outer?.key ?? ''
    if (source !== null) return `${place} ${this.#route(source)}`
    if (definition !== null && definition.kind !== 'variable') return `${place} ${this.#headOf(definition)}`
    return `${place} ${kind} ${path.join()} ${this.#expression(annotation)} ${this.#expression(expression)}`
  }

  #expression(node: number): string {
    if (node === NONE) return ''
    let value = this.#expressions.get(node)
    if (value === undefined) {
      const tree = this.#tree
      this.#left -= tree.end(node) - tree.start(node)
      value = this.#left < 0 ? '' : short(tree.textOf(node))
      this.#expressions.set(node, value)
    }
    return value
  }

  /** A definition without its body. */
  #headOf({ isGenerator, kind, node, outer, returned }: Definition): string {
    const tree = this.#tree
    const block = tree.childOfKind(node, K.block)
    const range = { start: tree.start(outer), end: block === NONE ? tree.end(outer) : tree.start(block) }
    const text = textWithout(tree.text, range, commentsIn(tree, range))
    return `${kind}${isGenerator ? ' yields' : ''}${returned.length > 0 ? ' returns' : ''} ${text.trimEnd()}`
  }

  #bodyOf({ node }: Definition): string {
    const tree = this.#tree
    const block = tree.childOfKind(node, K.block)
    if (block === NONE) return ''
    const range = { start: tree.start(block), end: tree.end(block) }
    const docs: Range[] = []
    const first = lowerBound(this.#docs.length, (index) => (this.#docs[index]?.end ?? 0) <= range.start)
    for (let i = first; (this.#docs[i]?.start ?? range.end) < range.end; i++) docs.push(this.#docs[i] as Range)
    return textWithout(tree.text, range, [...commentsIn(tree, range), ...docs])
  }

  /** What an import names, and where that is. */
  #route(fact: ImportFact): string {
    const { bindsTop, level, module, name } = fact
    const chain = importedChain(this.#program, this.#file, fact)
    const route = chain.map(({ path, folder }) => path ?? `${folder}/`).join(' ')
    return `${level} ${module.join('.')} ${name} ${bindsTop} ${route}`
  }
}

/** Comments with the space before them. */
function commentsIn(tree: SyntaxTree, { start, end }: Range): Range[] {
  const { comments, text } = tree
  const ranges: Range[] = []
  for (let i = tree.firstCommentFrom(start); i < comments.length; i += 2) {
    const from = comments[i] ?? 0
    if (from >= end) break
    ranges.push({ start: Math.max(start, withSpace(text, from)), end: comments[i + 1] ?? from })
  }
  return ranges
}

/** The start of the space before an offset, including the previous line break if nothing else is on the line. */
function withSpace(text: string, offset: number): number {
  let begin = offset
  while (text[begin - 1] === ' ' || text[begin - 1] === '\t') begin--
  return text[begin - 1] === '\n' ? begin - 1 : begin
}

/** Statements that consist of a string only, in order. */
function docRanges(tree: SyntaxTree): Range[] {
  const ranges: Range[] = []
  for (let node = 0; node < tree.size; node++) {
    if (tree.kinds[node] !== K.expression_statement || tree.afterOf(node) !== node + 2) continue
    if (tree.kind(node + 1) !== K.string) continue
    ranges.push({ start: withSpace(tree.text, tree.start(node)), end: tree.end(node) })
  }
  return ranges
}

/** The text of a range without the hidden ranges, which may be in any order and nested. */
function textWithout(text: string, { start, end }: Range, hidden: Range[]): string {
  hidden.sort((a, b) => a.start - b.start)
  let left = ''
  let from = start
  for (const range of hidden) {
    if (range.end <= from) continue
    if (range.start > from) left += text.slice(from, range.start)
    from = range.end
  }
  return from < end ? left + text.slice(from, end) : left
}

function short(text: string): string {
  return text.length <= MAX_PLAIN && !text.includes('\0') ? text : hashOf(text)
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
