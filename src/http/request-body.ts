/** Parses request bodies of limited length and complexity. Rate limits are checked before. */

import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isJson, mediaTypeOf } from './content-negotiation.ts'
import { isSafe } from './cross-site-guard.ts'
import type { AppContext, AppEnv } from './deps.ts'
import { excessOf } from './json-limits.ts'
import { Refusal } from './problem.ts'

/** The path of incoming webhooks. */
export const HOOKS_PATH = '/hooks'

const MAX_BYTES = 65_536
const MAX_BATCH_BYTES = 1_048_576
/** Maximum number of submissions in one array. */
export const MAX_ITEMS = 1_000
/** Generous limits for a submission, which has about ten fields, or an array of them. */
const SHAPE = { depth: 8, items: MAX_ITEMS, members: 64, tokens: 50_000 }
/** More fields than any form has. */
const MAX_FIELDS = 32
const MAX_BOUNDARY = 70

/** Values by field name; an array for repeated fields. */
export type Fields = Record<string, FormDataEntryValue | FormDataEntryValue[]>

/** True for requests that may contain many submissions. */
const mayBeBatch = (c: AppContext): boolean =>
  c.req.method === 'POST' && c.req.path === '/api/jobs' && isJson(mediaTypeOf(c))
/** Webhooks list many commits. Hosts send up to 25 MB; larger payloads than ours are refused, and the next check finds the push. */
const isHook = (c: AppContext): boolean => c.req.path === HOOKS_PATH
const mostBytes = (c: AppContext): number => (mayBeBatch(c) || isHook(c) ? MAX_BATCH_BYTES : MAX_BYTES)

/** Whether Content-Length gives the size of the body; the server enforces it. */
const hasLength = (c: AppContext): boolean =>
  c.req.header('content-length') !== undefined && c.req.header('transfer-encoding') === undefined

/** Refuses bodies whose Content-Length is too large (`BODY_TOO_LARGE`). Bodies without one are limited while they are read. */
export const refuseLongBodies: MiddlewareHandler<AppEnv> = async (c, next) => {
  // Checks the method first, because reading headers is slow compared with most requests.
  const isShort = isSafe(c) || !hasLength(c) || Number(c.req.header('content-length')) <= mostBytes(c)
  if (!isShort) throw tooLarge(c)
  await next()
}

/**
 * Limit the body while it is read, if its length is not known.
 *
 * @throws {Refusal} `BODY_TOO_LARGE`
 */
export async function countBytes(c: AppContext): Promise<void> {
  if (hasLength(c)) return
  const onError = (): never => {
    throw tooLarge(c)
  }
  await bodyLimit({ maxSize: mostBytes(c), onError })(c, async () => undefined)
}

const tooLarge = (c: AppContext): Refusal =>
  new Refusal('BODY_TOO_LARGE', `Expected a body of at most ${mostBytes(c)} bytes.`)

/**
 * The body as it was sent.
 *
 * @throws {Refusal} `BODY_TOO_LARGE`
 */
export async function readBytes(c: AppContext): Promise<Uint8Array> {
  await countBytes(c)
  return new Uint8Array(await c.req.arrayBuffer())
}

/**
 * Parse a JSON body.
 *
 * @throws {Refusal} `BAD_BODY`: not JSON, or too complex for a submission. `BODY_TOO_LARGE`.
 */
export async function readJson(c: AppContext): Promise<unknown> {
  await countBytes(c)
  const text = await c.req.text()
  const excess = excessOf(text, SHAPE)
  if (excess !== undefined) {
    const hint = `Send an object with the field repo_url, or an array of at most ${MAX_ITEMS} of them.`
    throw new Refusal('BAD_BODY', `Expected a submission, found ${excess}.`, hint)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable()
  }
}

/**
 * Parse a form body.
 *
 * @throws {Refusal} `BAD_BODY`: malformed. `UNKNOWN_FIELD`: too many fields. `BODY_TOO_LARGE`.
 */
export async function readForm(c: AppContext): Promise<Fields> {
  await countBytes(c)
  const type = c.req.header('content-type') ?? ''
  const isMultipart = /^\s*multipart\//i.test(type)
  const entries = isMultipart ? await partsOf(c, type) : new URLSearchParams(checkCount(await c.req.text(), '&'))
  const fields: Fields = Object.create(null)
  for (const [name, value] of entries) {
    const known = fields[name]
    fields[name] = known === undefined ? value : [known, value].flat()
  }
  return fields
}

/** @param ends - Number of pieces at the ends that are not fields. */
function checkCount(text: string, mark: string, ends = 0): string {
  const most = MAX_FIELDS + ends
  if (text.split(mark, most + 1).length <= most) return text
  throw new Refusal('UNKNOWN_FIELD', `Expected a form of at most ${MAX_FIELDS} fields.`, 'Send each field once.')
}

async function partsOf(c: AppContext, type: string): Promise<FormData> {
  const bytes = await c.req.arrayBuffer()
  const [, quoted, plain] = /boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(type.slice(0, 1_000)) ?? []
  const boundary = quoted ?? plain ?? ''
  if (boundary === '' || boundary.length > MAX_BOUNDARY) throw unreadable()
  // A boundary precedes each part, and one ends the body.
  checkCount(new TextDecoder('latin1').decode(bytes), `--${boundary}`, 2)
  try {
    return await new Response(bytes, { headers: { 'Content-Type': type } }).formData()
  } catch {
    throw unreadable()
  }
}

const unreadable = (): Refusal =>
  new Refusal('BAD_BODY', 'The body does not match its Content-Type.', 'Send valid JSON or a form.')
