/** The cost of models for a set of documents, and why part of its prose is missing. */

import { z } from 'zod'

const Count = z.int().nonnegative()

/** Use of models for one set of documents. */
export const JobSpend = z.object({
  calls: Count.describe('Requests to models.'),
  kept: Count.describe('Requests answered from the cache.'),
  input_tokens: Count,
  output_tokens: Count,
  cost_usd: z.number().nonnegative().describe('US dollars; 0 for models without a known price.'),
})
export type JobSpend = z.infer<typeof JobSpend>

const NOTHING: JobSpend = { calls: 0, kept: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 }

export const sumOfSpend = (all: readonly JobSpend[]): JobSpend =>
  all.reduce(
    (sum, each) => ({
      calls: sum.calls + each.calls,
      kept: sum.kept + each.kept,
      input_tokens: sum.input_tokens + each.input_tokens,
      output_tokens: sum.output_tokens + each.output_tokens,
      cost_usd: sum.cost_usd + each.cost_usd,
    }),
    NOTHING,
  )

/** Why part of the documents has no prose: the budget was used up, or the model could not be used. */
export const Degraded = z.enum(['budget', 'model'])
export type Degraded = z.infer<typeof Degraded>
