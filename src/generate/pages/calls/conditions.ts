/**
 * The conditions under which a call happens: the code that, by the analysis, decides whether the enclosing blocks run, as written. It
 * is only quoted here.
 */

import { append } from '#base/long-arrays.ts'
import type { Block, BlockHead, Component, ValueUse } from '#generate/model.ts'
import { codeBetween, offsetOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/**
 * Four kinds have no code: an endless loop (`repeated`), a check that something failed, and earlier exits (`early`) or other
 * conditions (`unclear`) that cannot be quoted.
 */
export interface Condition {
  kind: 'if' | 'unless' | 'inside' | 'loop' | 'callback' | 'whenCalled' | 'repeated' | 'failed' | 'early' | 'unclear'
  code: string
  /** Whether it comes from an earlier exit of the function. */
  isExit?: boolean
}

/** Where a call is. */
export interface Place {
  /** From 1, like the column. */
  line: number
  column: number
  /** Index of the innermost block. */
  block: number
}

/** Returns the code of a head on one line. */
type Quote = (head: BlockHead) => string

export const REPEATED: Condition = { kind: 'repeated', code: '' }
export const UNCLEAR: Condition = { kind: 'unclear', code: '' }
const EARLY: Condition = { kind: 'early', code: '', isExit: true }
/** Limit on the conditions of a call that are shown, and on their characters. */
const MAX_CONDITIONS = 3
const MAX_QUOTED = 150
const MAX_CODE = 80
/** Limit on the earlier exits whose conditions are shown. */
const MAX_CHECKS = 2

/** The conditions of a call, the outer ones first. */
export function conditionsOf(repo: RepoIndex, body: Component, place: Place): Condition[] {
  const around = repo.occurrences.blocksAround({ file: body.file, block: place.block })
  // The place where a function is created does not show when it runs.
  const own = around.slice(0, around.findLastIndex(({ kind }) => kind === 'nested') + 1 || around.length)
  const at = own.length === 0 ? 0 : offsetOf(repo, body.file, place)
  if (at === undefined) return [UNCLEAR]
  const conditions: Condition[] = []
  // A check is not an earlier exit if the call is in one of its branches.
  const branches = new Set(
    own.flatMap(({ kind, heads = [] }) => (kind === 'guarded' ? [] : heads.map(({ start }) => start))),
  )
  let isInLoop = false
  for (const block of own.reverse()) {
    isInLoop ||= block.kind === 'loop'
    const heads = (block.heads ?? []).filter(({ start }) => block.kind !== 'guarded' || !branches.has(start))
    const stated =
      block.kind === 'nested' && block.name !== undefined && heads.length === 0
        ? callOf(repo, body, block, block.name)
        : conditionsOfBlock({ ...block, heads }, at, (one) =>
            shortened(codeBetween(repo, body.file, one.start, one.end)),
          )
    append(
      conditions,
      // In a loop, an exit may only end an iteration.
      stated
        .map((one) =>
          block.kind === 'guarded' && !isInLoop ? (one.kind === 'unclear' ? EARLY : { ...one, isExit: true }) : one,
        )
        .filter(({ kind, code }) => !conditions.some((one) => one.kind === kind && one.code === code)),
    )
  }
  return conditions
}

/** The conditions of a named function inside a body: none if it is called outside of branches, or beside its definition. */
function callOf(repo: RepoIndex, body: Component, { parent, startLine, endLine }: Block, name: string): Condition[] {
  const isOutside = (one: ValueUse): boolean => one.name === name && (one.line < startLine || one.line > endLine)
  const uses = repo.occurrences.valuesIn(body).filter(isOutside)
  const calls = uses.filter(({ kind }) => kind === 'call')
  if (calls.some(({ block }) => block === -1 || block === parent)) return []
  if (calls.length > 0) return [UNCLEAR]
  const passed = uses.find(({ kind }) => kind === 'passed')
  return passed === undefined ? [{ kind: 'whenCalled', code: name }] : [{ kind: 'callback', code: passed.passedTo }]
}

/** @param at - Offset of the call. */
function conditionsOfBlock({ kind, heads = [] }: Block, at: number, quote: Quote): Condition[] {
  const [head] = heads
  switch (kind) {
    case 'deferred':
      return []
    case 'guarded':
      return checksBefore(heads, at, quote)
    case 'nested':
    case 'loop':
      if (head?.kind === 'callee') return [{ kind: 'callback', code: quote(head) }]
      if (kind === 'nested') return [UNCLEAR]
      return [head === undefined ? REPEATED : { kind: 'loop', code: quote(head) }]
    case 'branch':
      return head?.kind === 'subject' ? caseOf(heads, at, quote) : conditionsIn(heads, at, quote)
    default:
      return [UNCLEAR]
  }
}

/** The conditions of the exits before a call. */
function checksBefore(heads: readonly BlockHead[], at: number, quote: Quote): Condition[] {
  const before = heads.filter(({ end }) => end <= at)
  if (before.some(({ kind }) => kind === 'unknown')) return [UNCLEAR]
  const checks = before.flatMap((one) => conditionOf(one, at, quote))
  return checks.length > MAX_CHECKS ? [UNCLEAR] : checks
}

const conditionsIn = (heads: readonly BlockHead[], at: number, quote: Quote): Condition[] =>
  heads.length === 0 ? [UNCLEAR] : heads.flatMap((one) => conditionOf(one, at, quote))

/** `switch (x) … case 1` */
const caseOf = (heads: readonly BlockHead[], at: number, quote: Quote): Condition[] =>
  heads.some(({ start, end }) => start <= at && at < end)
    ? []
    : [{ kind: 'inside', code: shortened(heads.map(quote).join(' … ')) }]

/** Empty for a condition that contains the call, and for a check that nothing failed. */
function conditionOf(head: BlockHead, at: number, quote: Quote): Condition[] {
  const { kind, start, end } = head
  if ((start <= at && at < end) || kind === 'succeeded') return []
  if (kind === 'failed') return [{ kind, code: '' }]
  return [{ kind: kind === 'if' || kind === 'unless' ? kind : 'inside', code: quote(head) }]
}

/** On one line, truncated at a space. */
function shortened(code: string): string {
  const line = code.trim().replace(/\s+/g, ' ')
  if (line.length <= MAX_CODE) return line
  const end = line.lastIndexOf(' ', MAX_CODE)
  return `${line.slice(0, end > 0 ? end : MAX_CODE)} …`
}

/** Matches code that is truncated or contains a comment. */
const CUT = /…$|\/[*/]/

const isCheck = ({ kind }: Condition): boolean => kind === 'if' || kind === 'unless'

/** The conditions that fit on a line. If there are too many, a marker replaces the outermost checks. */
export function fitted(all: readonly Condition[]): Condition[] {
  const stated = all.flatMap((one) => (!CUT.test(one.code) ? [one] : one.kind === 'loop' ? [REPEATED] : []))
  const clear = stated.filter(({ kind }) => kind !== 'unclear' && kind !== 'early')
  const isLong = (): boolean =>
    clear.length > MAX_CONDITIONS || clear.reduce((sum, { code }) => sum + code.length, 0) > MAX_QUOTED
  while (isLong()) {
    clear.splice(Math.max(0, clear.findIndex(isCheck)), 1)
  }
  // A case is more informative than the checks before it.
  if (clear.length === all.length || clear.some(({ kind }) => kind === 'inside')) return clear
  const last = clear.findLastIndex(isCheck)
  const kept = clear.filter((one, at) => at === last || !isCheck(one))
  const isOnlyExits = all.every((one) => one.isExit === true || one.kind === 'loop' || kept.includes(one))
  return [...kept, isOnlyExits ? EARLY : UNCLEAR]
}
