/** Reads the `Retry-After` header of a response. */

/**
 * The delay of a `Retry-After` header in seconds; the header may contain a date (RFC 9110, section 10.2.3).
 *
 * @returns At least 0; `undefined` if the header is absent or cannot be parsed.
 */
export function readRetryAfter(header: string | null | undefined): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text)
  // `Date.parse` accepts almost any text with a number as a date.
  const dateMs = /\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(dateMs) ? undefined : Math.max(0, (dateMs - Date.now()) / 1_000)
}
