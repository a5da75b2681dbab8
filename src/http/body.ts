/** Bodies as values: of bounded length, by an amount of work that this bounds. The limits of the caller are asked before. */

import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isJson, mediaTypeOf } from './accept.ts'
import type { AppContext, AppEnv } from './deps.ts'
import { isSafe } from './guard.ts'
import { excessOf } from './json-shape.ts'
import { Refusal } from './problem.ts'

const MAX_BYTES = 65_536
const MAX_BATCH_BYTES = 1_048_576
/** Submissions in one array. */
export const MAX_ITEMS = 1_000
/** A submission is an object with options, in an array or not, and has ten fields; what is more is none. */
const SHAPE = { depth: 8, items: MAX_ITEMS, members: 64, marks: 50_000 }
/** More than any form here has: of what is more, something is unknown or there twice. */
const MAX_FIELDS = 32
const MAX_BOUNDARY = 70

/** Values by name; a field that is there several times has them all. */
export type Fields = Record<string, FormDataEntryValue | FormDataEntryValue[]>

/** True for requests that may bring many submissions, and so a longer body. */
const mayBeBatch = (c: AppContext): boolean =>
  c.req.method === 'POST' && c.req.path === '/api/jobs' && isJson(mediaTypeOf(c))
const mostBytes = (c: AppContext): number => (mayBeBatch(c) ? MAX_BATCH_BYTES : MAX_BYTES)

/** The server lets through as much as the request says, if it does. */
const isLengthTold = (c: AppContext): boolean =>
  c.req.header('content-length') !== undefined && c.req.header('transfer-encoding') === undefined

/** Refuses requests that say that their body is too long (`BODY_TOO_LARGE`). What does not say so is counted where it is read. */
export const refuseLongBodies: MiddlewareHandler<AppEnv> = async (c, next) => {
  // To ask for the headers of a request costs more than to answer most of those that have no body.
  const isShort = isSafe(c) || !isLengthTold(c) || Number(c.req.header('content-length')) <= mostBytes(c)
  if (!isShort) throw tooLarge(c)
  await next()
}

/** @throws {Refusal} `BODY_TOO_LARGE` */
async function countBytes(c: AppContext): Promise<void> {
  if (isLengthTold(c)) return
  const onError = (): never => {
    throw tooLarge(c)
  }
  await bodyLimit({ maxSize: mostBytes(c), onError })(c, async () => undefined)
}

const tooLarge = (c: AppContext): Refusal =>
  new Refusal('BODY_TOO_LARGE', `Expected a body of at most ${mostBytes(c)} bytes.`)

/**
 * What the JSON of the body says.
 *
 * @throws {Refusal} `BAD_BODY`: it is none, or has more in it than a submission can have. `BODY_TOO_LARGE`.
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
 * The fields of a form.
 *
 * @throws {Refusal} `BAD_BODY`: it cannot be read. `UNKNOWN_FIELD`: it has more than any form here. `BODY_TOO_LARGE`.
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

/** @param ends - Pieces between the marks that are no fields. */
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
  // One before each part, and one at the end.
  checkCount(new TextDecoder('latin1').decode(bytes), `--${boundary}`, 2)
  try {
    return await new Response(bytes, { headers: { 'Content-Type': type } }).formData()
  } catch {
    throw unreadable()
  }
}

const unreadable = (): Refusal =>
  new Refusal('BAD_BODY', 'The body cannot be read as what its Content-Type says.', 'Send valid JSON or a form.')
