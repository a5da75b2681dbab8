/** Requests that the application makes of itself on behalf of a caller. They are part of the caller's request in the log. */

import type { AppContext } from './deps.ts'

const inner = new WeakSet<Request>()

/** @returns The request. */
export function markInner(request: Request): Request {
  inner.add(request)
  return request
}

export const isInner = (c: AppContext): boolean => inner.has(c.req.raw)
