/**
 * `POST /` and `POST /api/jobs`. Both accept a form or JSON and respond with the job and its `outcome`; `content-negotiation.ts` chooses the
 * format. Browsers are redirected to the job's page, or see the form again with the error.
 *
 * Nothing is queued before all fields have been validated.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import { JobView, Outcome, type Submission, type SubmitRequest } from '#queue/contract.ts'
import { unlessDamaged } from '#store/set-damaged.ts'
import { jobHref } from '#templates/addresses.ts'
import { formOf } from './content-negotiation.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { readGitToken, withToken } from './git-token.ts'
import { checkIdempotencyKey } from './idempotency-key.ts'
import { jobApiPath, jsonText, submissionLine } from './job-lines.ts'
import { Refusal } from './problem.ts'
import type { SubmissionBody } from './read-submission.ts'
import { refuseSubmission } from './redisplay-form.ts'
import { secretRefusal } from './secret-fields.ts'
import { FormSubmission, JsonSubmission, refusalOf, requestOf, type Submitted } from './submission.ts'

/** The response to an accepted submission. */
export const SubmittedJob = z.object({ outcome: Outcome, ...JobView.shape })

/** Must be added after `addSubmissionBody`, which reads the body. */
export function addSubmitRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.on('POST', ['/', '/api/jobs'], async (c) => {
    const { body } = c.var
    if (body === undefined) throw new Error('The body was not read.')
    try {
      const submitted = checked(body)
      const key = checkIdempotencyKey(c.req.header('idempotency-key'))
      const token = readGitToken(c, deps)
      const submission = await submitTo(c, deps, await requestOf(submitted, deps, key, token), { token })
      if (submission.outcome !== 'cooldown') return answer(c, deps, submission)
      return await refuseSubmission(c, deps, cooldownOf(submission), submitted, submission)
    } catch (error) {
      return refuseSubmission(c, deps, error, body.value)
    }
  })
}

/** @throws {Refusal} The first error in the fields. */
function checked({ type, value }: SubmissionBody): Submitted {
  const secret = secretRefusal(value)
  if (secret !== undefined) throw secret
  const fields = (type === 'form' ? FormSubmission : JsonSubmission).safeParse(value)
  if (!fields.success) throw refusalOf(fields.error, value)
  return fields.data
}

export interface SubmitOptions {
  /** The git token. */
  token?: string | null
  /** Called for the idempotency key when the submission is valid; by default, the key of the request. */
  takeKey?(): Promise<string | null>
}

/**
 * Submit to the queue, unless the client has too many jobs. If the cached set has been deleted, it is generated again. A
 * refused submission leaves nothing behind.
 *
 * @throws {Refusal} `TOO_MANY_JOBS`, `GIT_TOKEN_IN_USE`, `TOO_MANY_TOKENS`
 */
export async function submitTo(
  c: AppContext,
  deps: AppDeps,
  request: SubmitRequest,
  { token = null, takeKey = async () => request.idempotencyKey }: SubmitOptions = {},
): Promise<Submission> {
  const uncount = await c.var.limits.job(c, request.jobId)
  let isCreated = false
  try {
    const idempotencyKey = await takeKey()
    const submit = () => submitOnce(deps, { ...request, idempotencyKey })
    const held = { jobId: request.jobId, token, client: c.var.limits.callerOf(c).client }
    const submission = await withToken(deps, held, submit, isQueued)
    isCreated = submission.outcome === 'created'
    return submission
  } finally {
    if (!isCreated) uncount()
  }
}

const isQueued = ({ outcome }: Submission): boolean => outcome === 'created' || outcome === 'joined'

async function submitOnce(deps: AppDeps, request: SubmitRequest): Promise<Submission> {
  const submission = await deps.queue.submit(request)
  const { docsKey } = submission.job
  if (submission.outcome !== 'cached' || (docsKey !== null && (await isReadable(deps, docsKey)))) return submission
  return deps.queue.submit({ ...request, force: true, idempotencyKey: null })
}

/** Whether a set can be shown, by its first and its last page: reading all of it would take too long. */
async function isReadable({ sets, log }: AppDeps, key: string): Promise<boolean> {
  try {
    const pages = ((await sets.has(key)) ? await sets.readManifest(key) : undefined)?.pages ?? []
    const ends = [pages[0], pages.at(-1)].flatMap((page) => page ?? [])
    for (const { file } of ends) if ((await sets.readHtml(key, file)) === undefined) return false
    return ends.length > 0
  } catch (error) {
    unlessDamaged(error)
    log.error({ err: error }, 'damaged documents are generated again')
    return false
  }
}

/** The response to an accepted or cached submission. */
function answer(c: AppContext, deps: AppDeps, { outcome, job, retryAfterSeconds }: Submission): Response {
  const form = formOf(c)
  const { view } = job
  if (form === 'html' && c.req.path === '/') return c.redirect(jobHref(view.job_id), 303)
  c.header('Location', jobApiPath(view.job_id))
  c.header('Cache-Control', 'no-store')
  if (retryAfterSeconds !== null) c.header('Retry-After', String(retryAfterSeconds))
  const status = outcome === 'cached' ? 200 : 202
  if (form === 'text') return c.text(`${submissionLine(view, originOf(c, deps))}\n`, status)
  const submitted: z.infer<typeof SubmittedJob> = { outcome, ...view }
  return c.body(jsonText(submitted), status, { 'Content-Type': 'application/json' })
}

/** The refusal of a job that failed recently and cannot be submitted again yet. */
export function cooldownOf({ job, retryAfterSeconds }: Submission): Refusal {
  const { error_message: reason, error_code: code } = job.view
  const seconds = retryAfterSeconds ?? 1
  return new Refusal(
    'COOLDOWN',
    `The last attempt failed recently; the next is possible in ${seconds} s.${reason === null ? '' : ` It failed with ${code}: ${reason}`}`,
    `See ${jobHref(job.view.job_id)}. Wait, or send force=true (in the form: “Try now”).`,
    seconds,
  )
}
