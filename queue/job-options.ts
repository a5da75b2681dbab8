/** The options of a job besides the repository and the commit. */

import { z } from 'zod'
import { Languages } from '#base/language.ts'

/** Maximum length of `notes`, in UTF-16 code units. */
export const MAX_NOTES = 4_000

/** Control characters except line feeds and tabs. */
const CONTROL = /[^\P{Cc}\n\t]/u

/**
 * Part of a job's identity. Default values are omitted, so that they do not change the id. `max_cost_usd` is included because it
 * limits how much a model may write.
 */
export const JobOptions = z.strictObject({
  model: z
    .string('expected the name of a model')
    .min(1, 'expected a name')
    .max(200, 'expected at most 200 characters')
    .optional()
    .describe('offline, or the name of a model that the service allows.'),
  language: z
    .enum(Languages, `expected one of ${Languages.join(', ')}`)
    .optional()
    .describe('Language of the documents; `en` by default.'),
  notes: z
    .string('expected one text')
    .max(MAX_NOTES, `expected at most ${MAX_NOTES} characters`)
    .refine((text) => !CONTROL.test(text), 'expected text without control characters')
    .optional()
    .describe('Notes for the model, such as what matters to readers.'),
  max_cost_usd: z
    .number('expected US dollars, 0 to 1000000')
    .min(0, 'expected at least 0')
    .max(1_000_000, 'expected at most 1000000')
    .optional()
    .describe('US dollars that the job may cost, within the limits of the service; 0 spends nothing.'),
})
export type JobOptions = z.infer<typeof JobOptions>
