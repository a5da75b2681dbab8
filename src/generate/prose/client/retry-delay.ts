/** Computes the wait before a retry: as the endpoint requests, else by exponential backoff. */

import { readRetryAfter } from '#base/retry-after.ts'

/** Maximum wait, whatever the endpoint requests. */
const MAX_WAIT_MS = 60_000
const FIRST_WAIT_MS = 1_000
const MAX_BACKOFF_MS = 30_000

/**
 * The wait requested by `retry-after-ms` or `Retry-After`, at most a minute.
 *
 * @returns `undefined` when neither can be parsed.
 */
export function retryAfterMs(headers: { get(name: string): string | null }): number | undefined {
  const exact = headers.get('retry-after-ms')
  if (exact !== null && /^\s*\d{1,12}(?:\.\d{1,12})?\s*$/.test(exact)) return bounded(Number(exact))
  const seconds = readRetryAfter(headers.get('retry-after'))
  return seconds === undefined ? undefined : bounded(seconds * 1_000)
}

/**
 * Exponential backoff with jitter of up to half, so that requests that failed together are not retried together.
 *
 * @param tries - Failed tries, from 1.
 * @param random - In [0, 1).
 */
export function backoffMs(tries: number, random: number): number {
  const full = Math.min(MAX_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (tries - 1))
  return Math.round(full * (0.5 + random / 2))
}

const bounded = (ms: number): number => Math.min(MAX_WAIT_MS, Math.max(0, Math.ceil(ms)))
