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

/**
 * The tag of a body, or of what it is made of: the SHA-256. What is kept is found by it, and what it stands for may be of
 * somebody who wants two texts to have one tag.
 */
export async function etagOf(body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `"${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}
