/** Finds the blocks of a file in one pass over the nodes of its tree. */

import type { BlockKind } from '#generate/model.ts'
import { type Move, Places, type Region } from './places.ts'
import type { CompiledGrammar, CompiledRule, Effect, Leave } from './rules.ts'

/** The nodes of a text in document order, independent of the parser. */
export interface BlockTree {
  readonly text: string
  readonly size: number
  readonly kinds: ArrayLike<number>
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
  /** By node: index after its last descendant. */
  readonly after: ArrayLike<number>
  /** By node; empty for a tree without fields. */
  readonly fields: ArrayLike<number>
  /** Whether the node is named and not a comment. */
  isChild(node: number): boolean
}

/** Limit on the ancestors searched for the target of a jump. */
const MAX_DEPTH = 400
/** Characters before a closure that may name its callee. */
const MAX_CALLEE = 80
const MAX_NAME = 60
/** The callee and the operator before it: `?.let`. */
const CALLEE = /(\?\.|^|[^\w$])([A-Za-z_]\w*[?!]?)[ \t]*(?:\([^()\n]*\)[ \t]*)?$/
const NAME = /^[$@]{0,2}[\p{L}_][\p{L}\p{N}_]*$/u

/** An open node. */
interface Frame {
  readonly node: number
  readonly end: number
  readonly rule: CompiledRule | undefined
  /** Children so far, not counting those matched by a selector before `#n`. */
  count: number
  /** The first alternative. */
  decision: Region | null
  /** A block that is still growing. */
  joined: { readonly start: number; end: number; readonly effect: Effect } | undefined
  /** Offset after which control may have left, or -1. */
  guard: number
  /** Start and end of the guarded part. */
  guardedFrom: number
  lastEnd: number
  /** A handler or deferred part has been seen; it is not guarded. */
  hasTail: boolean
  /** A block extends to the end of the node. */
  isReached: boolean
  /** Whether it has a handler; `undefined` until needed. */
  hasHandler: boolean | undefined
  /** Whether it is a handler or a deferred part of its parent. */
  readonly isTail: boolean
  readonly isBody: boolean
}

/** @param components - Declaration nodes that are components. */
export function findPlaces(
  tree: BlockTree,
  grammar: CompiledGrammar,
  components: ReadonlySet<number>,
  lineAt: (offset: number) => number,
): Places {
  return new Walk(tree, grammar, components).run(lineAt)
}

class Walk {
  readonly #tree: BlockTree
  readonly #grammar: CompiledGrammar
  readonly #components: ReadonlySet<number>
  readonly #regions: Region[] = []
  readonly #moves: Move[] = []
  readonly #frames: Frame[] = []
  /** Open nodes that are functions. */
  readonly #functions: number[] = []

  constructor(tree: BlockTree, grammar: CompiledGrammar, components: ReadonlySet<number>) {
    this.#tree = tree
    this.#grammar = grammar
    this.#components = components
  }

  run(lineAt: (offset: number) => number): Places {
    const { size, kinds, after } = this.#tree
    const { rules, errorKind } = this.#grammar
    for (let node = 0; node < size; node++) {
      for (let top = this.#frames.at(-1); top !== undefined && top.end <= node; top = this.#frames.at(-1))
        this.#close(top)
      if (!this.#tree.isChild(node)) continue
      const kind = kinds[node] ?? 0
      const rule = rules[kind]
      const parent = this.#frames.at(-1)
      const isTail = parent === undefined ? false : this.#visitChild(parent, node, kind, rule)
      if (kind === errorKind) this.#add(node, 'unknown')
      const isBody = rule?.makes !== undefined || this.#components.has(node) ? this.#enter(node, rule, parent) : false
      if (rule !== undefined) this.#leave(node, rule)
      const end = after[node] ?? 0
      if (end > node + 1) {
        const none = { count: 0, decision: null, joined: undefined, guard: -1, guardedFrom: -1, lastEnd: -1 }
        this.#frames.push({
          node,
          end,
          rule,
          ...none,
          hasTail: false,
          isReached: false,
          hasHandler: undefined,
          isTail,
          isBody,
        })
      }
    }
    for (let top = this.#frames.at(-1); top !== undefined; top = this.#frames.at(-1)) this.#close(top)
    return new Places(this.#regions, this.#moves, lineAt)
  }

  /** @returns Whether the child is a handler or a deferred part of its parent. */
  #visitChild(parent: Frame, node: number, kind: number, rule: CompiledRule | undefined): boolean {
    const start = this.#start(node)
    const effect = this.#effectOf(parent, node, kind) ?? rule?.self
    const isTail = effect !== undefined && effect.is !== 'none' && effect.is !== 'loop' && effect.joins !== true
    if (isTail) parent.hasTail = true
    else if (!parent.hasTail) {
      if (parent.guard !== -1 && parent.guardedFrom === -1) parent.guardedFrom = start
      parent.lastEnd = this.#end(node)
    }
    if (parent.joined !== undefined && parent.joined.effect !== effect) this.#endJoined(parent)
    if (effect === undefined) return isTail
    if (effect.joins === true) {
      if (parent.joined !== undefined) parent.joined.end = this.#end(node)
      else parent.joined = { start, end: this.#end(node), effect }
    } else if (effect.reaches !== true) this.#addFor(parent, start, this.#end(node), effect)
    else if (!parent.isReached) {
      parent.isReached = true
      this.#addFor(parent, start, this.#end(parent.node), effect)
    }
    if (effect.late !== undefined) this.#move(node, this.#end(this.#frames.at(-effect.late)?.node ?? 0))
    if (effect.after !== undefined) this.#move(node, this.#end(this.#childAt(parent.node, effect.after)))
    if (effect.isCall === true) this.#deferCall(node)
    return isTail
  }

  #effectOf(parent: Frame, node: number, kind: number): Effect | undefined {
    const { rule } = parent
    if (rule === undefined || rule.byChild.length === 0) return undefined
    if (rule.operators !== undefined && !this.#hasOperator(parent, rule.operators)) return undefined
    const field = this.#tree.fields[node] ?? 0
    let isCounted = false
    for (const one of rule.byChild) {
      if (one.index >= 0 && !isCounted) {
        isCounted = true
        parent.count += 1
      }
      if (one.field === field || one.kind === kind || one.index === -1 || one.index === parent.count - 1)
        return one.effect
    }
    return undefined
  }

  /** The arguments of a deferred call are evaluated at once. */
  #deferCall(node: number): void {
    this.#move(node, this.#end(this.#functions.at(-1) ?? 0), true)
    const last = this.#lastChild(node)
    // Inside the parentheses of the call.
    const [start, end] = [this.#start(last) + 1, this.#end(last) - 1]
    if (last === node || start >= end) return
    this.#regions.push({ start, end, kind: 'outside', decision: null, name: null })
    this.#moves.push({ from: start, to: end, until: null, isReversed: false })
  }

  #lastChild(node: number): number {
    const end = this.#tree.after[node] ?? 0
    let last = node
    for (let child = node + 1; child < end; child = this.#tree.after[child] ?? end)
      if (this.#tree.isChild(child)) last = child
    return last
  }

  #hasOperator({ node }: Frame, operators: ReadonlySet<string>): boolean {
    const [left, right] = [this.#childAt(node, 0), this.#childAt(node, 1)]
    const [from, to] = [this.#end(left), this.#start(right)]
    if (to - from > 40) return false
    const between = this.#tree.text.slice(from, to).trim()
    // If the operator has a node of its own, it is the second child.
    return operators.has(between === '' ? this.#tree.text.slice(to, Math.min(this.#end(right), to + 8)) : between)
  }

  #endJoined(frame: Frame): void {
    const { joined } = frame
    frame.joined = undefined
    if (joined !== undefined) this.#addFor(frame, joined.start, joined.end, joined.effect)
  }

  #addFor(frame: Frame, start: number, end: number, { is }: Effect): void {
    if (is === 'none') return
    const kind: BlockKind = is === 'maybe' ? 'branch' : is
    const region: Region & { decision: Region | null } = { start, end, kind, decision: null, name: null }
    if (is === 'branch') {
      if (frame.decision === null) frame.decision = region
      region.decision = frame.decision
    }
    this.#regions.push(region)
  }

  #add(node: number, kind: Region['kind'], name: string | null = null): void {
    this.#regions.push({ start: this.#start(node), end: this.#end(node), kind, decision: null, name })
  }

  #move(node: number, until: number, isReversed = false): void {
    const [from, to] = [this.#start(node), this.#end(node)]
    if (from < to && until >= to) this.#moves.push({ from, to, until, isReversed })
  }

  /** @returns Always true: the node has its own body. */
  #enter(node: number, rule: CompiledRule | undefined, parent: Frame | undefined): boolean {
    if (this.#components.has(node)) {
      this.#add(node, 'component')
      if (rule?.makes === 'function') this.#functions.push(node)
      return true
    }
    const makes = rule?.makes
    if (makes === 'closure') {
      const called = this.#calledAtOnce(node, parent)
      if (called !== 'none') {
        if (called !== 'nested') this.#addClosure(node, called)
        else this.#add(node, 'nested', this.#nameOf(node))
      }
    } else this.#add(node, 'nested', this.#nameOf(node))
    if (makes !== 'class') this.#functions.push(node)
    return true
  }

  #addClosure(node: number, kind: 'branch' | 'loop' | 'deferred'): void {
    this.#add(node, kind)
    if (kind !== 'deferred') return
    const scope = this.#frames.findLast(({ rule }) => rule?.isSequence === true)
    this.#move(node, this.#end(scope?.node ?? 0), true)
  }

  /**
   * What is known about calls of a function expression: nothing (`nested`), called in place, or called by the function
   * that it is passed to.
   */
  #calledAtOnce(node: number, parent: Frame | undefined): 'nested' | 'none' | 'branch' | 'loop' | 'deferred' {
    let [inner, at] = [node, this.#frames.length - 1]
    while (at > 0 && this.#grammar.parentheses[this.#kindOf(this.#frames[at]?.node ?? 0)] === 1) {
      inner = this.#frames[at]?.node ?? 0
      at -= 1
    }
    const call = this.#frames[at]
    if (call?.rule?.isCall === true) {
      const field = this.#tree.fields[inner] ?? 0
      const isCallee = field === this.#grammar.functionField || (field === 0 && this.#childAt(call.node, 0) === inner)
      if (isCallee) return 'none'
    }
    const { iterators, immediate, deferring } = this.#grammar.grammar
    if (parent === undefined || (iterators ?? immediate ?? deferring) === undefined) return 'nested'
    const start = this.#start(node)
    const [, before, callee = ''] = CALLEE.exec(this.#tree.text.slice(Math.max(0, start - MAX_CALLEE), start)) ?? []
    if (iterators?.test(callee) === true) return 'loop'
    if (deferring?.test(callee) === true) return 'deferred'
    if (immediate?.test(callee) !== true) return 'nested'
    return before === '?.' ? 'branch' : 'none'
  }

  /** Its own name, or that of the variable it is assigned to. */
  #nameOf(node: number): string | null {
    const makes = this.#grammar.rules[this.#kindOf(node)]?.makes
    if (this.#tree.fields.length === 0 && makes !== 'closure') return this.#nameAt(this.#childAt(node, 0))
    const end = this.#tree.after[node] ?? 0
    for (let child = node + 1; child < end; child = this.#tree.after[child] ?? end)
      if ((this.#tree.fields[child] ?? 0) === this.#grammar.nameField) return this.#nameAt(child)
    for (const { node: around } of this.#frames.slice(-2).reverse())
      if (this.#grammar.assigns[this.#kindOf(around)] === 1) return this.#nameAt(this.#childAt(around, 0))
    return null
  }

  #nameAt(node: number): string | null {
    const text = this.#tree.text.slice(this.#start(node), Math.min(this.#end(node), this.#start(node) + MAX_NAME + 1))
    return NAME.test(text) && text.length <= MAX_NAME ? text : null
  }

  /** A possible exit makes the code after it guarded, up to where control continues. */
  #leave(node: number, rule: CompiledRule): void {
    const how = this.#leaveOf(node, rule)
    if (how === undefined || how === 'none') return
    let child = node
    const first = this.#frames.length - 1
    for (let at = first; at >= 0 && at > first - MAX_DEPTH; at--) {
      const frame = this.#frames[at]
      if (frame === undefined) return
      const isLast = this.#stops(frame, how, this.#frames[at + 1])
      // A jump to a handler also skips the rest of the sequence in the `try` body.
      const isLeft = frame.rule?.isSequence === true && (!isLast || frame.rule.isTry === true)
      if (isLeft && frame.guard === -1 && !frame.hasTail) frame.guard = this.#end(child)
      if (isLast) return
      child = frame.node
    }
  }

  #leaveOf(node: number, { leaves, isCall }: CompiledRule): Leave | undefined {
    const { exits, leaving } = this.#grammar.grammar
    const start = this.#start(node)
    if (leaves !== undefined) {
      if (leaving === undefined) return leaves
      const text = this.#tree.text.slice(start, Math.min(this.#end(node), start + 40))
      return leaving.find(([form]) => form.test(text))?.[1] ?? leaves
    }
    if (isCall !== true || exits === undefined) return undefined
    const text = this.#tree.text.slice(start, Math.min(this.#end(node), start + 40))
    return exits.test(text) ? (leaving?.find(([form]) => form.test(text))?.[1] ?? 'function') : undefined
  }

  #stops(frame: Frame, how: Leave, below: Frame | undefined): boolean {
    const { rule, isBody } = frame
    const isFunction = rule?.makes === 'function' || rule?.makes === 'class'
    if (isFunction || (isBody && rule?.makes === undefined)) return true
    if (rule?.makes === 'closure') return how !== 'function' || this.#grammar.grammar.returnsOutward !== true
    switch (how) {
      case 'loop':
        return rule?.isLoop === true
      case 'breakable':
        return rule?.isLoop === true || rule?.isBreakable === true
      case 'throw':
        return rule?.isTry === true && below?.isTail !== true && this.#hasHandler(frame)
      default:
        return false
    }
  }

  #hasHandler(frame: Frame): boolean {
    if (frame.hasHandler !== undefined) return frame.hasHandler
    frame.hasHandler = false
    for (let child = frame.node + 1; child < frame.end; child = this.#tree.after[child] ?? frame.end)
      if (this.#grammar.handlers[this.#kindOf(child)] === 1) frame.hasHandler = true
    return frame.hasHandler
  }

  #close(frame: Frame): void {
    this.#frames.pop()
    this.#endJoined(frame)
    if (this.#functions.at(-1) === frame.node) this.#functions.pop()
    const { guardedFrom: start, lastEnd: end } = frame
    if (start !== -1 && end > start) this.#regions.push({ start, end, kind: 'guarded', decision: null, name: null })
  }

  #childAt(node: number, index: number): number {
    const end = this.#tree.after[node] ?? 0
    let left = index
    for (let child = node + 1; child < end; child = this.#tree.after[child] ?? end)
      if (this.#tree.isChild(child) && left-- === 0) return child
    return node
  }

  #kindOf(node: number): number {
    return this.#tree.kinds[node] ?? 0
  }

  #start(node: number): number {
    return this.#tree.starts[node] ?? 0
  }

  #end(node: number): number {
    return this.#tree.ends[node] ?? 0
  }
}
