/**
 * `POST /api/jobs` with a JSON array: many submissions at once. Each is handled as if it had been sent alone. If the array
 * itself is invalid, all of it is refused and nothing is queued.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import { JobView, Outcome, type Submission } from '#queue/contract.ts'
import { formOf } from './content-negotiation.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { plainProblem, toLoggedProblem } from './error-response.ts'
import { TOKEN_HEADER } from './git-token.ts'
import { checkIdempotencyKey } from './idempotency-key.ts'
import { jsonText, submissionLine } from './job-lines.ts'
import { Problem, Refusal } from './problem.ts'
import { MAX_ITEMS } from './request-body.ts'
import { secretRefusal } from './secret-fields.ts'
import { JsonSubmission, refusalOf, requestOf } from './submission.ts'
import { cooldownOf, submitTo } from './submit.ts'

/** Number of submissions processed concurrently, so that they share disk syncs. */
const LANES = 64

export const BatchAnswer = z.object({
  results: z
    .array(
      z.union([
        z.object({ status: z.union([z.literal(200), z.literal(202)]), outcome: Outcome, job: JobView }),
        z.object({ status: z.int(), problem: Problem, outcome: Outcome.optional(), job: JobView.optional() }),
      ]),
    )
    .describe('One entry for each submission, in order: the response that it would have received alone.'),
})

export const BatchSubmission = z.array(JsonSubmission).min(1).max(MAX_ITEMS)

/** The result of one submission. */
type Result = z.infer<typeof BatchAnswer>['results'][number]

/** Must be added after `addSubmissionBody`. Passes on bodies that are not arrays. */
export function addBatchRoute(app: Hono<AppEnv>, deps: AppDeps): void {
  app.post('/api/jobs', async (c, next) => {
    const { type, value } = c.var.body ?? {}
    return type === 'json' && Array.isArray(value) ? await answerBatch(c, deps, value) : await next()
  })
}

async function answerBatch(c: AppContext, deps: AppDeps, items: unknown[]): Promise<Response> {
  if (c.req.header(TOKEN_HEADER) !== undefined) {
    throw new Refusal(
      'BAD_FIELD',
      `${TOKEN_HEADER} is for one submission.`,
      'Send submissions that need it one by one.',
    )
  }
  if (items.length === 0) {
    throw new Refusal(
      'BAD_BODY',
      `Expected 1 to ${MAX_ITEMS} submissions, found 0.`,
      'Each is an object with repo_url.',
    )
  }
  const submissions = items.map(checkItem)
  const key = checkIdempotencyKey(c.req.header('idempotency-key'))
  const keys = key === null ? undefined : await createKeys(deps, key, items)
  const results = await inLanes(submissions, (item, index) => {
    // The body has already been counted as one submission.
    return submitItem(c, deps, item, { isCounted: index === 0, takeKey: () => keys?.take(index) })
  })
  await keys?.settle(results)
  const isWhole = results.every((result) => !('problem' in result))
  c.header('Cache-Control', 'no-store')
  const status = isWhole ? 202 : 207
  if (formOf(c) === 'text') return c.text(results.map((result) => lineOf(result, originOf(c, deps))).join(''), status)
  return c.body(jsonText({ results }), status, { 'Content-Type': 'application/json' })
}

function checkItem(item: unknown, index: number): object {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) return item
  throw new Refusal(
    'BAD_BODY',
    `Expected an array of objects; item ${index + 1} is not an object.`,
    'Each has the field repo_url: [{"repo_url": "https://github.com/pallets/flask"}]',
  )
}

interface Keys {
  /** The key of an item. @throws {IdempotencyKeyReused} */
  take(index: number): Promise<string>
  /** Releases the key if no item was accepted. @throws {IdempotencyKeyReused} Then no item was submitted. */
  settle(results: readonly Result[]): Promise<void>
}

/**
 * The idempotency key of a batch, reserved with the first valid item and released when no item was accepted. Each item has a
 * key derived from it, so that a repeated request continues where the service was killed.
 */
async function createKeys({ queue }: AppDeps, key: string, items: unknown[]): Promise<Keys> {
  const hash = await sha256(JSON.stringify(items))
  let taken: ReturnType<typeof queue.takeKey> | undefined
  return {
    async take(index) {
      taken ??= queue.takeKey(key, hash)
      await taken
      // Keys of callers contain no spaces.
      return `${key} ${index}/${items.length} ${hash}`
    },
    async settle(results) {
      const release = await taken
      if (results.every((result) => 'problem' in result)) await release?.()
    },
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function submitItem(
  c: AppContext,
  deps: AppDeps,
  item: object,
  { isCounted, takeKey }: { isCounted: boolean; takeKey(): Promise<string> | undefined },
): Promise<Result> {
  try {
    if (!isCounted) c.var.limits.submission(c)
    const secret = secretRefusal(item)
    if (secret !== undefined) throw secret
    const fields = JsonSubmission.safeParse(item)
    if (!fields.success) throw refusalOf(fields.error, item)
    const request = await requestOf(fields.data, deps, null)
    return resultOf(c, deps, await submitTo(c, deps, request, { takeKey: async () => (await takeKey()) ?? null }))
  } catch (error) {
    const problem = toLoggedProblem(c, deps, error)
    return { status: problem.status, problem }
  }
}

function resultOf(c: AppContext, deps: AppDeps, submission: Submission): Result {
  const { outcome, job } = submission
  if (outcome !== 'cooldown') return { status: outcome === 'cached' ? 200 : 202, outcome, job: job.view }
  const problem = toLoggedProblem(c, deps, cooldownOf(submission))
  return { status: problem.status, outcome, problem, job: job.view }
}

const lineOf = (result: Result, origin: string): string =>
  'problem' in result ? plainProblem(result.problem) : `${submissionLine(result.job, origin)}\n`

/** Run `step` for all items with limited concurrency. Results are in the order of the items. */
async function inLanes<T, R>(items: readonly T[], step: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const left = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of left) {
      results[index] = await step(item, index)
      // Items refused without disk access would otherwise block the event loop.
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  await Promise.all(Array.from({ length: Math.min(LANES, items.length) }, lane))
  return results
}
