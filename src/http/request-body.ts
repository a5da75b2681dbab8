/** Parses request bodies of limited length and complexity. Rate limits are checked beforehand. */

import type { MiddlewareHandler } from 'hono'
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
/** RFC 2046 section 5.1.1, without spaces. */
const BOUNDARY = /;\s*boundary=("?)([\w'()+,./:=?-]{1,70})\1\s*(?:;|$)/i

/** Values by field name; an array for repeated fields. */
export type Fields = Record<string, FormDataEntryValue | FormDataEntryValue[]>

/** True for requests that may contain many submissions. */
const mayBeBatch = (c: AppContext): boolean =>
  c.req.method === 'POST' && c.req.path === '/api/jobs' && isJson(mediaTypeOf(c))
/** Webhooks list many commits, up to 25 MB. Payloads above our limit are refused; the next check of the host finds the push. */
const isHook = (c: AppContext): boolean => c.req.path === HOOKS_PATH
const maxBytesOf = (c: AppContext): number => (mayBeBatch(c) || isHook(c) ? MAX_BATCH_BYTES : MAX_BYTES)

/** Whether Content-Length gives the size of the body; the server enforces it. */
const hasLength = (c: AppContext): boolean =>
  c.req.header('content-length') !== undefined && c.req.header('transfer-encoding') === undefined

/** Refuses bodies whose Content-Length is too large (`BODY_TOO_LARGE`). Bodies without one are limited while they are read. */
export const refuseLongBodies: MiddlewareHandler<AppEnv> = async (c, next) => {
  // Checks the method first, because reading headers is slow compared with most requests.
  const isShort = isSafe(c) || !hasLength(c) || Number(c.req.header('content-length')) <= maxBytesOf(c)
  if (!isShort) throw tooLarge(c)
  await next()
}

const tooLarge = (c: AppContext): Refusal =>
  new Refusal('BODY_TOO_LARGE', `Expected a body of at most ${maxBytesOf(c)} bytes.`)

/**
 * The body as it was sent.
 *
 * @throws {Refusal} `BODY_TOO_LARGE`. `SERVER_BUSY`: before reading, or during it if the length is unknown.
 */
export async function readBytes(c: AppContext): Promise<Uint8Array<ArrayBuffer>> {
  if (hasLength(c)) c.var.receive(Number(c.req.header('content-length')))
  else await receiveChunks(c)
  return new Uint8Array(await c.req.arrayBuffer())
}

/** Replaces the request by one with the whole body. */
async function receiveChunks(c: AppContext): Promise<void> {
  if (c.req.bodyCache.arrayBuffer !== undefined || c.req.raw.body === null) return
  const reader = c.req.raw.body.getReader()
  let body = new Uint8Array(0)
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const end = size + read.value.length
    if (end > maxBytesOf(c)) throw tooLarge(c)
    if (end > body.length) {
      const grown = new Uint8Array(Math.min(maxBytesOf(c), Math.max(end, 2 * body.length)))
      c.var.receive(grown.length)
      grown.set(body.subarray(0, size))
      body = grown
    }
    // Copied, because a small chunk may retain a much larger buffer.
    body.set(read.value, size)
    size = end
  }
  c.req.raw = new Request(c.req.raw, { body: body.subarray(0, size) })
}

/** The body as UTF-8 text. Throws like `readBytes`. */
export const readText = async (c: AppContext): Promise<string> => new TextDecoder().decode(await readBytes(c))

/**
 * Parse a JSON body.
 *
 * @throws {Refusal} `BAD_BODY`: not JSON, or too complex for a submission. `BODY_TOO_LARGE`. `SERVER_BUSY`.
 */
export async function readJson(c: AppContext): Promise<unknown> {
  const text = await readText(c)
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
 * @throws {Refusal} `BAD_BODY`: malformed. `UNKNOWN_FIELD`: too many fields. `BODY_TOO_LARGE`. `SERVER_BUSY`.
 */
export async function readForm(c: AppContext): Promise<Fields> {
  const type = c.req.header('content-type') ?? ''
  const isMultipart = /^\s*multipart\//i.test(type)
  const entries = isMultipart ? await partsOf(c, type) : new URLSearchParams(checkCount(await readText(c), '&'))
  const fields: Fields = Object.create(null)
  for (const [name, value] of entries) {
    const known = fields[name]
    if (known === undefined) fields[name] = value
    else if (Array.isArray(known)) known.push(value)
    else fields[name] = [known, value]
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
  const bytes = await readBytes(c)
  const boundary = BOUNDARY.exec(type.slice(0, 1_000))?.[2]
  if (boundary === undefined) throw unreadable()
  // A boundary precedes each part, and one ends the body.
  checkCount(new TextDecoder('latin1').decode(bytes), `--${boundary}`, 2)
  try {
    // Parsers disagree on unusual headers; this one has the boundary that was counted.
    const headers = { 'Content-Type': `multipart/form-data; boundary="${boundary}"` }
    return await new Response(bytes, { headers }).formData()
  } catch {
    throw unreadable()
  }
}

const unreadable = (): Refusal =>
  new Refusal('BAD_BODY', 'The body does not match its Content-Type.', 'Send valid JSON or a form.')
