/** Finds the blocks of a file in one pass over the nodes of its tree. */

import type { Place } from '#generate/formats/lines.ts'
import { InnermostStatements } from '#generate/innermost-statements.ts'
import { type BlockTree, childAt, endOf, kindOf, lastChildOf, startOf } from './block-tree.ts'
import { effectOn, effectOnSelf } from './child-effects.ts'
import { closureEffect, nameOf } from './closures.ts'
import type { CompiledGrammar, CompiledRule } from './compile-grammar.ts'
import { type Frame, openFrame } from './frame.ts'
import { Guards } from './guards.ts'
import { calleeOf, type Heads, headsOf, NO_HEADS } from './heads.ts'
import { Heredocs } from './heredocs.ts'
import { macroAt, macroBefore } from './macro-blocks.ts'
import { type Move, Places, type Region } from './places.ts'
import type { FoundCall, FoundCalls } from './read-calls.ts'
import type { Effect } from './rules.ts'

/** Limit on the ancestors searched for the end of a chain. */
const MAX_DEPTH = 400

/** @param components - Declaration nodes that are components. */
export function findPlaces(
  tree: BlockTree,
  grammar: CompiledGrammar,
  components: ReadonlySet<number>,
  placeAt: (offset: number) => Place,
): Places {
  return new Walk(tree, grammar, components).run(placeAt)
}

/** Whether a child of the node is a statement, not an operand or a name. */
const isRun = (parent: Frame | undefined, isTail: boolean): boolean =>
  parent?.rule?.isSequence === true || (isTail && parent?.rule?.isCall !== true)

class Walk {
  readonly #tree: BlockTree
  readonly #grammar: CompiledGrammar
  readonly #components: ReadonlySet<number>
  readonly #guards: Guards
  readonly #regions: Region[] = []
  readonly #moves: Move[] = []
  readonly #frames: Frame[] = []
  readonly #statements = new InnermostStatements()
  readonly #calls: FoundCalls = { calls: [], parameters: [], throws: [] }
  /** The last node that a macro repeats. */
  #macroLoop = -1
  /** The heads of the block that the current node begins; `null` if it begins none. */
  #heads: Heads | null = null
  readonly #heredocs: Heredocs
  /** Open nodes that are functions. */
  readonly #functions: number[] = []

  constructor(tree: BlockTree, grammar: CompiledGrammar, components: ReadonlySet<number>) {
    this.#tree = tree
    this.#grammar = grammar
    this.#components = components
    this.#heredocs = new Heredocs(tree)
    this.#guards = new Guards(tree, grammar, this.#frames, this.#regions)
  }

  run(placeAt: (offset: number) => Place): Places {
    const { size, kinds, after } = this.#tree
    const { rules, errorKind, argumentLists, parameters } = this.#grammar
    for (let node = 0; node < size; node++) {
      for (let top = this.#frames.at(-1); top !== undefined && top.end <= node; top = this.#frames.at(-1))
        this.#close(top)
      const kind = kinds[node] ?? 0
      const rule = rules[kind]
      if (rule?.heredoc === 'text') {
        this.#evaluateAbove(node)
        this.#frames.push(openFrame(node, after[node] ?? 0, rule, false, false, false, null))
      }
      if (rule?.heredoc === 'start') this.#heredocs.begin(node)
      if (!this.#tree.isChild(node)) continue
      const parent = this.#frames.at(-1)
      this.#heads = null
      if (parent?.rule?.isSequence === true) this.#addStatement(node)
      const isTail = parent === undefined ? false : this.#visitChild(parent, node, kind, rule)
      if (kind === errorKind) this.#add(node, 'unknown')
      if (argumentLists[kind] === 1) this.#addCall(node)
      else if (parameters[kind] === 1) this.#calls.parameters.push([startOf(this.#tree, node), endOf(this.#tree, node)])
      const isBody = rule?.makes !== undefined || this.#components.has(node)
      const isNested = isBody && this.#enter(node, rule?.makes)
      if (rule !== undefined && (rule.isStatement !== true || isRun(parent, isTail))) this.#leave(node, rule)
      const end = after[node] ?? 0
      if (end <= node + 1) continue
      const frame = openFrame(node, end, rule, isTail, isBody, isNested, this.#heads)
      frame.isMacroLoop = this.#macroLoop === node
      this.#frames.push(frame)
    }
    for (let top = this.#frames.at(-1); top !== undefined; top = this.#frames.at(-1)) this.#close(top)
    const found = { regions: this.#regions, moves: this.#moves, statements: this.#statements.rows, calls: this.#calls }
    return new Places(this.#tree.text, found, this.#grammar.grammar, placeAt)
  }

  #leave(node: number, rule: CompiledRule): void {
    this.#guards.leave(node, rule, this.#heads)
    const [{ text }, start] = [this.#tree, startOf(this.#tree, node)]
    if (text.startsWith('raise', start) || text.startsWith('throw', start)) this.#calls.throws.push(start)
  }

  /** @param node - A list of arguments. */
  #addCall(node: number): void {
    const tree = this.#tree
    const open = startOf(tree, node)
    // The last node of the callee is its name.
    let before = node - 1
    while (before > 0 && startOf(tree, before) >= open) before--
    const [name, end] = [startOf(tree, before), endOf(tree, before)]
    if (!/[\w$@]/.test(tree.text[name] ?? '') || end > open || open - end > 1 || tree.text[open] === '[') return
    const start = startOf(tree, this.#frames.findLast((frame) => startOf(tree, frame.node) < open)?.node ?? before)
    const args: FoundCall['args'][number][] = []
    const last = tree.after[node] ?? 0
    for (let child = node + 1; child < last; child = tree.after[child] ?? last)
      if (tree.isChild(child)) args.push([startOf(tree, child), endOf(tree, child)])
    this.#calls.calls.push({ start, name, end, args })
  }

  #addStatement(node: number): void {
    const [start, child] = [startOf(this.#tree, node), childAt(this.#tree, node, 0)]
    // Otherwise a word such as `return` or `await` comes first.
    const isOnly = startOf(this.#tree, child) === start && lastChildOf(this.#tree, node) === child
    const isCall = [node, ...(isOnly ? [child] : [])].some(
      (one) => this.#grammar.rules[kindOf(this.#tree, one)]?.isCall === true,
    )
    this.#statements.add(start, endOf(this.#tree, node), isCall)
  }

  /** @returns Whether the child is a handler or a deferred part of its parent. */
  #visitChild(parent: Frame, node: number, kind: number, rule: CompiledRule | undefined): boolean {
    const start = startOf(this.#tree, node)
    const effect =
      effectOn(this.#tree, this.#grammar, parent, node, kind) ??
      effectOnSelf(this.#tree, this.#grammar, parent, node, rule?.self)
    const isTail = effect !== undefined && effect.is !== 'none' && effect.is !== 'loop' && effect.joins !== true
    // Alternatives are guarded by their condition, not by statements before them.
    const isRest = !isTail || (parent.rule?.isSequence !== true && (effect.is === 'branch' || effect.is === 'maybe'))
    if (effect !== undefined && effect.is !== 'none' && effect.is !== 'outside')
      this.#heads =
        parent.joined?.effect === effect
          ? parent.joined.heads
          : headsOf(this.#tree, this.#grammar, this.#frames, parent, node, effect)
    const macro = macroBefore(this.#tree, this.#grammar, parent, node)
    if (macro !== undefined) this.#add(node, macro)
    if (macro === 'loop') this.#macroLoop = node
    parent.last = node
    parent.effect = effect
    if (endOf(this.#tree, node) > parent.guardUntil) this.#guards.end(parent)
    if (!isRest) parent.hasTail = true
    else if (!parent.hasTail) {
      if (rule?.isHoisted !== true) {
        if (parent.guard !== -1 && parent.guardedFrom === -1) parent.guardedFrom = start
        parent.guardsBefore = parent.guards.length
      }
      parent.lastEnd = endOf(this.#tree, node)
    }
    if (parent.joined !== undefined && parent.joined.effect !== effect) this.#endJoined(parent)
    if (effect === undefined) return isTail
    if (effect.joins === true) {
      if (parent.joined !== undefined) parent.joined.end = endOf(this.#tree, node)
      else parent.joined = { start, end: endOf(this.#tree, node), effect, heads: this.#heads ?? NO_HEADS }
    } else if (effect.reaches !== true) this.#addFor(parent, start, endOf(this.#tree, node), effect, this.#heads)
    else {
      const around =
        effect.isChained === true ? this.#chain(parent) : (this.#frames.at(-1 - (effect.clauses ?? 0)) ?? parent)
      if (!around.isReached) this.#addFor(around, start, endOf(this.#tree, around.node), effect, this.#heads)
      around.isReached = true
    }
    if (effect.late !== undefined) this.#move(node, endOf(this.#tree, this.#frames.at(-effect.late)?.node ?? 0))
    if (effect.after !== undefined) this.#move(node, endOf(this.#tree, childAt(this.#tree, parent.node, effect.after)))
    if (effect.isCall === true) this.#deferCall(node)
    return isTail
  }

  /** The longest chain of calls and members that begins with the innermost open node. */
  #chain(parent: Frame): Frame {
    let chain = parent
    const first = this.#frames.length - 2
    for (let at = first; at >= 0 && at > first - MAX_DEPTH; at--) {
      const around = this.#frames[at]
      if (around?.rule?.isLink !== true || startOf(this.#tree, around.node) !== startOf(this.#tree, chain.node)) break
      chain = around
    }
    return chain
  }

  /** The arguments of a deferred call are evaluated at once, and so is a call that returns the function: `defer f()()`. */
  #deferCall(node: number): void {
    this.#move(node, endOf(this.#tree, this.#functions.at(-1) ?? 0), true)
    const callee = childAt(this.#tree, node, 0)
    if (kindOf(this.#tree, callee) === kindOf(this.#tree, node))
      this.#evaluateAtOnce(startOf(this.#tree, callee), endOf(this.#tree, callee))
    const last = lastChildOf(this.#tree, node)
    // Inside the parentheses of the call.
    if (last !== node) this.#evaluateAtOnce(startOf(this.#tree, last) + 1, endOf(this.#tree, last) - 1)
  }

  /** The text of a heredoc is evaluated where the heredoc begins, before the code behind it. */
  #evaluateAbove(text: number): void {
    const one = this.#heredocs.end(text)
    if (one === undefined) return
    const [start, end, at] = [startOf(this.#tree, text), endOf(this.#tree, text), startOf(this.#tree, one)]
    this.#regions.push({ start, end, kind: 'elsewhere', name: null, heads: NO_HEADS, at })
    this.#moves.push({ from: start, to: end, until: endOf(this.#tree, one), isReversed: false, at })
  }

  #evaluateAtOnce(start: number, end: number): void {
    if (start >= end) return
    this.#regions.push({ start, end, kind: 'outside', name: null, heads: NO_HEADS })
    this.#moves.push({ from: start, to: end, until: null, isReversed: false })
  }

  #endJoined(frame: Frame): void {
    const { joined } = frame
    frame.joined = undefined
    if (joined !== undefined) this.#addFor(frame, joined.start, joined.end, joined.effect, joined.heads)
  }

  #addFor(frame: Frame, start: number, end: number, { is }: Effect, known: Heads | null): void {
    if (is === 'none' || (is === 'outside' && !frame.isNested)) return
    const kind: Region['kind'] = is === 'maybe' ? 'branch' : is
    const heads = known ?? NO_HEADS
    if (is === 'branch') frame.hasBranch = true
    this.#regions.push({ start, end, kind, name: null, heads })
  }

  #add(node: number, kind: Region['kind'], name: string | null = null, heads = NO_HEADS): void {
    const [start, end] = [startOf(this.#tree, node), endOf(this.#tree, node)]
    this.#regions.push({ start, end, kind, name, heads })
    this.#heads = heads
  }

  #move(node: number, until: number, isReversed = false): void {
    const [from, to] = [startOf(this.#tree, node), endOf(this.#tree, node)]
    if (from < to && until >= to) this.#moves.push({ from, to, until, isReversed })
  }

  /**
   * A node with a body of its own.
   *
   * @returns Whether it is a function or type that is only defined here.
   */
  #enter(node: number, makes: CompiledRule['makes']): boolean {
    if (this.#components.has(node)) {
      this.#add(node, 'component')
      if (makes === 'function') this.#functions.push(node)
      return false
    }
    if (this.#frames.at(-1)?.rule?.holdsBlock === true && makes === 'closure') return false
    const macro = makes === 'function' ? macroAt(this.#tree, this.#grammar, node) : undefined
    if (macro !== undefined) {
      this.#add(node, macro)
      return false
    }
    const called = makes === 'closure' ? closureEffect(this.#tree, this.#grammar, this.#frames, node) : 'nested'
    const heads = makes === 'closure' && called !== 'none' ? calleeOf(this.#tree, this.#frames, node) : NO_HEADS
    if (
      this.#grammar.rules[kindOf(this.#tree, node)]?.isHoisted === true &&
      (this.#frames.at(-1)?.guardedFrom ?? -1) !== -1
    )
      this.#add(node, 'outside')
    // Passing a class by its name does not call it.
    if (called === 'nested' && makes === 'class') this.#add(node, 'nested', null, heads)
    else if (called === 'nested')
      this.#add(node, 'nested', nameOf(this.#tree, this.#grammar, this.#frames, node), heads)
    else if (called !== 'none') this.#addClosure(node, called, heads)
    if (makes !== 'class') this.#functions.push(node)
    return called === 'nested'
  }

  #addClosure(node: number, kind: 'branch' | 'loop' | 'deferred', heads: Heads): void {
    this.#add(node, kind, null, kind === 'loop' ? heads : NO_HEADS)
    if (kind !== 'deferred') return
    const scope = this.#frames.findLast(({ rule }) => rule?.isSequence === true)
    this.#move(node, endOf(this.#tree, scope?.node ?? 0), true)
  }

  #close(frame: Frame): void {
    this.#frames.pop()
    this.#endJoined(frame)
    if (this.#functions.at(-1) === frame.node) this.#functions.pop()
    this.#guards.endRegion(frame)
  }
}
