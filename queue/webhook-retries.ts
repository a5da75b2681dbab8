/** Calculates how long to wait before the next attempt to deliver a webhook. Pure: chance is an argument. */

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
