/** Schemas of settings, which convert the text of environment variables to values. */

import { z } from 'zod'
import { AppError } from './errors.ts'

/** Thrown when a setting is invalid. The message names the setting and says what was expected. */
export class BadConfiguration extends AppError {
  readonly code = 'BAD_CONFIGURATION'
  override readonly hint = 'See docs/settings.md.'
}

/** A list of items, separated by commas or white space unless another separator is given. */
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

/** Paths separated by colons; `\:` is a colon in a path. */
export const folders = () =>
  list('', /(?<!\\):/).transform((items) => items.map((folder) => folder.replaceAll('\\:', ':')))

/** The text of such a setting. */
export const joinFolders = (paths: readonly string[]): string =>
  paths.map((folder) => folder.replaceAll(':', '\\:')).join(':')

/** The fallback for a value that is unset or blank. */
const orElse = (fallback: unknown) => (value: unknown) =>
  value === undefined || (typeof value === 'string' && value.trim() === '') ? fallback : value

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'expected a whole number' })
    .int('expected a whole number')
    .min(min, `expected at least ${min}`)
    .max(max, `expected at most ${max}`)

/** A whole number; the fallback if unset or blank. */
export const whole = (fallback: number, min: number, max: number) =>
  z.preprocess(orElse(fallback), wholeNumber(min, max))

/** A whole number; `undefined` if unset or blank. */
export const wholeOrNone = (min: number, max: number) =>
  z.preprocess(orElse(undefined), wholeNumber(min, max).optional())

/** A number; the fallback if unset or blank. */
export const fraction = (fallback: number, min: number, max: number) =>
  z.preprocess(
    orElse(fallback),
    z.coerce
      .number({ error: 'expected a number' })
      .min(min, `expected at least ${min}`)
      .max(max, `expected at most ${max}`),
  )

/** The id of a spool, or whether a spool must already exist. */
export const spoolExpectation = z
  .string()
  .default('false')
  .transform((text, context) => {
    const parsed = /^[0-9a-f]{32}$/.test(text) ? { success: true as const, data: text } : z.stringbool().safeParse(text)
    if (parsed.success) return parsed.data
    context.addIssue('expected true, false or the id of a spool, 32 hex digits')
    return z.NEVER
  })

/** `true`, `false` or a synonym such as `yes`; the fallback if unset or blank. */
export const yesNo = (fallback: boolean) =>
  z.preprocess(orElse(String(fallback)), z.stringbool({ error: 'expected true or false' }))
