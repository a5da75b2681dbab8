/** Finds the code that decides whether a block runs: conditions, patterns, heads of loops, and what a function is passed to. */

import { append } from '#base/long-arrays.ts'
import { HEAD_KINDS, type HeadKind } from '#generate/model.ts'
import { type BlockTree, childAt, endOf, headOf, kindOf, lastChildOf, startOf } from './block-tree.ts'
import type { CompiledGrammar } from './compile-grammar.ts'
import type { Frame } from './frame.ts'
import type { Effect } from './rules.ts'

/** Kind, start and end of each head, one after the other. */
export type Heads = readonly number[]

type Span = readonly [start: number, end: number]

export const NO_HEADS: Heads = []
/** Limit on the conditions that failed before a block. */
const MAX_FAILED = 3
/** Limit on the nodes between a function and the call that takes it. */
const MAX_AROUND = 5
const MAX_CALLEE = 160
/** Parentheses around longer conditions stay; far more than is quoted. */
const MAX_CONDITION = 1_000
const CALLEE = /(?:^|[^\w$])((?:[\w$]{1,40}[.:!?]{1,2}){0,4}[\w$]{1,40}[!?]?|\.\w{1,40})$/
const ARGUMENTS = /\([^()]{0,60}\)$/
/** Matches the head of a switch without a subject. */
const WORD_OF_SWITCH = /^(?:switch|when|case|match)\s{0,10}$/
/** The keyword after the subject in some languages. */
const WORD_AFTER = /^\s{0,20}(?:match|switch)\b/
/** The code between a condition and what runs if it fails. */
const ELSE = /\belse\s{0,20}[({]?\s{0,20}$/

export const head = (kind: HeadKind, [start, end]: Span): Heads => [HEAD_KINDS.indexOf(kind), start, end]

/** The heads of the block that a child of `parent` begins, by the effect on it. */
export function headsOf(
  tree: BlockTree,
  grammar: CompiledGrammar,
  frames: readonly Frame[],
  parent: Frame,
  node: number,
  effect: Effect,
): Heads {
  switch (effect.when) {
    case 'holds':
      return isElse(tree, parent, node, effect)
        ? afterFailed(parent)
        : tried(parent, spanBefore(tree, parent.node, node, effect))
    case 'fails':
      if (parent.tried.length === 0) tried(parent, spanBefore(tree, parent.node, node, effect))
      return afterFailed(parent)
    case 'next': {
      const failed = afterFailed(parent)
      const own = tried(parent, spanOf(tree, childAt(tree, node, 0)))
      return failed.length === 0 ? NO_HEADS : [...failed, ...own]
    }
    case 'operator':
      return besideOperator(tree, parent)
    case 'matches':
      return ofCase(tree, grammar, frames, node)
    case 'passed':
      return calleeOf(tree, frames, node)
    case 'repeats': {
      const clauses = effect.clauses ?? 0
      const looping = effect === grammar.rules[kindOf(tree, node)]?.self ? node : frames.at(-1 - clauses)?.node
      const span = looping === undefined ? undefined : headBefore(tree, grammar, looping, -1)
      return span === undefined ? NO_HEADS : head('loop', span)
    }
    default:
      return NO_HEADS
  }
}

/** What a function expression is passed to: `xs.each` in `xs.each do |x|`, `.then` in `f(x).then(y => …)`. */
export function calleeOf(tree: BlockTree, frames: readonly Frame[], node: number): Heads {
  const start = startOf(tree, node)
  let from = start
  for (const { node: around, rule } of frames.slice(-MAX_AROUND).reverse()) {
    const isCall = rule?.isCall === true
    if (isCall && startOf(tree, around) < from) return calleeBefore(tree, startOf(tree, around), from)
    // Wrappers begin with the function, the list of arguments and a block of Scala with their brackets.
    if (startOf(tree, around) !== from && (from !== start || !'({'.includes(tree.text[startOf(tree, around)] ?? ' ')))
      break
    from = startOf(tree, around)
  }
  return NO_HEADS
}

function calleeBefore({ text }: BlockTree, from: number, to: number): Heads {
  const code = text.slice(Math.max(from, to - MAX_CALLEE), to).trimEnd()
  const name = CALLEE.exec(code.replace(ARGUMENTS, ''))
  if (name === null) return NO_HEADS
  const [whole, callee = ''] = name
  const end = Math.max(from, to - MAX_CALLEE) + name.index + whole.length
  return head('callee', [end - callee.length, end])
}

const isElse = (
  { text, starts }: BlockTree,
  { hasBranch, tried }: Frame,
  node: number,
  { condition }: Effect,
): boolean =>
  hasBranch ||
  tried.length > 0 ||
  (condition === undefined && ELSE.test(text.slice(Math.max(0, (starts[node] ?? 0) - 30), starts[node])))

/** Remembers a condition, whose alternatives run if it fails. */
function tried({ rule, tried }: Frame, span: Span | undefined): Heads {
  const isNegated = rule?.isNegated === true
  if (span === undefined) {
    tried.push(-1, 0, 0)
    return NO_HEADS
  }
  append(tried, head(isNegated ? 'if' : 'unless', span))
  return head(isNegated ? 'unless' : 'if', span)
}

/** Heads saying that the previous alternatives failed; none if one of them is unknown. */
const afterFailed = ({ tried }: Frame): Heads =>
  tried.length > MAX_FAILED * 3 || tried.includes(-1) ? NO_HEADS : [...tried]

/** The code of a node, without enclosing parentheses. */
function spanOf(tree: BlockTree, node: number): Span {
  const [start, end] = [startOf(tree, node), endOf(tree, node)]
  return tree.text[start] === '(' && end - start <= MAX_CONDITION && isClosedAt(tree.text, start, end)
    ? [start + 1, end - 1]
    : [start, end]
}

/** Whether the parenthesis at the start closes at the end. */
function isClosedAt(text: string, start: number, end: number): boolean {
  let depth = 0
  for (let at = start; at < end; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at === end - 1
  }
  return false
}

/** The children of a node that come before another; `undefined` if there are none. */
function spanBefore(tree: BlockTree, node: number, child: number, { condition }: Effect): Span | undefined {
  if (condition !== undefined && condition >= 0) return spanOf(tree, childAt(tree, node, condition))
  const end = tree.after[node] ?? 0
  let [first, last] = [-1, -1]
  for (let one = node + 1; one < end && one < child; one = tree.after[one] ?? end) {
    if (!tree.isChild(one) || headOf(tree, one, 5) === 'else') continue
    if (first === -1) first = one
    last = one
  }
  if (first === -1) return undefined
  if (condition !== undefined) return [startOf(tree, node), endOf(tree, last)]
  return first === last ? spanOf(tree, first) : [startOf(tree, first), endOf(tree, last)]
}

/** The second operand of an operator runs if the first holds, or if it fails. */
function besideOperator(tree: BlockTree, { node }: Frame): Heads {
  const left = childAt(tree, node, 0)
  const end = tree.after[node] ?? 0
  const right = tree.after[left] ?? end
  const next = right < end && startOf(tree, right) > endOf(tree, left) ? startOf(tree, right) : endOf(tree, right)
  const code = tree.text.slice(endOf(tree, left), Math.min(next + 4, endOf(tree, left) + 40)).trimStart()
  if (/^(?:&&|and\b)/.test(code)) return head('if', spanOf(tree, left))
  return /^(?:\|\||or\b)/.test(code) ? head('unless', spanOf(tree, left)) : NO_HEADS
}

/** The pattern of a case and what it is matched with; without that, the pattern is a condition of its own. */
function ofCase(tree: BlockTree, grammar: CompiledGrammar, frames: readonly Frame[], node: number): Heads {
  const { rules } = grammar
  const parent = frames.at(-1)
  const at = frames.findLastIndex(({ rule }, index) => index >= frames.length - 2 && rule?.isSwitch !== undefined)
  const around = frames[at]
  if (around?.rule?.isSwitch !== true || parent === undefined) return NO_HEADS
  const pattern = patternOf(tree, grammar, node)
  const before = frames.length - 1 > at ? frames[at + 1]?.node : undefined
  const subject = headBefore(tree, grammar, around.node, before ?? -1)
  const isBare =
    subject === undefined || WORD_OF_SWITCH.test(tree.text.slice(subject[0], Math.min(subject[1], subject[0] + 20)))
  if (!isBare) {
    const start = rules[kindOf(tree, node)]?.fallsThrough === true ? firstFallingTo(tree, grammar, parent, node) : node
    if (start === undefined) return NO_HEADS
    const to = pattern?.[1] ?? wordEnd(tree, node)
    if (to === undefined) return NO_HEADS
    const span = [startOf(tree, start), to] as const
    return [...head('subject', subject), ...head('case', span)]
  }
  const failed = afterFailed(parent)
  if (pattern === undefined) return failed
  const isFirst = parent.tried.length === 0
  const own = tried(parent, pattern)
  return isFirst ? own : failed.length === 0 ? NO_HEADS : [...failed, ...own]
}

/** The children of a case before its body. */
function patternOf(tree: BlockTree, { rules, patterns }: CompiledGrammar, node: number): Span | undefined {
  const { fields, after } = tree
  const isByField = rules[kindOf(tree, node)]?.pattern
  const end = after[node] ?? 0
  const last = lastChildOf(tree, node)
  let span: Span | undefined
  let index = 0
  for (let child = node + 1; child < end; child = after[child] ?? end) {
    if (!tree.isChild(child)) continue
    const isPattern =
      isByField === 'all but last'
        ? child !== last
        : isByField === 'first'
          ? index === 0
          : patterns.fields.has(fields[child] ?? 0) || patterns.kinds[kindOf(tree, child)] === 1
    if (!isPattern) break
    index += 1
    span = [span?.[0] ?? startOf(tree, child), endOf(tree, child)]
  }
  return span
}

/** The first of the cases without a body before a case; `undefined` if one with a body falls through to it. */
function firstFallingTo(
  tree: BlockTree,
  { rules, patterns }: CompiledGrammar,
  parent: Frame,
  node: number,
): number | undefined {
  const { last } = parent
  if (last === -1 || rules[kindOf(tree, last)]?.fallsThrough !== true) parent.firstCase = node
  else {
    let end = lastChildOf(tree, last)
    const isEmpty =
      end === last || patterns.fields.has(tree.fields[end] ?? 0) || patterns.kinds[kindOf(tree, end)] === 1
    if (!isEmpty) {
      while (rules[kindOf(tree, end)]?.isSequence === true && lastChildOf(tree, end) !== end)
        end = lastChildOf(tree, end)
      const isLeft = rules[kindOf(tree, end)]?.leaves !== undefined
      parent.firstCase = isLeft ? node : -1
    }
  }
  return parent.firstCase === -1 ? undefined : parent.firstCase
}

/** The end of `default` or another keyword for all other cases; `undefined` if a case has another pattern. */
function wordEnd(tree: BlockTree, node: number): number | undefined {
  const word = /^(?:default|else)\b/.exec(headOf(tree, node, 10))?.[0]
  return word === undefined ? undefined : startOf(tree, node) + word.length
}

/**
 * The code of a loop or `switch` before its body: `for x in xs`.
 *
 * @param body - The child that is the body, if known, otherwise -1.
 */
function headBefore(
  tree: BlockTree,
  { rules, bodyField, loopBodies }: CompiledGrammar,
  node: number,
  body: number,
): Span | undefined {
  const { text, after, fields } = tree
  const end = after[node] ?? 0
  let [last, next] = [-1, -1]
  for (let child = node + 1; child < end; child = after[child] ?? end) {
    if (!tree.isChild(child)) continue
    const kind = kindOf(tree, child)
    const isCase = rules[kind]?.self?.when === 'matches'
    if (child === body || isCase || (fields[child] ?? 0) === bodyField || loopBodies[kind] === 1) {
      next = child
      break
    }
    last = child
  }
  if (next === -1) return undefined
  const start = startOf(tree, node)
  let to = last === -1 ? start : endOf(tree, last)
  const limit = startOf(tree, next)
  const isEmpty = last === -1
  for (let at = to; at < limit && (isEmpty || /[\s;)]/.test(text[at] ?? '')); at++)
    if (isEmpty ? /[^\s{:]/.test(text[at] ?? '') : text[at] === ')') to = at + 1
  if (!isEmpty) to += WORD_AFTER.exec(text.slice(to, Math.min(limit, to + 40)))?.[0].length ?? 0
  return to > start ? [start, to] : undefined
}
