/**
 * Finds code that does not usually run on Linux: branches for type checkers, `if TYPE_CHECKING:`, for other systems,
 * `if sys.platform == "win32":`, and for errors, `except ImportError:`.
 */

import { lowerBound } from '#base/binary-search.ts'
import type { SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { NONE } from '#generate/analyse/syntax-tree.ts'
import { K } from './syntax.ts'

/** Limit on the definitions of one name that are compared with the branches of an `if`. */
const MAX_SAME = 20
/** Limit on the characters of a condition; longer ones are not evaluated. */
const MAX_CONDITION = 120
/** Occurs in every file with such a branch. */
const MAY_SKIP = /\b(?:TYPE_CHECKING|platform|os\.name|except)\b/
const FOR_CHECKERS = /^(?:\w+\.)?TYPE_CHECKING$/
const COMPARED = /^(?:(?:sys\.)?platform|os\.name|platform\.system\(\)) ?([!=]=) ?["'](\w+)["']$/
const STARTS = /^(?:sys\.)?platform\.startswith\( ?["'](\w+)["'] ?\)$/
/** The values of `sys.platform`, `os.name` and `platform.system()` on Linux. */
const OF_LINUX: ReadonlySet<string> = new Set(['linux', 'posix', 'Linux'])

/** The first node of a skipped branch, the node after it, and whether it is for type checkers. */
type Skipped = readonly [first: number, after: number, isForCheckers: boolean]

/** For each tree, its skipped branches, outermost ones only, in document order. */
const known = new WeakMap<SyntaxTree, readonly Skipped[]>()

/** Whether a node is in a branch that does not usually run on Linux. */
export const isSkipped = (tree: SyntaxTree, node: number): boolean => skippedAround(tree, node) !== undefined

/** Whether only type checkers read a node: no program can import what it defines. */
export const isForCheckers = (tree: SyntaxTree, node: number): boolean => skippedAround(tree, node)?.[2] === true

function skippedAround(tree: SyntaxTree, node: number): Skipped | undefined {
  const found = known.get(tree) ?? skippedIn(tree)
  known.set(tree, found)
  const before = found[lowerBound(found.length, (index) => (found[index]?.[0] ?? 0) <= node) - 1]
  return node < (before?.[1] ?? NONE) ? before : undefined
}

function skippedIn(tree: SyntaxTree): Skipped[] {
  const found: Skipped[] = []
  if (!MAY_SKIP.test(tree.text)) return found
  for (let node = 0; node < tree.size; node++) {
    const skip = (first: number, isForCheckers = false): void => {
      found.push([first, tree.afterOf(first), isForCheckers])
    }
    if (tree.kind(node) === K.except_clause) skip(node)
    if (tree.kind(node) !== K.if_statement) continue
    let isOver = false
    const branch = (holder: number): void => {
      const block = tree.childOfKind(holder, K.block)
      const condition = tree.first(holder)
      const holds = isOver ? false : truthOf(tree, condition)
      if (holds === false && block !== NONE) skip(block, !isOver && FOR_CHECKERS.test(tree.textOf(condition)))
      isOver ||= holds === true
    }
    branch(node)
    for (let child = tree.first(node); child !== NONE; child = tree.next(child, node)) {
      if (tree.kind(child) === K.elif_clause) branch(child)
      else if (tree.kind(child) === K.else_clause && isOver) skip(child)
    }
  }
  return outermost(found)
}

function outermost(ranges: Skipped[]): Skipped[] {
  let end = 0
  return ranges
    .sort(([a], [b]) => a - b)
    .filter(([first, after]) => {
      const isOuter = first >= end
      if (isOuter) end = after
      return isOuter
    })
}

/** Whether a condition holds when the code runs on Linux; `undefined` if that is unknown. */
function truthOf(tree: SyntaxTree, node: number): boolean | undefined {
  if (tree.end(node) - tree.start(node) > MAX_CONDITION) return undefined
  const words = tree.textOf(node).replace(/\s+/g, ' ')
  const [, not = '', plain = ''] = /^(not )?(.*)$/.exec(words) ?? []
  const holds = holdsOf(plain)
  return holds === undefined ? undefined : holds === (not === '')
}

function holdsOf(words: string): boolean | undefined {
  if (FOR_CHECKERS.test(words)) return false
  const start = STARTS.exec(words)?.[1]
  if (start !== undefined) return 'linux'.startsWith(start)
  const [, operator, system = ''] = COMPARED.exec(words) ?? []
  return operator === undefined ? undefined : OF_LINUX.has(system) === (operator === '==')
}

/**
 * Whether every branch of all `if` chains around a node contains one of several nodes.
 *
 * @returns False for a node that is in no `if`.
 */
export function isInEveryBranch(tree: SyntaxTree, node: number, nodes: readonly number[]): boolean {
  const hasOne = (branch: number): boolean => nodes.some((one) => one > branch && one < tree.afterOf(branch))
  if (nodes.length > MAX_SAME) return false
  let isFound = false
  for (let at = 0; at < node; ) {
    if (tree.afterOf(at) <= node) {
      at = tree.afterOf(at)
      continue
    }
    if (tree.kind(at) === K.if_statement) {
      const branches = tree.children(at).slice(1)
      if (tree.childOfKind(at, K.else_clause) === NONE || !branches.every(hasOne)) return false
      isFound = true
    }
    at += 1
  }
  return isFound
}
