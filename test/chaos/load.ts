/** What clients do meanwhile: submissions of every kind, cancels, retries, removals, questions. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { JobView, Outcome } from '#queue/contract.ts'
import { increment, type Ledger, type Submitted } from './ledger.ts'
import type { Random } from './random.ts'
import { newestOf, type Revision, type Witness } from './witness.ts'

/** What may be documented. */
export interface Target {
  jobId: string
  fields: { repo_url: string; commit_id?: string }
}

export interface LoadOptions {
  /** Of all servers. */
  origins: readonly string[]
  /** Receives webhooks; none are asked for without it. */
  receiver?: string
  targets: Target[]
  ledger: Ledger
  witness: Witness
  random: Random
  /** Nothing new is asked for while this many jobs wait or run. */
  maxOpen: number
}

const LANES = 4
const TIMEOUT_MS = 5_000
/** A server that was stopped does what it was asked when it goes on, long after the client has left. */
const LATE_MS = 10_000
const KEY_TRIES = 6
/** Answers that a client has to expect. */
const EXPECTED: ReadonlySet<number> = new Set([0, 200, 202, 204, 207, 404, 409, 429, 503, 507])

interface Answer {
  status: number
  body: Partial<Submitted> & { results?: { outcome?: Outcome; job?: JobView }[] }
}

interface Keyed {
  key: string
  fields: object
  jobId: string
}

/** @returns Ends it; resolves when the last answer is in. */
export function startLoad({
  origins,
  receiver,
  targets,
  ledger,
  witness,
  random,
  maxOpen,
}: LoadOptions): () => Promise<void> {
  const over = new AbortController()
  const fresh = [...targets]
  const byJob = new Map(targets.map((target) => [target.jobId, target]))
  const keyed: Keyed[] = []

  const actions = {
    submit: () => submitNew(null),
    submitWithKey: () => submitNew(randomUUID()),
    join: () => again(isOpen, {}),
    ask: () => again(isCompleted, {}),
    force: () => again(isEnded, { force: true }),
    insist: () => again(isOpen, { force: true }),
    batch: submitBatch,
    repeat: repeatKey,
    cancel: () => change(isOpen, 'POST', '/cancel', false),
    retry: () => change(isEnded, 'POST', '/retry', true),
    remove,
    look: () => look(),
  }
  type Action = keyof typeof actions
  const weights: Record<Action, number> = {
    ...{ submit: 22, submitWithKey: 16, batch: 4, join: 9, ask: 5, force: 9, insist: 4 },
    ...{ repeat: 5, cancel: 2, retry: 6, remove: 4, look: 4 },
  }
  const isGrowing = (action: Action): boolean => ['submit', 'submitWithKey', 'batch', 'force', 'retry'].includes(action)

  async function lane(draw: Random): Promise<void> {
    while (!over.signal.aborted) {
      await pause(draw.between(20, 400), undefined, { signal: over.signal }).catch(() => undefined)
      const action = draw.weighted(weights)
      if (isGrowing(action) && pickable(isOpen).length >= maxOpen) continue
      await actions[action]()
    }
  }

  async function submitNew(key: string | null): Promise<void> {
    const target = fresh.shift()
    if (target === undefined) return await again(isEnded, { force: true })
    const callback = receiver !== undefined && random.chance(0.5) && { callback_url: `${receiver}/${target.jobId}` }
    const fields = { ...target.fields, priority: Math.floor(random.between(0, 10)), ...callback }
    await submit(target.jobId, fields, key)
  }

  /** With a key a client asks until it has an answer; without one it cannot know, and lets it be. */
  async function submit(jobId: string, fields: object, key: string | null): Promise<void> {
    const tries = key === null ? 1 : KEY_TRIES
    for (let attempt = 0; attempt < tries; attempt++) {
      const { status, body } = await submitOnce(jobId, fields, key)
      if (key !== null && body.job_id !== undefined) keyed.push({ key, fields, jobId: body.job_id })
      if (status !== 0 && status !== 503) return
      await pause(500)
    }
  }

  async function submitOnce(jobId: string, fields: object, key: string | null): Promise<Answer> {
    const askedAt = performance.now()
    const answer = await ask('POST', '/api/jobs', fields, key === null ? {} : { 'idempotency-key': key })
    noteSubmission(jobId, answer)
    if (answer.status < 300) notePromise(answer.body, askedAt)
    return answer
  }

  function notePromise({ job_id, outcome, rev }: Partial<Submitted>, askedAt: number): void {
    if (job_id === undefined || outcome === undefined || rev === undefined) return
    increment(ledger.outcomes, outcome)
    const what = outcome === 'created' || outcome === 'joined' ? 'submit' : 'answer'
    ledger.promised.push({ jobId: job_id, what, rev, askedAt })
  }

  /** Some that are new, and one that is known, all under one key. */
  async function submitBatch(): Promise<void> {
    const known = byJob.get(pick(() => true) ?? '')
    const chosen = [...fresh.splice(0, 3), ...(known === undefined ? [] : [known])]
    if (chosen.length === 0) return
    const askedAt = performance.now()
    const headers = { 'idempotency-key': randomUUID() }
    const answer = await ask(
      'POST',
      '/api/jobs',
      chosen.map(({ fields }) => fields),
      headers,
    )
    for (const { jobId } of chosen) noteSubmission(jobId, answer)
    for (const { job, outcome } of answer.body.results ?? [])
      notePromise({ ...job, ...(outcome && { outcome }) }, askedAt)
  }

  function noteSubmission(jobId: string, { status }: Answer): void {
    ledger.submissions.push({ jobId, endedAt: performance.now() + (status === 0 ? LATE_MS : 0) })
  }

  async function again(wanted: (newest: Revision) => boolean, fields: { force?: boolean }): Promise<void> {
    const target = byJob.get(pick(wanted) ?? '')
    if (target !== undefined) await submitOnce(target.jobId, { ...target.fields, ...fields }, null)
  }

  async function repeatKey(): Promise<void> {
    if (keyed.length === 0) return
    const { key, fields, jobId } = random.pick(keyed)
    const { body } = await submitOnce(jobId, fields, key)
    if (body.job_id !== undefined && body.job_id !== jobId) ledger.splitKeys.add(`${key}: ${jobId} and ${body.job_id}`)
  }

  async function change(
    wanted: (newest: Revision) => boolean,
    method: string,
    path: string,
    isSubmission: boolean,
  ): Promise<void> {
    const jobId = pick(wanted)
    if (jobId === undefined) return
    const askedAt = performance.now()
    const answer = await ask(method, `/api/job/${encodeURIComponent(jobId)}${path}`)
    if (isSubmission) noteSubmission(jobId, answer)
    const { status, body } = answer
    if ((status !== 200 && status !== 202) || body.rev === undefined) return
    ledger.promised.push({ jobId, what: isSubmission ? 'submit' : 'answer', rev: body.rev, askedAt })
  }

  async function remove(): Promise<void> {
    const jobId = pick(isEnded)
    if (jobId === undefined) return
    const askedAt = performance.now()
    const { status } = await ask('DELETE', `/api/job/${encodeURIComponent(jobId)}`)
    if (status === 204) ledger.promised.push({ jobId, what: 'delete', rev: 0, askedAt })
  }

  async function look(): Promise<void> {
    const jobId = pick(() => true)
    await ask('GET', '/api/jobs?limit=50')
    if (jobId !== undefined) await ask('GET', `/api/job/${encodeURIComponent(jobId)}`)
  }

  async function ask(method: string, path: string, fields?: object, headers: object = {}): Promise<Answer> {
    const answer = await request(random.pick(origins), method, path, fields, headers)
    increment(ledger.answers, answer.status)
    if (!EXPECTED.has(answer.status)) {
      ledger.oddAnswers.push(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
    }
    return answer
  }

  function pickable(wanted: (newest: Revision) => boolean): string[] {
    return [...witness.histories.values()].flatMap((history) => {
      const newest = newestOf(history)
      // Jobs of followed repositories are left alone: their submissions are counted.
      return newest !== undefined && byJob.has(history.jobId) && wanted(newest) ? [history.jobId] : []
    })
  }

  function pick(wanted: (newest: Revision) => boolean): string | undefined {
    const ids = pickable(wanted)
    return ids.length === 0 ? undefined : random.pick(ids)
  }

  const lanes = Array.from({ length: LANES }, (_, number) => lane(random.fork(`lane ${number}`)))
  return async () => {
    over.abort()
    await Promise.all(lanes)
  }
}

const isOpen = ({ status }: Revision): boolean => status === 'queued' || status === 'processing'
const isCompleted = ({ status }: Revision): boolean => status === 'completed'
const isEnded = ({ status }: Revision): boolean => status === 'completed' || status === 'failed'

/** Status 0: no answer came, and whether the request did anything is not known. */
async function request(
  origin: string,
  method: string,
  path: string,
  fields: object | undefined,
  headers: object,
): Promise<Answer> {
  try {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { accept: 'application/json', ...headers, ...(fields && { 'content-type': 'application/json' }) },
      ...(fields && { body: JSON.stringify(fields) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  } catch {
    return { status: 0, body: {} }
  }
}
