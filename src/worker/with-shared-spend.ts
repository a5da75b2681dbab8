/**
 * Runs jobs whose worker records the cost of models in the database. The worker has no access to it, so its supervisor does
 * that on request.
 */

import { answerFromSpend, type SharedSpend } from '#generate/prose/budget/shared-spend.ts'
import type { Run } from '#queue/runner.ts'

export function withSharedSpend(run: Run, spend: SharedSpend): Run {
  return (job, context) =>
    run({ ...job, isSpendShared: true }, { ...context, answer: (question) => answerFromSpend(spend, question) })
}
