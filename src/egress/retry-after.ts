/** Reads the `Retry-After` header of a response. */

/** The delay of a `Retry-After` header in seconds; the header may contain a date (RFC 9110, section 10.2.3). */
export function readRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
