/** Schemas of settings: convert text of the environment to values. */

import { z } from 'zod'
import { AppError } from './errors.ts'

/** Thrown when a setting is invalid; the message names it and what was expected. */
export class BadConfiguration extends AppError {
  readonly code = 'BAD_CONFIGURATION'
  override readonly hint = 'See docs/settings.md.'
}

/** Items separated by commas or spaces; folders, which may contain both, by colons. */
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

/** A whole number; the fallback for `undefined` and the empty text. */
export const whole = (fallback: number, min: number, max: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? fallback : value),
    z.coerce
      .number({ error: 'expected a whole number' })
      .int('expected a whole number')
      .min(min, `expected at least ${min}`)
      .max(max, `expected at most ${max}`),
  )

/** A whole number; `undefined` for `undefined` and the empty text. */
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

/** The id of a spool, or whether one must exist. */
export const spoolExpectation = z
  .string()
  .default('false')
  .transform((text, context) => {
    const parsed = /^[0-9a-f]{32}$/.test(text) ? { success: true as const, data: text } : z.stringbool().safeParse(text)
    if (parsed.success) return parsed.data
    context.addIssue('expected true, false or the id of a spool, 32 hex digits')
    return z.NEVER
  })

export const yesNo = (fallback: boolean) => z.stringbool({ error: 'expected true or false' }).default(fallback)
