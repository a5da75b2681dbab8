/** The forms of settings: what text of the environment becomes what value, and the error of one that does not fit. */

import { z } from 'zod'
import { AppError } from './errors.ts'

/** Thrown when a setting does not fit; the message names it and says what would. */
export class BadConfiguration extends AppError {
  readonly code = 'BAD_CONFIGURATION'
  override readonly hint = 'See the table of settings in README.md.'
}

/** Items between commas or spaces; folders, which may hold both, are told apart like those of `PATH`. */
export const list = (fallback: string, separator = /[\s,]+/) =>
  z
    .string()
    .default(fallback)
    .transform((text) =>
      text
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )

/** `undefined` and nothing at all are the fallback. */
export const whole = (fallback: number, min: number, max: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? fallback : value),
    z.coerce
      .number({ error: 'expected a whole number' })
      .int('expected a whole number')
      .min(min, `expected at least ${min}`)
      .max(max, `expected at most ${max}`),
  )

/** `undefined` and nothing at all are none. */
export const wholeOrNone = (min: number, max: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce
      .number({ error: 'expected a whole number' })
      .int('expected a whole number')
      .min(min, `expected at least ${min}`)
      .max(max, `expected at most ${max}`)
      .optional(),
  )

export const fraction = (fallback: number, min: number, max: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? fallback : value),
    z.coerce
      .number({ error: 'expected a number' })
      .min(min, `expected at least ${min}`)
      .max(max, `expected at most ${max}`),
  )

/** A spool by its id, or whether there must be one. */
export const spoolExpectation = z
  .string()
  .default('false')
  .transform((text, context) => {
    const said = /^[0-9a-f]{32}$/.test(text) ? { success: true as const, data: text } : z.stringbool().safeParse(text)
    if (said.success) return said.data
    context.addIssue('expected true, false or the id of a spool, 32 hex digits')
    return z.NEVER
  })

export const yesNo = (fallback: boolean) => z.stringbool({ error: 'expected true or false' }).default(fallback)
