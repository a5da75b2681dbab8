/**
 * Natural-language questions about the documents of a job: as JSON, text or Server-Sent Events at `/api/ask`, as a page at
 * `/ask`. A configured model writes the answer; without a model, or if it fails, the answer is the evidence.
 */

import type { Hono } from 'hono'
import type { z } from 'zod'
import { type Answer, answerText } from '#ask/answer.ts'
import type { AnswerEvent } from '#ask/answer-events.ts'
import { askerOf } from '#ask/asker.ts'
import { escapeControls } from '#base/control-characters.ts'
import { noticeOf } from '#base/unreachable-commit.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import { AskPage } from '#templates/ask.tsx'
import { serverLinks } from '#templates/links.ts'
import type { Answerer, SharedAnswer } from './answerer.ts'
import {
  AnswerId,
  type AskAnswer,
  AskBody,
  AskForm,
  AskParameters,
  FeedbackBody,
  MAX_PREVIOUS,
  ShareBody,
  type Shared,
} from './ask-fields.ts'
import { etagOf, tagged } from './conditional.ts'
import { formOf, isForm, isJson, mediaTypeOf, prefers } from './content-negotiation.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { refuseIndex } from './graph.ts'
import { innerService } from './inner-requests.ts'
import { noSuchJob } from './job-in-path.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'
import { readManifest } from './published-set.ts'
import { readQuery } from './query-parameters.ts'
import { readForm, readJson } from './request-body.ts'
import { toBody } from './streamed-response.ts'

const ASK_PATH = '/api/ask'

/** A field of the bodies in hints. */
const JOB = '"job_id": "pallets--flask"'

/** The amount of work that counts as one search; see `Outcome` of the graph queries. */
const WORK_PER_SEARCH = 400_000
/** The cost of asking a model, excluding its look-ups, counted in searches. */
const MODEL_SEARCHES = 4
const BEAT_MS = 15_000

interface AskRequest {
  job: JobSnapshot
  manifest: Manifest
  question: string
  previous: readonly string[]
  basis: 'model' | 'evidence'
}

export function addAskRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const asker = deps.asker ?? askerOf(deps.sets)
  const { answerer } = deps

  /** The request has already been counted as a search. */
  async function evidenceFor(c: AppContext, { job, manifest, question }: AskRequest): Promise<Answer> {
    deps.sets.noteUse(manifest.key)
    const found = await asker.ask(manifest.key, question, c.var.limits.callerOf(c))
    if (found === undefined) return refuseIndex(job, manifest, deps)
    c.var.limits.searched(c, Math.floor(found.work / WORK_PER_SEARCH))
    return { ...found.answer, notice: noticeOf(job.view) }
  }

  /** Ends with an `answer` event. The evidence is gathered before anything is sent, so that a refusal has its own status. */
  async function answerTo(
    c: AppContext,
    request: AskRequest,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<AnswerEvent>> {
    const evidence = await evidenceFor(c, request)
    const without = (reason: Answer['without_model']) => only({ ...evidence, without_model: reason })
    if (answerer === undefined) return without('offline')
    if (request.basis === 'evidence') return without('not asked for')
    if (!c.var.limits.mayAskModel(c)) return without('limit')
    c.var.limits.searched(c, MODEL_SEARCHES)
    const { job, manifest, question, previous } = request
    const charge = (work: number): void => c.var.limits.searched(c, Math.floor(work / WORK_PER_SEARCH))
    const about = { jobId: job.view.job_id, key: manifest.key, language: manifest.language ?? 'en' }
    return answerer.answer(
      { ...about, question, previous, evidence, service: innerService(app, c, signal), charge },
      signal,
    )
  }

  async function wholeAnswer(c: AppContext, request: AskRequest): Promise<Answer> {
    const events = await answerTo(c, request, AbortSignal.any([c.req.raw.signal, deps.signal]))
    let answer: Answer | undefined
    for await (const event of counted(events, deps)) if (event.type === 'answer') answer = event.answer
    return answer ?? refuseShutdown()
  }

  app.post(ASK_PATH, async (c) => {
    if (!isJson(mediaTypeOf(c))) throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Expected application/json.')
    c.var.limits.search(c)
    const { job_id, ...body } = readBody(AskBody, await readJson(c), `{${JOB}, "question": "…"}`)
    const job = await jobOf(deps, job_id)
    const request = { ...body, job, manifest: await readManifest(job, deps) }
    const about = { job_id, repo_url: job.view.repo_url }
    c.header('Cache-Control', 'no-store')
    if (prefers(c, 'text/event-stream')) return streamed(c, request, about)
    const answer = await wholeAnswer(c, request)
    if (formOf(c) === 'text') return c.text(answerText(answer))
    return c.body(jsonText({ ...answer, ...about } satisfies z.infer<typeof AskAnswer>), 200, {
      'Content-Type': 'application/json',
    })
  })

  async function streamed(c: AppContext, request: AskRequest, about: { job_id: string; repo_url: string }) {
    const end = new AbortController()
    const onEnd = (): void => end.abort()
    const signal = AbortSignal.any([end.signal, c.req.raw.signal, deps.signal])
    const events = await answerTo(c, request, signal)
    deps.metrics?.streamOpened(signal)
    // Otherwise nginx buffers events.
    c.header('X-Accel-Buffering', 'no')
    c.header('Content-Type', 'text/event-stream')
    const beat = { text: ':\n\n', everyMs: BEAT_MS }
    const write = ({ type, ...data }: AnswerEvent): string => {
      const sent = 'answer' in data ? { answer: { ...data.answer, ...about } } : data
      return `event: ${type}\ndata: ${escapeControls(JSON.stringify(sent))}\n\n`
    }
    return c.body(toBody(counted(events, deps), { write, beat, onEnd }))
  }

  async function page(
    c: AppContext,
    request: AskRequest,
    answer: Answer | null,
    shared?: SharedAnswer,
  ): Promise<string> {
    const { job, manifest, question, previous } = request
    const links = serverLinks(job.view.job_id, deps.assets.version)
    const mayShare = deps.access === undefined || deps.access.tokens.length === 0 || c.var.isKnown === true
    const notice = noticeOf(job.view)
    const about = { manifest, links, id: job.view.job_id, question, previous }
    return String(await AskPage({ ...about, answer, shared, model: answerer?.model ?? null, mayShare, notice }))
  }

  app.get('/ask', async (c) => {
    const { id, q, p, answer: answerId } = readQuery(c, AskParameters, 'id (of a job) and q (the question)')
    const job = await jobOf(deps, id)
    const manifest = await readManifest(job, deps)
    const shared = answerId === undefined ? undefined : await readShared(answerer, answerId, manifest.key)
    const previous = p.filter((each) => each.trim() !== '').slice(-MAX_PREVIOUS)
    const request: AskRequest = { job, manifest, question: shared?.question ?? q, previous, basis: 'evidence' }
    const isAsked = q.trim() !== '' && shared === undefined
    if (isAsked) c.var.limits.search(c)
    const answer = isAsked ? await evidenceFor(c, request) : null
    const body = await page(c, request, answer, shared)
    return tagged(c, await etagOf(body), body, 'text/html; charset=UTF-8', 'no-cache')
  })

  app.post('/ask', async (c) => {
    if (!isForm(mediaTypeOf(c))) throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Expected a form.')
    c.var.limits.search(c)
    const { id, q, p } = readBody(AskForm, await readForm(c), 'id=pallets--flask&q=…')
    const job = await jobOf(deps, id)
    const previous = p.filter((each) => each.trim() !== '').slice(-MAX_PREVIOUS)
    const request: AskRequest = { job, manifest: await readManifest(job, deps), question: q, previous, basis: 'model' }
    c.header('Cache-Control', 'no-store')
    return c.html(await page(c, request, await wholeAnswer(c, request)))
  })

  app.post(`${ASK_PATH}/:answer/feedback`, async (c) => {
    c.var.limits.search(c)
    const { job_id, useful } = readBody(FeedbackBody, await readJson(c), `{${JOB}, "useful": true}`)
    const { key } = await readManifest(await jobOf(deps, job_id), deps)
    if ((await answerer?.rate(readAnswerId(c), key, useful)) !== true) throw noSuchAnswer()
    deps.metrics?.rated(useful)
    return c.body(null, 204)
  })

  app.post(`${ASK_PATH}/:answer/share`, async (c) => {
    c.var.limits.search(c)
    const { job_id } = readBody(ShareBody, await readJson(c), `{${JOB}}`)
    const { key } = await readManifest(await jobOf(deps, job_id), deps)
    const id = readAnswerId(c)
    if ((await answerer?.share(id, key)) !== true) throw noSuchAnswer()
    const url = `/ask?${new URLSearchParams({ id: job_id, answer: id })}`
    return c.body(jsonText({ url } satisfies z.infer<typeof Shared>), 200, { 'Content-Type': 'application/json' })
  })
}

async function* only(answer: Answer): AsyncGenerator<AnswerEvent> {
  yield { type: 'evidence', answer }
  yield { type: 'answer', answer }
}

/** Passes the events on and reports the answer to the metrics. */
async function* counted(events: AsyncGenerator<AnswerEvent>, { metrics, clock }: AppDeps): AsyncGenerator<AnswerEvent> {
  const startedMs = clock()
  let firstWordsS: number | undefined
  for await (const event of events) {
    if (event.type === 'words' || event.type === 'sentence') firstWordsS ??= (clock() - startedMs) / 1_000
    if (event.type === 'answer') {
      const { written, without_model: reason } = event.answer
      const sentences = { shown: written?.sentences.length ?? 0, struck: written?.struck ?? 0 }
      const ended = written === null ? (reason ?? 'offline') : written.is_kept ? 'kept' : written.ended
      metrics?.answeredQuestion({ ended, sentences, firstWordsS: written?.is_kept === true ? undefined : firstWordsS })
    }
    yield event
  }
}

function refuseShutdown(): never {
  throw new Refusal('SHUTTING_DOWN', 'The service is shutting down.')
}

async function readShared(answerer: Answerer | undefined, id: string, key: string): Promise<SharedAnswer> {
  const shared = await answerer?.readShared(id, key)
  if (shared === undefined) throw noSuchAnswer()
  return shared
}

function readAnswerId(c: AppContext): string {
  const read = AnswerId.safeParse(c.req.param('answer'))
  if (!read.success) throw noSuchAnswer()
  return read.data
}

const noSuchAnswer = (): Refusal =>
  new Refusal('NO_SUCH_ANSWER', 'There is no such answer, or it was not shared.', 'POST /api/ask answers questions.')

async function jobOf({ queue }: AppDeps, id: string): Promise<JobSnapshot> {
  const job = await queue.read(id)
  if (job !== undefined) return job
  throw noSuchJob()
}

/** @param example - A body that would be accepted. */
function readBody<T extends z.ZodType>(schema: T, body: unknown, example: string): z.output<T> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = issue?.path.join('.') ?? ''
  throw new Refusal(
    'BAD_FIELD',
    `${field === '' ? 'The body' : field}: ${issue?.message ?? ''}.`,
    `Such as ${example}.`,
  )
}
