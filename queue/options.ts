/** What a job may ask for beyond the repository and the commit, and what a model was paid for it. */

import { z } from 'zod'
import { Languages } from '#base/language.ts'

/** Of an option `notes`, in UTF-16 units. */
export const MAX_NOTES = 4_000

/** Line feeds and tabs may stand in notes. */
const CONTROL = /[^\P{Cc}\n\t]/u

/**
 * Part of a job's identity: what is the default is left out, so that it does not change the id. `max_cost_usd` belongs
 * to it, since it decides how much a model may write.
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
    .describe('Of the documents; en unless told.'),
  notes: z
    .string('expected one text')
    .max(MAX_NOTES, `expected at most ${MAX_NOTES} characters`)
    .refine((text) => !CONTROL.test(text), 'expected text without control characters')
    .optional()
    .describe('For the model: what matters to the readers.'),
  max_cost_usd: z
    .number('expected US dollars, 0 to 1000000')
    .min(0, 'expected at least 0')
    .max(1_000_000, 'expected at most 1000000')
    .optional()
    .describe('US dollars that the job may cost, within the limits of the service; 0 spends nothing.'),
})
export type JobOptions = z.infer<typeof JobOptions>

const Count = z.int().nonnegative()

/** What was asked of models for a set of documents. */
export const JobSpend = z.object({
  calls: Count.describe('Questions that were sent.'),
  kept: Count.describe('Questions whose answers were kept from before.'),
  input_tokens: Count,
  output_tokens: Count,
  cost_usd: z.number().nonnegative().describe('US dollars; 0 for models without a known price.'),
})
export type JobSpend = z.infer<typeof JobSpend>

/** Why a part of the documents has no prose: the budget did not reach, or the model could not be used. */
export const Degraded = z.enum(['budget', 'model'])
export type Degraded = z.infer<typeof Degraded>
