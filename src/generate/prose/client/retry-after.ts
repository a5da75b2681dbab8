/** Computes the wait before a retry: as the endpoint requests, else by exponential backoff. */

/** Maximum wait, whatever the endpoint requests. */
const MAX_WAIT_MS = 60_000
const FIRST_WAIT_MS = 1_000
const MAX_BACKOFF_MS = 30_000
const HAS_TIME = /\d:\d\d:\d\d/

/**
 * The wait requested by `retry-after-ms` or `Retry-After` (seconds or a date, RFC 9110 10.2.3), at most a minute.
 *
 * @returns `undefined` when there is none that can be parsed.
 */
export function retryAfterMs(headers: { get(name: string): string | null }, nowMs: number): number | undefined {
  const ms = numberOf(headers.get('retry-after-ms'))
  if (ms !== undefined) return bounded(ms)
  const text = headers.get('retry-after')
  const seconds = numberOf(text)
  if (seconds !== undefined) return bounded(seconds * 1_000)
  // `Date.parse` takes almost any text with a number for a date.
  const date = text !== null && HAS_TIME.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : bounded(date - nowMs)
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

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,12}(?:\.\d{1,12})?\s*$/.test(text) ? Number(text) : undefined
}

const bounded = (ms: number): number => Math.min(MAX_WAIT_MS, Math.max(0, Math.ceil(ms)))
