/** Responses with a strong ETag, and 304. */

import type { AppContext } from './deps.ts'
import { sendBody } from './sent-bytes.ts'

/** True when `If-None-Match` contains this ETag. Weak comparison (RFC 9110, section 13.1.2). */
export function isKnown(c: AppContext, etag: string): boolean {
  const header = c.req.header('if-none-match')
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/**
 * A response with an ETag.
 *
 * @param etag - With its quotes.
 * @param type - Content-Type.
 * @param cacheControl - `no-store` for content that changes: clients may keep the ETag, caches store nothing.
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
  return sendBody(c, body, 200, { 'Content-Type': type })
}

/** The ETag of a body, or of its inputs: a SHA-256, because caches use it as a key and the content may be crafted to collide. */
export async function etagOf(body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `"${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}
