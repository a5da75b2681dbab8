/** The lines of a day's journal: reservations, settlements and releases. */

import { z } from 'zod'
import { parseIfJson } from '#base/parse-json.ts'

const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const Limit = z.object({ calls: Count, tokens: Count, microUsd: Count })

/** The maximum cost of one request. The order of the lines decides whether it may be sent: see `day-journal.ts`. */
const Reserve = z.object({
  t: z.literal('reserve'),
  id: z.string().min(1).max(64),
  /** Milliseconds since the epoch. */
  at: Count,
  job: z.string().max(300),
  about: z.string().max(200),
  model: z.string().max(200),
  in: Count,
  out: Count,
  microUsd: Count,
  /** The limit of the day in its writer's settings. */
  limit: Limit,
})

/** The actual cost of the request. */
const Settle = z.object({
  t: z.literal('settle'),
  id: z.string().min(1).max(64),
  at: Count,
  in: Count,
  out: Count,
  microUsd: Count,
})

/** The request was never sent. */
const Release = z.object({ t: z.literal('release'), id: z.string().min(1).max(64), at: Count })

const Line = z.discriminatedUnion('t', [Reserve, Settle, Release])

export type Reserve = z.infer<typeof Reserve>
export type Line = z.infer<typeof Line>

/** Maximum length of a line, so that a single `write` appends it as a whole. */
const MAX_LINE_BYTES = 4_096

/** Formats a line. It also begins with a line break, which ends a line torn by a process that died. */
export function formatLine(line: Line): Buffer {
  const bytes = Buffer.from(`\n${JSON.stringify(line)}\n`)
  if (bytes.byteLength > MAX_LINE_BYTES) throw new RangeError(`A line of ${bytes.byteLength} bytes is too long`)
  return bytes
}

/** `undefined` for a line that is empty, torn or foreign. */
export function parseLine(text: string): Line | undefined {
  return text.startsWith('{') ? Line.safeParse(parseIfJson(text)).data : undefined
}
