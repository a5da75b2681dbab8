/** The lines of a day's journal: what may be spent, what was, and what was not needed. */

import { z } from 'zod'

const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const Limit = z.object({ calls: Count, tokens: Count, microUsd: Count })

/** One request may cost this much. Whether it may be sent is for the order of the lines to say: see `day-journal.ts`. */
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
  /** Of the day, as its writer was told. */
  limit: Limit,
})

/** What it did cost. */
const Settle = z.object({
  t: z.literal('settle'),
  id: z.string().min(1).max(64),
  at: Count,
  in: Count,
  out: Count,
  microUsd: Count,
})

/** It was never sent. */
const Release = z.object({ t: z.literal('release'), id: z.string().min(1).max(64), at: Count })

const Line = z.discriminatedUnion('t', [Reserve, Settle, Release])

export type Reserve = z.infer<typeof Reserve>
export type Line = z.infer<typeof Line>

/** Bytes that one `write` appends whole. */
const MAX_LINE_BYTES = 4_096

/** With a line break before it too: what a dead process left half written ends there. */
export function formatLine(line: Line): Buffer {
  const bytes = Buffer.from(`\n${JSON.stringify(line)}\n`)
  if (bytes.byteLength > MAX_LINE_BYTES) throw new RangeError(`A line of ${bytes.byteLength} bytes is too long`)
  return bytes
}

/** `undefined` for a line that is empty, torn, or of somebody else. */
export function parseLine(text: string): Line | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return Line.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
