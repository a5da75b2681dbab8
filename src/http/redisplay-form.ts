/** The response to a refused submission: browsers see the form again with their input and the error. */

import { holdsSecret } from '#base/secret-shapes.ts'
import type { Submission } from '#queue/contract.ts'
import type { TypedFields } from '#templates/submit-form.tsx'
import { formOf } from './content-negotiation.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { fail } from './error-response.ts'
import { refuseForm } from './index-page.ts'

/**
 * @param fields - The input, as far as it could be parsed.
 * @param submission - The response of the queue, if the submission reached it.
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

/** The input for the form, without secrets. */
function typedOf(fields: unknown): TypedFields {
  const typed = Object(fields) as Record<string, unknown>
  const read = (name: string): string => {
    const text = ['string', 'number'].includes(typeof typed[name]) ? String(typed[name]) : ''
    return holdsSecret(text) ? '' : text
  }
  return {
    repoUrl: read('repo_url'),
    commitId: read('commit_id'),
    model: read('model'),
    language: read('language'),
    notes: read('notes'),
    maxCostUsd: read('max_cost_usd'),
  }
}
