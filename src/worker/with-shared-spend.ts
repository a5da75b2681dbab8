/** Runs jobs whose process records the cost of models with that of other machines; it asks its supervisor, which has the database. */

import { answerFromSpend, type SharedSpend } from '#generate/prose/budget/shared-spend.ts'
import type { Run } from '#queue/runner.ts'

export function withSharedSpend(run: Run, spend: SharedSpend): Run {
  return (job, context) =>
    run({ ...job, isSpendShared: true }, { ...context, answer: (question) => answerFromSpend(spend, question) })
}
