/**
 * Finds all matches of a query in the nodes of a text: every pattern at every node, in order of the nodes and then of
 * the patterns. Unlike the library's matcher, it needs no automaton, which takes a second to build for a large grammar. A test
 * compares the two.
 *
 * A pattern's steps take nodes in order, each one after the previous step's node among the children of its parent's node, and
 * backtrack to the next node that matches. An optional step is skipped only if no node yields a match.
 *
 * Its matches differ from the library's in two ways: comments and other extras do not match `(_)` and do not separate
 * nodes that a dot joins, unless a pattern names them; and a pattern that matches several adjacent children finds all
 * of them.
 */

import type { Deadline } from '#base/deadline.ts'
import { NodeFlag, type Nodes } from '#generate/analyse/tree/nodes.ts'
import type { CompiledPattern, CompiledQuery, Step } from './compile.ts'

/** Receives a match: indexes of captures and their nodes, in order. Valid until the call returns. */
export type TakeMatch = (captures: readonly number[], nodes: readonly number[], count: number) => void

/** A named node that is not an extra. */
const PARTS = NodeFlag.named | NodeFlag.extra

/** Number of nodes tried between two checks of the clock. */
const TRIES = 4_096

/** Thrown when the time is up. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'
}

/**
 * @param deadline - Checked regularly.
 * @throws {TooSlow}
 */
export function match(
  query: CompiledQuery,
  nodes: Nodes,
  text: string,
  deadline: Pick<Deadline, 'isOver'>,
  take: TakeMatch,
): void {
  const { byKind } = query
  const matcher = new Matcher(nodes, text, deadline, take)
  const { kinds, size } = nodes
  for (let node = 0; node < size; node++) {
    const patterns = byKind[kinds[node] ?? 0]
    if (patterns === undefined) continue
    for (let i = 0; i < patterns.length; i++) matcher.run(patterns[i] as CompiledPattern, node)
  }
}

class Matcher {
  readonly #nodes: Nodes
  readonly #text: string
  readonly #deadline: Pick<Deadline, 'isOver'>
  readonly #take: TakeMatch
  readonly #captures: number[] = []
  readonly #captured: number[] = []
  /** For each step, its node, or -1 if it was skipped. */
  readonly #at: number[] = []
  #count = 0
  #tries = 0

  constructor(nodes: Nodes, text: string, deadline: Pick<Deadline, 'isOver'>, take: TakeMatch) {
    this.#nodes = nodes
    this.#text = text
    this.#deadline = deadline
    this.#take = take
  }

  run(pattern: CompiledPattern, root: number): void {
    const step = pattern.steps[0] as Step
    if (step.field !== 0 && this.#nodes.fields[root] !== step.field) return
    if (step.absent !== null && this.#hasField(root, step.absent)) return
    this.#count = 0
    if (step.captures !== null) this.#capture(step.captures, root)
    if (pattern.steps.length === 1) {
      this.#emit(pattern)
      return
    }
    this.#at[0] = root
    this.#from(pattern, 1)
  }

  /** Assigns nodes to the steps from `index` on. @returns Whether there is a match. */
  #from(pattern: CompiledPattern, index: number): boolean {
    const step = pattern.steps[index]
    if (step === undefined) return this.#emit(pattern)
    const { kinds, fields, flags, after } = this.#nodes
    const around = this.#at[step.parent] as number
    const end = after[around] as number
    // If the previous step was skipped, the one before it is used, and the dot is ignored.
    let before = step.before
    let isImmediate = step.isImmediate
    while (before >= 0 && this.#at[before] === -1) {
      before = (pattern.steps[before] as Step).before
      isImmediate = false
    }
    let node = before < 0 ? around + 1 : (after[this.#at[before] as number] as number)
    const { fits, isWildcard, field, absent, captures, isDirect, isLast } = step
    const count = this.#count
    let isFound = false
    for (; node < end; node = after[node] as number) {
      if (++this.#tries === TRIES) this.#checkTime()
      if (
        fits[kinds[node] as number] === 1 &&
        (field === 0 || fields[node] === field) &&
        !(isWildcard && ((flags[node] as number) & NodeFlag.extra) !== 0) &&
        (absent === null || !this.#hasField(node, absent)) &&
        (!isLast || !this.#hasNamed(after[node] as number, end))
      ) {
        if (captures !== null) this.#capture(captures, node)
        this.#at[index] = node
        if (this.#from(pattern, index + 1)) isFound = true
        this.#count = count
      }
      if (isImmediate && (isDirect || ((flags[node] as number) & PARTS) === NodeFlag.named)) break
    }
    if (isFound || !step.isOptional) return isFound
    this.#at[index] = -1
    return this.#from(pattern, step.after)
  }

  #capture(captures: readonly number[], node: number): void {
    for (let i = 0; i < captures.length; i++) {
      this.#captures[this.#count] = captures[i] as number
      this.#captured[this.#count++] = node
    }
  }

  #emit({ holds }: CompiledPattern): boolean {
    if (holds !== null) {
      const { starts, ends } = this.#nodes
      for (const { capture, test } of holds) {
        for (let i = 0; i < this.#count; i++) {
          if (this.#captures[i] !== capture) continue
          const node = this.#captured[i] as number
          if (!test(this.#text.slice(starts[node], ends[node]))) return false
        }
      }
    }
    if (this.#count > 0) this.#take(this.#captures, this.#captured, this.#count)
    return true
  }

  #hasField(node: number, absent: readonly number[]): boolean {
    const { fields, after } = this.#nodes
    const end = after[node] as number
    for (let child = node + 1; child < end; child = after[child] as number) {
      const field = fields[child] as number
      if (field !== 0 && absent.includes(field)) return true
    }
    return false
  }

  #hasNamed(from: number, end: number): boolean {
    const { flags, after } = this.#nodes
    for (let node = from; node < end; node = after[node] as number) {
      if (((flags[node] as number) & PARTS) === NodeFlag.named) return true
    }
    return false
  }

  #checkTime(): void {
    this.#tries = 0
    if (this.#deadline.isOver) throw new TooSlow()
  }
}
