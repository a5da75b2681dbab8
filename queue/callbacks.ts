/**
 * The webhooks of a job. Each is delivered once, the first time the job finishes after the request; it is open until it
 * has been delivered or abandoned. Pure: time and chance are arguments.
 */

import { z } from 'zod'
import { sha256Of } from '#base/sha256.ts'
import type { CallbackView } from './contract.ts'
import { TooManyCallbacks } from './errors.ts'
import type { NotifyResult } from './webhook-notice.ts'

const Time = z.iso.datetime()

export const Callback = z.object({
  /** 16 hex digits. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** The URL, whose path and query may contain secrets and are therefore not shown or logged. */
  url: z.string().max(4_000),
  /** The part of the URL that may be shown, such as `https://hooks.example.org`. */
  origin: z.string().max(500),
  /** Number of attempts. Failed ones still count when the job runs again. */
  tries: z.int().nonnegative(),
  /** When the next try is due; `null` for now. */
  not_before: Time.nullable(),
  delivered_at: Time.nullable(),
  /** When delivery was given up. */
  failed_at: Time.nullable(),
  /** Whether the receiver has asked for no further messages. */
  is_gone: z.boolean(),
  last_error: z.string().max(500).nullable(),
})
export type Callback = z.infer<typeof Callback>

/** A webhook requested by a submission. */
export type NewCallback = Pick<Callback, 'id' | 'url' | 'origin'>

interface WithCallbacks {
  callbacks: Callback[]
}

const MAX_OPEN = 10
/** How many closed callbacks are kept, the newest first. */
const MAX_SETTLED = 10

const FRESH = { tries: 0, not_before: null, delivered_at: null, failed_at: null, is_gone: false, last_error: null }

export const isOpen = ({ delivered_at, failed_at }: Callback): boolean => delivered_at === null && failed_at === null

export const openCallbacks = ({ callbacks }: WithCallbacks): Callback[] => callbacks.filter(isOpen)

/**
 * Add a callback, unless one for the same URL is open. At the maximum, the one with the most failed tries is replaced, so that
 * dead URLs do not block others.
 *
 * @returns The job itself when nothing changes.
 * @throws {TooManyCallbacks} The maximum is reached, and no open callback has failed yet.
 */
export function withCallback<J extends WithCallbacks>(job: J, added: NewCallback | undefined): J {
  const open = openCallbacks(job)
  if (added === undefined || open.some(({ url }) => url === added.url)) return job
  const replaced = open.length >= MAX_OPEN ? mostFailed(open) : undefined
  const settled = job.callbacks.filter((callback) => !isOpen(callback)).slice(-MAX_SETTLED)
  return { ...job, callbacks: [...settled, ...open.filter((each) => each !== replaced), { ...added, ...FRESH }] }
}

function mostFailed(open: Callback[]): Callback {
  const found = open.reduce((most, each) => (each.tries > most.tries ? each : most))
  if (found.tries > 0) return found
  throw new TooManyCallbacks(`This job already has ${MAX_OPEN} pending callbacks.`)
}

/**
 * The callbacks of a job that is queued again. Failed attempts still count: a dead URL gets ten attempts in total, plus one for
 * each later run.
 *
 * @param isRedelivered - Whether delivered callbacks are delivered again, because the run continues the same submission.
 */
export const callbacksForNextRun = ({ callbacks }: WithCallbacks, isRedelivered: boolean): Callback[] =>
  callbacks
    .filter((callback) => isOpen(callback) || (isRedelivered && !callback.is_gone))
    .slice(-MAX_OPEN)
    .map((callback) => ({ ...callback, ...FRESH, tries: callback.delivered_at === null ? callback.tries : 0 }))

/**
 * Record the result of a delivery attempt.
 *
 * @param chance - Random number from 0 to 1.
 */
export function afterTry<J extends WithCallbacks>(
  job: J,
  id: string,
  result: NotifyResult,
  { now, chance }: { now: number; chance: number },
): J {
  const at = new Date(now).toISOString()
  return { ...job, callbacks: job.callbacks.map((callback) => (callback.id === id ? settle(callback) : callback)) }

  function settle(callback: Callback): Callback {
    const tries = callback.tries + 1
    if (result.is === 'delivered') return { ...callback, tries, not_before: null, delivered_at: at, last_error: null }
    const tried = { ...callback, tries, last_error: result.error.slice(0, 500) }
    const retryAfterMs = result.is === 'failed' ? (result.retryAfterMs ?? 0) : 0
    const waitMs = result.is === 'gone' ? undefined : retryDelayMs(callback.tries, { retryAfterMs, chance })
    if (waitMs === undefined) {
      return { ...tried, not_before: null, failed_at: at, is_gone: result.is === 'gone' }
    }
    return { ...tried, not_before: new Date(now + waitMs).toISOString() }
  }
}

/** The message id: the same for all attempts of one delivery, and different each time the job finishes. */
export const messageId = ({ id }: Pick<Callback, 'id'>, completedAt: string): string =>
  `msg_${sha256Of(`${id} ${completedAt}`).slice(0, 32)}`

/**
 * The lane of a callback; concurrent deliveries in one lane are limited. With 20 hex digits, nobody can construct an origin that
 * shares the lane of another.
 */
export const laneOf = ({ origin }: Callback): string => sha256Of(origin).slice(0, 20)

/** When the next attempt is due, in milliseconds since the epoch; 0 for now. */
export const dueOf = ({ not_before }: Callback): number => (not_before === null ? 0 : Date.parse(not_before))

export const toCallbackView = ({ origin, tries, delivered_at, failed_at, last_error }: Callback): CallbackView => ({
  origin,
  tries,
  delivered_at,
  failed_at,
  last_error,
})

/**
 * Delays after failed attempts, in seconds: 5 s to 24 h, 76 hours in total (Standard Webhooks, "Deliverability and reliability").
 */
const RETRY_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
/** Up to this share of a delay is added at random, so that deliveries that failed together are not retried together. */
const JITTER = 0.2
/** Maximum delay taken from `Retry-After`. */
const MAX_RETRY_AFTER_MS = 24 * 3_600_000

/**
 * @param failedTries - Number of attempts that failed before the latest one, 0 after the first.
 * @param by.retryAfterMs - The receiver's `Retry-After`; 0 for none.
 * @param by.chance - Random number from 0 to 1.
 * @returns The delay in milliseconds; `undefined` when no attempts are left.
 */
export function retryDelayMs(
  failedTries: number,
  { retryAfterMs, chance }: { retryAfterMs: number; chance: number },
): number | undefined {
  const seconds = RETRY_S[failedTries]
  if (seconds === undefined) return undefined
  return Math.max(seconds * 1_000, Math.min(MAX_RETRY_AFTER_MS, retryAfterMs)) * (1 + JITTER * chance)
}
