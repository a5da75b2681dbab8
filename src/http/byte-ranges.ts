/** Byte ranges (RFC 9110, section 14). Requests for several ranges get the whole file. */

import type { AppContext } from './deps.ts'

export interface Range {
  from: number
  /** Exclusive. */
  to: number
}

/**
 * The requested range of a file.
 *
 * @param etag - The file's ETag, with quotes. If `If-Range` contains another, the whole file is sent.
 * @returns `undefined` for the whole file, `null` for an unsatisfiable range.
 */
export function rangeOf(c: AppContext, bytes: number, etag: string): Range | null | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(c.req.header('range')?.trim() ?? '') ?? []
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
