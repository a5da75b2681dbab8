/**
 * Simplifies the condition of a block: drops a negation, turns error checks into `failed` or `succeeded`, and omits
 * endless loops. Shared by both engines, when they number their blocks.
 */

import type { BlockHead, HeadKind } from '#generate/model.ts'

/** Limit on the characters of a condition that is simplified. */
const MAX_PLAIN = 100
/** Matches the negation of a name or call. */
const NEGATED = /^(?:! ?|not )(?=[\w.$]{1,80}(?:\([^()]{0,60}\))?$)/
/** Match error checks, in Go and Node, and checks for success. */
const FAILED = /^(?:err|\w{0,30}Err)(?: != nil)?$|; ?err != nil$/
const SUCCEEDED = /^(?:err|\w{0,30}Err) == nil$|; ?err == nil$|^\w{1,30}\.(?:[iI]s_?)?[oO]k\(\)$/
/** Matches the heads of loops that only a jump ends. */
const ENDLESS = /^(?:for|loop)$|^while ?\(?(?:1|true|True)\)?$|^for ?\(; ?;\)$/

/**
 * @param text - The text of the file.
 * @returns `undefined` for an endless loop.
 */
export function plainHead(text: string, kind: HeadKind, start: number, end: number): BlockHead | undefined {
  const code = end - start > MAX_PLAIN ? '' : text.slice(start, end)
  if (kind === 'loop') return ENDLESS.test(code) ? undefined : { kind, start, end }
  if (kind !== 'if' && kind !== 'unless') return { kind, start, end }
  const operator = NEGATED.exec(code)?.[0].length ?? 0
  const holds = (kind === 'if') === (operator === 0)
  const plain = code.slice(operator)
  const outcome = FAILED.test(plain) ? !holds : SUCCEEDED.test(plain) ? holds : undefined
  const plainKind = outcome === undefined ? (holds ? 'if' : 'unless') : outcome ? 'succeeded' : 'failed'
  return { kind: plainKind, start: start + operator, end }
}
