/**
 * Content negotiation. `Accept` decides; if it leaves the choice (`*` `/` `*`, or no header), the route does:
 *
 * - `POST /` with a form: one line, as `curl -d` expects; JSON for programs; for browsers 303, or the form again
 * - `POST /` with JSON, and `/api/…`: JSON; one line for terminals; errors for browsers as a page
 * - pages and documents: always HTML; errors for programs as problem+json, for terminals as one line
 *
 * Programs send `Accept: application/json`, terminals `Accept: text/plain`.
 *
 * Browsers are recognised by `Sec-Fetch-Mode: navigate` or by `text/html` in `Accept`.
 */

import { parseAccept } from 'hono/utils/accept'
import type { AppContext } from './deps.ts'

export type Form = 'html' | 'json' | 'text'

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['application/json', 'json'],
  ['application/problem+json', 'json'],
  ['application/*', 'json'],
  ['text/plain', 'text'],
  ['text/*', 'text'],
])

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/
const MAX_ACCEPT = 1_000

/** The format of the response; `fallback` when the caller leaves the choice. */
export function formOf(c: AppContext, fallback: Form = fallbackOf(c)): Form {
  if (c.req.header('sec-fetch-mode') === 'navigate') return 'html'
  for (const { type, q } of acceptsOf(c)) {
    if (q === 0) continue
    const form = FORMS.get(type)
    if (form !== undefined) return form
    if (type === '*/*') return fallback
  }
  return fallback
}

function fallbackOf(c: AppContext): Form {
  return c.req.method === 'POST' && c.req.path === '/' && !isJson(mediaTypeOf(c)) ? 'text' : 'json'
}

/** True when `Accept` names `type` explicitly before any HTML type. */
export function prefers(c: AppContext, type: string): boolean {
  const first = acceptsOf(c).find(
    (accept) => accept.q > 0 && (accept.type === type || FORMS.get(accept.type) === 'html'),
  )
  return first?.type === type
}

function acceptsOf(c: AppContext): { type: string; q: number }[] {
  const header = c.req.header('accept')?.slice(0, MAX_ACCEPT) ?? ''
  return parseAccept(header).map(({ type, q }) => ({ type: type.toLowerCase(), q }))
}

/** `application/json` of `application/json; charset=utf-8`; empty without a Content-Type. */
export function mediaTypeOf(c: AppContext): string {
  return (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

export const isJson = (mediaType: string): boolean => JSON_TYPE.test(mediaType)

export const isForm = (mediaType: string): boolean =>
  mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data'
