/** The lines of event logs, and the limits of a log. The same for all storages. */

import { z } from 'zod'
import { parseIfJson } from '#base/parse-json.ts'
import { Status } from './contract.ts'
import type { Progress } from './runner.ts'

/** Number of logs kept for each job. */
export const KEPT_LOGS = 8
export const MAX_LOG_BYTES = 1_048_576
/** The part of `MAX_LOG_BYTES` that `log` events may not use. */
export const RESERVED_BYTES = 262_144
const MAX_TEXT = 4_000

const At = { at: z.string() }
const JobEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), ...At, stage: z.string(), percent: z.number(), text: z.string() }),
  z.object({ type: z.literal('log'), ...At, level: z.enum(['info', 'warn', 'error']), text: z.string() }),
  z.object({ type: z.literal('spawn'), ...At, pid: z.int().positive(), pidStart: z.string() }),
  z.object({
    type: z.literal('end'),
    ...At,
    status: Status,
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  }),
])
/** A line of a job's event log. */
export type JobEvent = z.infer<typeof JobEvent>

/** JSON without a line feed, of limited length. */
export const eventToText = (event: JobEvent): string =>
  JSON.stringify('text' in event ? { ...event, text: event.text.slice(0, MAX_TEXT) } : event)

/** @returns `undefined` for a text that is not an event. */
export const parseEvent = (text: string): JobEvent | undefined => JobEvent.safeParse(parseIfJson(text)).data

/** The maximum size of a log to which an event of this type may still be added. */
export const logLimit = (type: JobEvent['type']): number =>
  type === 'log' ? MAX_LOG_BYTES - RESERVED_BYTES : MAX_LOG_BYTES

export const fullNotice = (at: string): JobEvent => ({
  type: 'log',
  at,
  level: 'warn',
  text: 'The log of this job is full; further lines are omitted.',
})

export const toProgress = ({ stage, percent, text }: Progress): Progress => ({ stage, percent, text })
