/**
 * Bodies as values, by an amount of work that their length bounds. The limits of the caller are asked before; the length is
 * bounded by `app.ts`.
 */

import type { AppContext } from './deps.ts'
import { excessOf } from './json-shape.ts'
import { Refusal } from './problem.ts'

/** Submissions in one array. */
export const MAX_ITEMS = 1_000
/** A submission is an object with options, in an array or not, and has ten fields; what is more is none. */
const SHAPE = { depth: 8, items: MAX_ITEMS, members: 64, marks: 50_000 }
/** More than any form here has: of what is more, something is unknown or there twice. */
const MAX_FIELDS = 32
const MAX_BOUNDARY = 70

/** Values by name; a field that is there several times has them all. */
export type Fields = Record<string, FormDataEntryValue | FormDataEntryValue[]>

/**
 * What the JSON of the body says.
 *
 * @throws {Refusal} `BAD_BODY`: it is none, or has more in it than a submission can have.
 */
export async function readJson(c: AppContext): Promise<unknown> {
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
 * @throws {Refusal} `BAD_BODY`: it cannot be read. `UNKNOWN_FIELD`: it has more than any form here.
 */
export async function readForm(c: AppContext): Promise<Fields> {
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
