/** Answers with a strong ETag: the whole, or 304 to those who have it. */

import type { AppContext } from './deps.ts'

/** True when `If-None-Match` names this tag. Weak comparison, as RFC 9110 section 13.1.2 asks. */
export function isKnown(c: AppContext, etag: string): boolean {
  const header = c.req.header('if-none-match')
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/**
 * A body under its tag.
 *
 * @param etag - With its quotes.
 * @param type - Content-Type.
 * @param cacheControl - `no-store` is right for what changes by itself: callers keep the tag, caches nothing.
 */
export function tagged(
  c: AppContext,
  etag: string,
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  cacheControl: string,
): Response {
  c.header('ETag', etag)
  c.header('Cache-Control', cacheControl)
  if (isKnown(c, etag)) return c.body(null, 304)
  return c.body(body, 200, { 'Content-Type': type })
}

/** The tag of a body whose bytes no one has hashed yet: 128 bits of its SHA-256. */
export async function etagOf(body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 16)
  return `"${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}

/**
 * 64 bits of a text, in hex: enough to tell versions of one page apart, at a fraction of what a cryptographic hash costs.
 * Two lanes of multiply and rotate, as in MurmurHash3.
 */
export function quickHash(text: string): string {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 0xcc9e2d51)
    a = (a << 13) | (a >>> 19)
    b = Math.imul(b ^ code, 0x1b873593)
    b = (b << 15) | (b >>> 17)
  }
  return [a ^ (b >>> 16), b ^ (a >>> 15)].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
}
