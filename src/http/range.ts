/** One range of bytes of a whole (RFC 9110, section 14). Several at once are not given: the whole is. */

import type { AppContext } from './deps.ts'

export interface Range {
  from: number
  /** The one behind the last. */
  to: number
}

/**
 * What of so many bytes is asked for.
 *
 * @param etag - Of the whole, with its quotes: a range of another one is not asked for.
 * @returns `undefined` for the whole, `null` where there is nothing of it.
 */
export function rangeOf(c: AppContext, bytes: number, etag: string): Range | null | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(c.req.header('range')?.trim() ?? '') ?? []
  const condition = c.req.header('if-range')
  if ((first === '' && last === '') || (condition !== undefined && condition.trim() !== etag)) return undefined
  if (first === '') {
    const from = Math.max(0, bytes - Number(last))
    return Number(last) === 0 || bytes === 0 ? null : { from, to: bytes }
  }
  const from = Number(first)
  const to = last === '' ? bytes : Math.min(bytes, Number(last) + 1)
  if (last !== '' && Number(last) < from) return undefined
  return from >= bytes ? null : { from, to }
}
