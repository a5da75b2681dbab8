/** Finds the classes that `isinstance` has ruled out for a name: in the remaining branches, and after an early exit. */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { Binding, Scope } from './facts.ts'
import { lineageOf } from './lineage.ts'
import { operatorBetween } from './operators.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'
import { OUTSIDE, optionsOf, unionOf, type Value } from './values.ts'

/** A range of offsets in which a name's value is no instance of the classes at the node `classes`. */
interface Exclusion {
  readonly classes: number
  readonly from: number
  readonly to: number
}

/** Limit on the exclusions of one name that are tried for a use. */
const MAX_TRIED = 50
/** Limit on the operands of a condition, and on the classes of a tuple. */
const MAX_OPERANDS = 8

/** For each tree, the exclusions of its names in document order. */
const known = new WeakMap<SyntaxTree, ReadonlyMap<string, readonly Exclusion[]>>()

/** For the bindings of a name in a scope, the sorted offsets at which they take effect. */
const knownOffsets = new WeakMap<readonly Binding[], readonly number[]>()

/** The value of a name at an offset of a function, without the objects of classes that a condition has ruled out. */
export function withoutExcluded(
  program: Program,
  value: Value | null,
  name: string,
  scope: Scope,
  at: number,
): Value | null {
  const options = optionsOf(value)
  if (!options.some(({ kind }) => kind === 'instance')) return value
  const { tree } = scope.file
  const found = known.get(tree) ?? exclusionsIn(tree)
  known.set(tree, found)
  const exclusions = found.get(name)
  let binding: Scope | null = scope
  while (binding !== null && !binding.names.has(name)) binding = binding.parent
  if (exclusions === undefined || binding?.kind !== 'function') return value
  const assigned = lastAssigned(binding.names.get(name) ?? [], at)
  const before = lowerBound(exclusions.length, (index) => (exclusions[index]?.from ?? 0) <= at)
  let left = options
  for (const { classes, from, to } of exclusions.slice(Math.max(0, before - MAX_TRIED), before)) {
    if (at >= to || assigned > from) continue
    for (const node of operandsOf(tree, classes)) {
      const type = program.evaluate(scope.file, node, scope).value
      if (type?.kind !== 'class') continue
      left = left.filter(
        (one) => one.kind !== 'instance' || !lineageOf(program, one.definition).classes.includes(type.definition),
      )
    }
  }
  if (left.length === options.length) return value
  return left.length === 0 ? OUTSIDE : unionOf(left)
}

/** The last offset, up to `at`, at which one of the bindings begins to hold; -1 if there is none. */
function lastAssigned(bindings: readonly Binding[], at: number): number {
  const offsets = knownOffsets.get(bindings) ?? bindings.map(({ from }) => from).sort((a, b) => a - b)
  knownOffsets.set(bindings, offsets)
  return offsets[lowerBound(offsets.length, (index) => (offsets[index] ?? 0) <= at) - 1] ?? -1
}

/** The nodes of the classes: the first `MAX_OPERANDS` of a tuple, or the single class. */
function operandsOf(tree: SyntaxTree, classes: number): number[] {
  if (tree.kind(classes) !== K.tuple) return [classes]
  const nodes: number[] = []
  for (let node = tree.first(classes); node !== NONE && nodes.length < MAX_OPERANDS; node = tree.next(node, classes))
    nodes.push(node)
  return nodes
}

function exclusionsIn(tree: SyntaxTree): ReadonlyMap<string, readonly Exclusion[]> {
  const found = new Map<string, Exclusion[]>()
  if (!tree.text.includes('isinstance')) return found
  /** The blocks around the current node, the innermost last. */
  const blocks: number[] = []
  for (let node = 0; node < tree.size; node++) {
    while (blocks.length > 0 && node >= tree.afterOf(blocks.at(-1) ?? 0)) blocks.pop()
    const kind = tree.kind(node)
    if (kind === K.block) blocks.push(node)
    if (kind === K.if_statement) branches(tree, node, tree.end(blocks.at(-1) ?? 0), found)
    if (kind !== K.conditional_expression) continue
    const [yes = NONE, condition = NONE, no = NONE] = tree.children(node)
    exclude(tree, condition, true, { from: tree.start(no), to: tree.end(no) }, found)
    exclude(tree, condition, false, { from: tree.start(yes), to: tree.end(yes) }, found)
  }
  for (const all of found.values()) all.sort((a, b) => a.from - b.from)
  return found
}

/** @param blockEnd - The end of the block around the statement, where the exclusion of an exiting branch ends. */
function branches(tree: SyntaxTree, statement: number, blockEnd: number, found: Map<string, Exclusion[]>): void {
  // A branch that does not exit reaches the code after the statement without the conditions of later branches.
  let doAllExit = true
  const branch = (holder: number): void => {
    const condition = tree.first(holder)
    const block = tree.childOfKind(holder, K.block)
    doAllExit &&= block !== NONE && exits(tree, block)
    if (block === NONE) return
    const end = doAllExit ? blockEnd : tree.end(statement)
    exclude(tree, condition, true, { from: tree.end(block), to: end }, found)
    exclude(tree, condition, false, { from: tree.start(block), to: tree.end(block) }, found)
  }
  branch(statement)
  for (let child = tree.first(statement); child !== NONE; child = tree.next(child, statement)) {
    if (tree.kind(child) === K.elif_clause) branch(child)
  }
}

const EXITS: ReadonlySet<number> = new Set([
  K.return_statement,
  K.raise_statement,
  K.continue_statement,
  K.break_statement,
])

const exits = (tree: SyntaxTree, block: number): boolean => EXITS.has(tree.kind(tree.last(block)))

/**
 * Adds the classes that a condition excludes: if it is false, its operands of `or`; if it is true, its negated
 * operands of `and`.
 */
function exclude(
  tree: SyntaxTree,
  condition: number,
  isFalse: boolean,
  range: Pick<Exclusion, 'from' | 'to'>,
  found: Map<string, Exclusion[]>,
): void {
  const operands = [condition]
  for (let index = 0; index < operands.length && index < MAX_OPERANDS; index++) {
    const node = operands[index] ?? NONE
    const kind = tree.kind(node)
    const [left = NONE, right = NONE] = tree.children(node)
    if (kind === K.parenthesized_expression) operands.push(left)
    if (kind === K.boolean_operator) {
      if (operatorBetween(tree, left, right) === (isFalse ? 'or' : 'and')) operands.push(left, right)
    }
    const test = isFalse ? node : kind === K.not_operator ? left : NONE
    const call = tree.kind(test) === K.parenthesized_expression ? tree.first(test) : test
    if (tree.kind(call) !== K.call || tree.textOf(tree.first(call)) !== 'isinstance') continue
    const [name = NONE, classes = NONE] = tree.children(tree.last(call))
    if (tree.kind(name) === K.identifier && classes !== NONE) push(found, tree.textOf(name), { classes, ...range })
  }
}
