/**
 * The code that runs only if control has not left before: the code after a `return`, `throw`, `break` or `goto` that is
 * itself conditional. Also the loops that a `goto` back to a label makes.
 */

import { append } from '#base/long-arrays.ts'
import { HEAD_KINDS } from '#generate/model.ts'
import { type BlockTree, childBefore, endOf, headOf, lastChildOf, startOf } from './block-tree.ts'
import type { CompiledGrammar, CompiledRule } from './compile-grammar.ts'
import { isBoundary, isJumpTarget, jumpOf, leaveOf } from './exits.ts'
import { FileExits } from './file-exits.ts'
import type { Frame } from './frame.ts'
import { type Heads, head, NO_HEADS } from './heads.ts'
import { Labels } from './labels.ts'
import type { Region } from './places.ts'
import type { Effect } from './rules.ts'

/** Limit on the ancestors searched for the target of a jump. */
const MAX_DEPTH = 400
/** Limit on the exits before a statement whose conditions are reported. */
const MAX_GUARDS = 6
/** Matches jumps that look like calls. */
const JUMP = /^(?:return|break|continue)\b/

export class Guards {
  readonly #tree: BlockTree
  readonly #grammar: CompiledGrammar
  readonly #exits: FileExits
  readonly #labels: Labels
  readonly #frames: readonly Frame[]
  readonly #regions: Region[]

  /**
   * @param frames - The open nodes of the walk, outermost first. Their guards are set here.
   * @param regions - Regions are added to it.
   */
  constructor(tree: BlockTree, grammar: CompiledGrammar, frames: readonly Frame[], regions: Region[]) {
    this.#tree = tree
    this.#grammar = grammar
    this.#exits = new FileExits(tree, grammar)
    this.#labels = new Labels(tree, grammar)
    this.#frames = frames
    this.#regions = regions
  }

  /**
   * Marks the code after a possible exit as guarded, up to where control continues.
   *
   * @param heads - Of the block that the node begins; `null` if it begins none.
   */
  leave(node: number, rule: CompiledRule, heads: Heads | null): void {
    const how = leaveOf(this.#tree, this.#grammar, node, rule, this.#exits)
    if (how === undefined || how === 'none') return
    if (how === 'goto' && this.#goTo(node, heads)) return
    const jump = jumpOf(this.#tree, this.#grammar, node, how)
    let { levels } = jump
    let child = node
    // An exit inside an expression also guards the rest of the expression: `f(a ?? throw, b)`, `if a? > 0 { … }`.
    let isMidway = true
    const isJump = rule.isCall !== true || JUMP.test(headOf(this.#tree, node, 10))
    const path = how === 'throw' || !isJump ? null : new ExitPath(node, heads)
    const first = this.#frames.length - 1
    let isGuarded = this.#isGuarded(first)
    for (let at = first; at >= 0 && at > first - MAX_DEPTH; at--) {
      const frame = this.#frames[at]
      if (frame === undefined) return
      const isEnd = isBoundary(this.#grammar, frame, how)
      if (!isEnd && isJumpTarget(this.#tree, this.#grammar, frame, jump, this.#frames[at + 1])) levels -= 1
      const isLast = isEnd || levels === 0
      // A jump to a handler skips the rest of the `try` body; one to the end of a labelled block, the rest of the
      // block.
      const isRest = !isLast || frame.rule?.isTry === true || frame.isMacroLoop || jump.label !== ''
      const isLeft = frame.rule?.isSequence === true && isRest
      if (isLeft && !frame.hasTail) this.#guard(frame, child, Number.POSITIVE_INFINITY, path)
      if (isLast) return
      isMidway &&= !frame.isBody
      const below = this.#frames[at + 1]
      if (below?.isTail === true || below?.rule?.isSequence === true) isGuarded = this.#isGuarded(at)
      const isPart = frame.rule?.isSequence !== true && isThrough(frame.effect)
      if (isMidway && isPart && !isGuarded) this.#leaveRest(frame, child)
      child = frame.node
      path?.leave(frame)
    }
  }

  /** Whether an earlier exit in the same list or expression guards what is in the open node with the index `from`. */
  #isGuarded(from: number): boolean {
    for (let at = from; at >= 0 && at > from - MAX_DEPTH; at--) {
      const frame = this.#frames[at]
      if (frame === undefined || frame.guardedFrom !== -1) return frame !== undefined
      if (frame.isTail || frame.rule?.isSequence === true) return false
    }
    return false
  }

  /** Marks what is evaluated after an exit inside an expression: `a()?.b(c())`, and `f` in `f(a()?)`. */
  #leaveRest(frame: Frame, child: number): void {
    if (frame.guard !== -1) return
    frame.guard = endOf(this.#tree, child)
    if (frame.rule?.isCall !== true) return
    const callee = childBefore(this.#tree, frame.node, child)
    if (callee === -1) return
    const called = lastChildOf(this.#tree, callee)
    this.#add(startOf(this.#tree, called), endOf(this.#tree, called), 'guarded', NO_HEADS)
  }

  /**
   * A jump to a label: skips the code before a later one, and repeats the code since an earlier one.
   *
   * @returns Whether the label was found.
   */
  #goTo(jump: number, heads: Heads | null): boolean {
    const body = this.#frames.findLast((frame) => isBoundary(this.#grammar, frame, 'goto'))
    const target = body === undefined ? -1 : this.#labels.targetOf(jump, body)
    if (target === -1) return false
    let child = jump
    const path = new ExitPath(jump, heads)
    const first = this.#frames.length - 1
    for (let at = first; at >= 0 && at > first - MAX_DEPTH; at--) {
      const frame = this.#frames[at]
      if (frame === undefined) break
      const isAround = frame.node <= target && target < frame.end
      if (isAround && target < jump) this.#repeat(frame, target, child)
      else if (frame.rule?.isSequence === true && !frame.hasTail)
        this.#guard(frame, child, isAround ? startOf(this.#tree, target) : Number.POSITIVE_INFINITY, path)
      if (isAround) break
      child = frame.node
      path.leave(frame)
    }
    return true
  }

  /** Marks the children of the node after `child` as guarded, up to the offset `until`. */
  #guard(frame: Frame, child: number, until: number, path: ExitPath | null): void {
    const count = frame.guards.length / 3
    if (path !== null && count <= MAX_GUARDS)
      append(frame.guards, count === MAX_GUARDS ? path.unknown(this.#tree) : path.passed(this.#tree))
    frame.guardUntil = frame.guard === -1 ? until : Math.max(frame.guardUntil, until)
    if (frame.guard === -1) frame.guard = endOf(this.#tree, child)
  }

  /** Marks the code from a label to a jump back to it. */
  #repeat(frame: Frame, target: number, child: number): void {
    const [start, end] = [startOf(this.#tree, target), endOf(this.#tree, child)]
    // Blocks are nested: what is guarded ends with the loop, and begins again after it.
    if (frame.guardedFrom > start) this.endRegion(frame)
    this.#add(start, end, 'loop', NO_HEADS)
  }

  /** The guard ends here; code that follows it may be guarded again. */
  end(frame: Frame): void {
    this.endRegion(frame)
    frame.guard = -1
    frame.guards = []
    frame.guardsBefore = 0
    frame.guardUntil = Number.POSITIVE_INFINITY
  }

  /** Adds the code guarded so far. */
  endRegion(frame: Frame): void {
    const { guardedFrom: start, lastEnd: end, guards, guardsBefore } = frame
    frame.guardedFrom = -1
    if (start !== -1 && end > start) this.#add(start, end, 'guarded', guards.slice(0, guardsBefore))
  }

  #add(start: number, end: number, kind: 'guarded' | 'loop', heads: Heads): void {
    this.#regions.push({ start, end, kind, name: null, heads })
  }
}

/** Whether the rest of an expression comes after a child with the effect: alternatives and late parts do not. */
const isThrough = (effect: Effect | undefined): boolean =>
  effect === undefined ||
  ((effect.is === 'none' || effect.is === 'maybe' || effect.is === 'loop') &&
    effect.late === undefined &&
    effect.joins !== true)

/** The conditions under which an exit runs, from the innermost open node outwards. */
class ExitPath {
  readonly #exit: number
  #heads: Heads
  #blocks: number

  constructor(exit: number, heads: Heads | null) {
    this.#exit = exit
    this.#heads = heads ?? NO_HEADS
    this.#blocks = heads === null ? 0 : 1
  }

  leave({ heads }: Frame): void {
    if (heads === null) return
    this.#heads = heads
    this.#blocks += 1
  }

  /** What holds for the code after it: the opposite of its condition, if it has a single one. */
  passed(tree: BlockTree): Heads {
    const [kind = 0, start = 0, end = 0] = this.#heads
    if (this.#blocks !== 1 || this.#heads.length !== 3) return this.unknown(tree)
    if (HEAD_KINDS[kind] === 'if') return head('unless', [start, end])
    return HEAD_KINDS[kind] === 'unless' ? head('if', [start, end]) : this.unknown(tree)
  }

  unknown(tree: BlockTree): Heads {
    const end = endOf(tree, this.#exit)
    return head('unknown', [end, end])
  }
}
