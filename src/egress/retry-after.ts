/** Reads the `Retry-After` header of a response. */

/** The delay of a `Retry-After` header in seconds; the header may contain a date (RFC 9110, section 10.2.3). */
export function readRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  // `Date.parse` takes almost any text with a number for a date.
  const dateMs = /\d:\d\d:\d\d/.test(header) ? Date.parse(header) : Number.NaN
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (dateMs - Date.now()) / 1_000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
