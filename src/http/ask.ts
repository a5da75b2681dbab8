/** Questions in words about the documents of a job: as JSON or text at `/api/ask`, as a page at `/ask`. */

import type { Hono } from 'hono'
import { z } from 'zod'
import { Answer, answerText, MAX_QUESTION } from '#ask/answer.ts'
import { askerOf } from '#ask/asker.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import { AskPage } from '#templates/ask.tsx'
import { serverLinks } from '#templates/links.ts'
import { etagOf, tagged } from './conditional.ts'
import { formOf, isJson, mediaTypeOf } from './content-negotiation.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { refuseIndex } from './graph.ts'
import { JobId } from './job-in-path.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'
import { readManifest } from './published-set.ts'
import { readQuery } from './query-parameters.ts'
import { readJson } from './request-body.ts'

export const ASK_PATH = '/api/ask'

const Question = z
  .string()
  .max(MAX_QUESTION)
  .refine((text) => text.trim() !== '', 'expected a question')
  .meta({
    description: `At most ${MAX_QUESTION} characters, in any language.`,
    examples: ['How does a request reach a view?'],
  })

export const AskBody = z.strictObject({ job_id: JobId, question: Question })

export const AskParameters = z.object({
  id: JobId.meta({ examples: ['pallets--flask'] }),
  q: z.string().max(MAX_QUESTION).default('').describe('The question; without one, the page has only the form.'),
})

export const AskAnswer = Answer.extend({ job_id: z.string(), repo_url: z.string() })

/** Amount of work that counts as one search; see `Outcome` of the graph's questions. */
const WORK_PER_SEARCH = 400_000

export function addAskRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const asker = deps.asker ?? askerOf(deps.sets)

  async function answerTo(c: AppContext, job: JobSnapshot, manifest: Manifest, question: string): Promise<Answer> {
    c.var.limits.search(c)
    deps.sets.noteUse(manifest.key)
    const found = await asker.ask(manifest.key, question, c.var.limits.callerOf(c))
    if (found === undefined) return refuseIndex(job, manifest, deps)
    c.var.limits.searched(c, Math.floor(found.work / WORK_PER_SEARCH))
    return found.answer
  }

  app.post(ASK_PATH, async (c) => {
    if (!isJson(mediaTypeOf(c))) throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Expected application/json.')
    const { job_id, question } = readBody(await readJson(c))
    const job = await jobOf(deps, job_id)
    const answer = await answerTo(c, job, await readManifest(job, deps), question)
    c.header('Cache-Control', 'no-store')
    if (formOf(c) === 'text') return c.text(answerText(answer))
    const body = jsonText({ ...answer, job_id, repo_url: job.view.repo_url } satisfies z.infer<typeof AskAnswer>)
    return c.body(body, 200, { 'Content-Type': 'application/json' })
  })

  app.get('/ask', async (c) => {
    const { id, q } = readQuery(c, AskParameters, 'id (of a job) and q (the question)')
    const job = await jobOf(deps, id)
    const manifest = await readManifest(job, deps)
    const answer = q.trim() === '' ? null : await answerTo(c, job, manifest, q)
    const links = serverLinks(job.view.job_id, deps.assets.version)
    const body = String(await AskPage({ manifest, links, id, question: q, answer, maxLength: MAX_QUESTION }))
    return tagged(c, await etagOf(body), body, 'text/html; charset=UTF-8', 'no-cache')
  })
}

async function jobOf({ queue }: AppDeps, id: string): Promise<JobSnapshot> {
  const job = await queue.read(id)
  if (job !== undefined) return job
  throw new Refusal('NO_SUCH_JOB', 'There is no such job.', 'GET /api/jobs lists the jobs; POST / creates one.')
}

function readBody(body: unknown): z.infer<typeof AskBody> {
  const read = AskBody.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const hint = 'Send {"job_id": "pallets--flask", "question": "…"}.'
  throw new Refusal('BAD_FIELD', `Expected a job_id and a question: ${issue?.message ?? ''}.`, hint)
}
