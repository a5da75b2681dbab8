/**
 * The conditions under which a call happens: the code that, by the analysis, decides whether the enclosing blocks run, as written. It
 * is only quoted here.
 */

import { append } from '#base/long-arrays.ts'
import type { Block, BlockHead, Component } from '#generate/model.ts'
import { codeBetween, offsetOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** `repeated`, `failed` and `unclear` have no code: an endless loop, a check that something failed, and conditions that cannot be stated. */
export interface Condition {
  kind: 'if' | 'unless' | 'inside' | 'loop' | 'callback' | 'whenCalled' | 'repeated' | 'failed' | 'unclear'
  code: string
}

/** Where a call is. */
export interface Place {
  /** From 1, like the column. */
  line: number
  column: number
  /** Index of the innermost block. */
  block: number
}

/** The code of a head in one line. */
type Quote = (head: BlockHead) => string

const REPEATED: Condition = { kind: 'repeated', code: '' }
const MAX_CODE = 80
/** Limit on the conditions of a call, all of which are shown. */
const MAX_CONDITIONS = 3
/** Limit on the earlier exits whose conditions are shown. */
const MAX_CHECKS = 2

/** The conditions of a call, the outer ones first; `null` if they are unknown, or if it is in a nested function whose use is unknown. */
export function conditionsOf(repo: RepoIndex, body: Component, place: Place): Condition[] | null {
  const around = repo.occurrences.blocksAround({ file: body.file, block: place.block })
  const nested = around.findIndex(({ kind }) => kind === 'nested')
  // A function nested in another nested one runs only if that one does, about which nothing is known.
  if (nested !== -1 && around.slice(nested + 1).some(({ kind }) => kind === 'nested')) return null
  const own = nested === -1 ? around : around.slice(0, nested + 1)
  const at = own.length === 0 ? 0 : offsetOf(repo, body.file, place)
  if (at === undefined) return null
  const conditions: Condition[] = []
  // A check is not an earlier exit if the call is in one of its branches.
  const branches = new Set(
    own.flatMap(({ kind, heads = [] }) => (kind === 'guarded' ? [] : heads.map(({ start }) => start))),
  )
  for (const block of own.reverse()) {
    const heads = (block.heads ?? []).filter(({ start }) => block.kind !== 'guarded' || !branches.has(start))
    const told = conditionsOfBlock({ ...block, heads }, at, (one) =>
      shortened(codeBetween(repo, body.file, one.start, one.end)),
    )
    if (told === null) return null
    append(conditions, told)
  }
  return conditions.length > MAX_CONDITIONS ? null : conditions
}

/** @param at - Offset of the call. */
function conditionsOfBlock({ kind, name, heads = [] }: Block, at: number, quote: Quote): Condition[] | null {
  const [head] = heads
  switch (kind) {
    case 'deferred':
      return []
    case 'guarded':
      return checksBefore(heads, at, quote)
    case 'nested':
    case 'loop':
      if (head?.kind === 'callee') return [{ kind: 'callback', code: quote(head) }]
      if (kind === 'nested') return name === undefined ? null : [{ kind: 'whenCalled', code: name }]
      return [head === undefined ? REPEATED : { kind: 'loop', code: quote(head) }]
    case 'branch':
      return head?.kind === 'subject' ? caseOf(heads, at, quote) : conditionsIn(heads, at, quote)
    default:
      return null
  }
}

/** The conditions of the exits before a call; `null` if one is not known. */
function checksBefore(heads: readonly BlockHead[], at: number, quote: Quote): Condition[] | null {
  const before = heads.filter(({ end }) => end <= at)
  if (before.some(({ kind }) => kind === 'unknown')) return null
  const checks = before.flatMap((one) => conditionOf(one, at, quote))
  return checks.length > MAX_CHECKS ? null : checks
}

const conditionsIn = (heads: readonly BlockHead[], at: number, quote: Quote): Condition[] | null =>
  heads.length === 0 ? null : heads.flatMap((one) => conditionOf(one, at, quote))

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

/** In one line, cut at a space. */
function shortened(code: string): string {
  const line = code.trim().replace(/\s+/g, ' ')
  if (line.length <= MAX_CODE) return line
  const end = line.lastIndexOf(' ', MAX_CODE)
  return `${line.slice(0, end > 0 ? end : MAX_CODE)} …`
}
