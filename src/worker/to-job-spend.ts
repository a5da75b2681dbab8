/** Converts the cost of a generation to the form stored in a job. */

import type { Spend } from '#generate/prose/ask.ts'
import type { JobSpend } from '#queue/job-spend.ts'

export const toJobSpend = (spend: Spend): JobSpend => ({
  calls: spend.calls,
  kept: spend.kept,
  input_tokens: spend.inputTokens,
  output_tokens: spend.outputTokens,
  cost_usd: spend.costUsd,
})
