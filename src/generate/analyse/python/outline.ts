/**
 * Hashes the parts of a file that other files may read: while the hashes are equal, the results derived by other files
 * are too. The hashes cover the text without comments, docstrings and function bodies, and the targets of its imports.
 *
 * The body of a function is included if it binds something visible outside: fields of `self`, global names. Otherwise
 * it is hashed separately and matters once the result of a call was derived from it (`FileFacts.consulted`).
 */

import { createHash } from 'node:crypto'
import { lowerBound } from '#base/binary-search.ts'
import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { Binding, Definition, FileFacts } from './facts.ts'
import { type ImportedMember, importedMembers } from './imported-members.ts'
import { importedChain } from './imports.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'
import { dormantNames } from './variables.ts'

export interface Outline {
  readonly head: string
  /** Hashes of the functions and methods that are not local, in source order. */
  readonly bodies: readonly string[]
  readonly importedMembers: readonly ImportedMember[]
  /** Top-level names that become components when another file imports them. */
  readonly dormant: readonly string[]
}

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Call this before definitions get their ids.
 *
 * @param hasHashes - False if nothing is cached, so that no hashes are needed.
 */
export function outlineOf(program: Program, file: FileFacts, hasHashes: boolean): Outline {
  const members = importedMembers(program, file)
  if (!hasHashes) return { ...NO_HASHES, importedMembers: members }
  return { importedMembers: members, dormant: dormantNames(file), ...hashes(program, file) }
}

const NO_HASHES = { head: '', bodies: [], dormant: [] }

function hashes(program: Program, file: FileFacts): { head: string; bodies: string[] } {
  const { tree } = file
  const functions = outerFunctions(file)
  const blocks = functions.map((definition) => blockOf(tree, definition))
  const open = openBlocks(file, functions, blocks)
  const routes = routesOf(program, file, blocks)
  const flags = functions.map(({ isGenerator, returned }) => (isGenerator ? 2 : 0) + (returned.length > 0 ? 1 : 0))
  const hidden = [...commentRanges(tree), ...docRanges(tree), ...blocks.filter((_, index) => !open.has(index))]
  const whole = { start: 0, end: tree.text.length }
  return {
    head: hashOf(`${flags.join('')}\0${routes.top}\0${textWithout(tree.text, whole, hidden)}`),
    bodies: blocks.map((block, index) =>
      hashOf(`${routes.inside.get(index) ?? ''}\0${textWithout(tree.text, block, commentsIn(tree, block))}`),
    ),
  }
}

/** Functions and methods that are not nested in functions, in source order. */
export function outerFunctions(file: FileFacts): Definition[] {
  return file.definitions.filter((definition) => definition.kind === 'function' && !definition.isLocal)
}

function blockOf(tree: SyntaxTree, definition: Definition): Range {
  const block = tree.childOfKind(definition.node, K.block)
  return block === NONE ? { start: 0, end: 0 } : { start: tree.start(block), end: tree.end(block) }
}

/** Indexes of the functions that bind something visible outside of them. */
function openBlocks(file: FileFacts, functions: readonly Definition[], blocks: readonly Range[]): Set<number> {
  const open = new Set<number>()
  const note = (binding: Binding): void => {
    const index = indexAt(blocks, file.tree.start(binding.node))
    if (index !== undefined) open.add(index)
  }
  for (const bindings of file.top.names.values()) bindings.forEach(note)
  for (const definition of file.definitions) {
    if (definition.kind !== 'class' || definition.isLocal) continue
    for (const bindings of definition.body?.names.values() ?? []) bindings.forEach(note)
    for (const bindings of definition.instanceFields.values()) bindings.forEach(note)
  }
  for (const [index, { body }] of functions.entries()) if (body !== null && body.stars.length > 0) open.add(index)
  return open
}

/** The targets of imports; imports inside functions are grouped by the function's index. */
function routesOf(program: Program, file: FileFacts, blocks: readonly Range[]) {
  let top = ''
  const inside = new Map<number, string>()
  for (const { fact } of file.imports) {
    const chain = importedChain(program, file, fact)
    const route = `${chain.map(({ path, folder }) => path ?? `${folder}/`).join(' ')}\n`
    const index = indexAt(blocks, file.tree.start(fact.node))
    if (index === undefined) top += route
    else inside.set(index, (inside.get(index) ?? '') + route)
  }
  return { top, inside }
}

/** The last range that starts at or before the offset and contains it. Ranges are in order and disjoint, or empty. */
function indexAt(ranges: readonly Range[], offset: number): number | undefined {
  const last = lowerBound(ranges.length, (index) => (ranges[index]?.start ?? 0) <= offset) - 1
  const range = ranges[last]
  return range !== undefined && offset < range.end ? last : undefined
}

/** Comments with the space before them. */
function commentRanges(tree: SyntaxTree): Range[] {
  return commentsIn(tree, { start: 0, end: tree.text.length })
}

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

/** Statements that consist of a string only. */
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

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
