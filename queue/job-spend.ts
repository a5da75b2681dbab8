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

/** Why part of the documents has no prose: the budget was used up, or the model could not be used. */
export const Degraded = z.enum(['budget', 'model'])
export type Degraded = z.infer<typeof Degraded>
