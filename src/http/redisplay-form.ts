/** The answer to a submission that was refused: to a browser the form again, with what was typed and what is wrong. */

import { holdsSecret } from '#base/secret-shapes.ts'
import type { Submission } from '#queue/contract.ts'
import type { TypedFields } from '#templates/submit-form.tsx'
import { formOf } from './accept.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { fail } from './fail.ts'
import { refuseForm } from './index-page.ts'

/**
 * @param fields - What was sent, as far as it is known.
 * @param submission - What the queue answered, if it was asked.
 */
export async function refuseSubmission(
  c: AppContext,
  deps: AppDeps,
  error: unknown,
  fields: unknown,
  submission?: Submission,
): Promise<Response> {
  if (formOf(c) === 'html' && c.req.path === '/') return refuseForm(c, deps, typedOf(fields), error)
  return fail(c, deps, error, submission === undefined ? {} : { outcome: submission.outcome, job: submission.job.view })
}

/** What was typed, to fill the form again, but for secrets. */
function typedOf(fields: unknown): TypedFields {
  const typed = Object(fields) as Record<string, unknown>
  const read = (name: string): string => {
    const text = ['string', 'number'].includes(typeof typed[name]) ? String(typed[name]) : ''
    return holdsSecret(text) ? '' : text
  }
  return {
    repoUrl: read('repo_url'),
    commitId: read('commit_id'),
    ...{ model: read('model'), language: read('language'), notes: read('notes'), maxCostUsd: read('max_cost_usd') },
  }
}
