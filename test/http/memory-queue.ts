/** A queue in memory that keeps the contract, for the tests of what asks it. Tests move its jobs by hand. */

import type { AppError } from '#base/errors.ts'
import { isOfNamedRef } from '#base/job-id.ts'
import { isListed } from '#base/private-jobs.ts'
import type {
  JobNews,
  JobPage,
  JobQueue,
  JobSnapshot,
  JobView,
  ListQuery,
  LogEnd,
  LogPiece,
  Pause,
  QueueState,
  ShownEvent,
  Status,
  Submission,
  SubmitRequest,
} from '#queue/contract.ts'
import { IdempotencyKeyReused, WrongState } from '#queue/errors.ts'
import { createDigest } from '#queue/log-digest.ts'

const hasEnded = (view: JobView): boolean => view.status === 'completed' || view.status === 'failed'

export class MemoryQueue implements JobQueue {
  /** Every request that was let through. */
  readonly submits: SubmitRequest[] = []
  /** Every id that was asked for, by any method. */
  readonly asked: string[] = []
  /** Thrown by every method while it is set. */
  failure: Error | AppError | undefined
  /** Since when, while the queue is paused. */
  pause: Pause | null = null
  /** Supervisors that live. */
  workers = 1
  /** Ids of jobs that went for their age. */
  readonly expired = new Set<string>()
  readonly #jobs = new Map<string, JobSnapshot>()
  readonly #keys = new Map<string, string>()
  readonly #events = new Map<string, ShownEvent[]>()
  readonly #watchers = new Set<() => void>()

  #touch(jobId?: string): void {
    if (jobId !== undefined) this.asked.push(jobId)
    if (this.failure !== undefined) throw this.failure
  }

  get watchers(): number {
    return this.#watchers.size
  }

  /** Change a job and wake who waits for it. */
  move(jobId: string, change: Partial<JobView>, docsKey?: string): JobSnapshot {
    const old = this.#jobs.get(jobId)
    const view = { ...(old?.view ?? blank(jobId)), ...change, rev: (old?.view.rev ?? 0) + 1 }
    const key = docsKey ?? old?.docsKey ?? null
    if (key !== null) view.docs_path = `/static-docs/${jobId}/`
    view.documented_at = change.documented_at ?? view.completed_at
    const job = { view, docsKey: key, version: `${jobId}.${view.rev}` }
    this.#jobs.set(jobId, job)
    for (const wake of [...this.#watchers]) wake()
    return job
  }

  async submit(request: SubmitRequest): Promise<Submission> {
    this.#touch()
    this.submits.push(request)
    const body = JSON.stringify({ ...request, idempotencyKey: null })
    if (request.idempotencyKey !== null) {
      const known = this.#keys.get(request.idempotencyKey)
      if (known !== undefined && known !== body) throw new IdempotencyKeyReused('The key was used for another request.')
      this.#keys.set(request.idempotencyKey, body)
    }
    const old = this.#jobs.get(request.jobId)
    if (old !== undefined && !hasEnded(old.view)) return { outcome: 'joined', job: old, retryAfterSeconds: 2 }
    if (old?.view.status === 'completed' && !request.force) {
      return { outcome: 'cached', job: old, retryAfterSeconds: null }
    }
    if (old?.view.status === 'failed' && !request.force)
      return { outcome: 'cooldown', job: old, retryAfterSeconds: 140 }
    const job = this.move(request.jobId, {
      repo_url: request.repoUrl,
      commit_id: request.commitId,
      priority: request.priority,
      main_model: request.mainModel,
      options: request.options,
      status: 'queued',
      queue_position: 1,
    })
    return { outcome: 'created', job, retryAfterSeconds: 2 }
  }

  async read(jobId: string): Promise<JobSnapshot | undefined> {
    this.#touch(jobId)
    return this.#jobs.get(jobId)
  }

  async list({
    status,
    repoUrl,
    nameHas,
    withPrivate,
    documented,
    ofNamedRef,
    limit,
    after,
    before,
  }: ListQuery): Promise<JobPage> {
    this.#touch()
    const all = [...this.#jobs.values()]
      .reverse()
      .filter(({ view }) => (status ?? view.status) === view.status && (repoUrl ?? view.repo_url) === view.repo_url)
      .filter(({ view }) => nameHas === undefined || view.job_id.toLowerCase().includes(nameHas.toLowerCase()))
      .filter(({ view }) => withPrivate || isListed(view.job_id))
      .filter(({ view }) => ofNamedRef === undefined || isOfNamedRef(view.job_id) === ofNamedRef)
      .filter(({ docsKey }) => documented !== true || docsKey !== null)
    const cursorOf = (job: JobSnapshot | undefined) =>
      job === undefined ? null : `${Date.parse(job.view.submitted_at)}-${job.view.job_id}`
    const at = all.findIndex((job) => cursorOf(job) === (before ?? after))
    const start = before === undefined ? at + 1 : Math.max(0, at - limit)
    const jobs = all.slice(start, before === undefined ? start + limit : at)
    const next = start + jobs.length < all.length ? cursorOf(jobs.at(-1)) : null
    return { jobs, next, previous: start > 0 ? cursorOf(jobs[0]) : null }
  }

  async counts(): Promise<Record<Status, number>> {
    this.#touch()
    const counts = { queued: 0, processing: 0, completed: 0, failed: 0 }
    for (const { view } of this.#jobs.values()) counts[view.status]++
    return counts
  }

  async changed(jobId: string, version: string, signal: AbortSignal, isEnough = () => false): Promise<void> {
    this.#touch(jobId)
    while (!signal.aborted && !isEnough() && this.#jobs.get(jobId)?.version === version) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#watchers.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#watchers.add(wake)
        signal.addEventListener('abort', wake)
      })
    }
  }

  async cancel(jobId: string): Promise<JobSnapshot | undefined> {
    this.#touch(jobId)
    const job = this.#jobs.get(jobId)
    if (job?.view.status !== 'queued') return job
    return this.move(jobId, { status: 'failed', error_code: 'CANCELLED', error_message: 'Cancelled.' })
  }

  async retry(jobId: string, mainModel = 'offline'): Promise<JobSnapshot | undefined> {
    this.#touch(jobId)
    const job = this.#jobs.get(jobId)
    if (job === undefined) return undefined
    if (!hasEnded(job.view)) throw new WrongState('The job has not ended.')
    const main_model = job.view.options.model ?? mainModel
    return this.move(jobId, { status: 'queued', error_code: null, error_message: null, main_model })
  }

  async remove(jobId: string): Promise<boolean> {
    this.#touch(jobId)
    const job = this.#jobs.get(jobId)
    if (job === undefined) return false
    if (!hasEnded(job.view)) throw new WrongState('The job has not ended.')
    this.#jobs.delete(jobId)
    for (const wake of [...this.#watchers]) wake()
    return true
  }

  /** Let the only claim of a job tell something, and wake who follows it. */
  tell(jobId: string, ...events: ShownEvent[]): void {
    this.#events.set(jobId, [...(this.#events.get(jobId) ?? []), ...events])
    for (const wake of [...this.#watchers]) wake()
  }

  async *streamEvents(jobId: string, after: string | null, signal: AbortSignal): AsyncGenerator<JobNews, void> {
    this.#touch(jobId)
    let at = Number(after?.split('-')[1] ?? 0)
    let version = ''
    for (;;) {
      const job = this.#jobs.get(jobId)
      const events = this.#events.get(jobId) ?? []
      const isOver = events.at(-1)?.type === 'end' && at >= events.length
      if (job === undefined || signal.aborted || isOver) return
      if (job.version !== version) {
        version = job.version
        yield { id: `1-${at}`, type: 'state', data: job.view }
      }
      for (const { type, ...data } of events.slice(at)) yield { id: `1-${++at}`, type, data } as JobNews
      if (at === (this.#events.get(jobId)?.length ?? 0) && events.at(-1)?.type !== 'end') {
        await this.changed(jobId, version, signal, () => at < (this.#events.get(jobId)?.length ?? 0))
      }
    }
  }

  async readLog(jobId: string, epoch: number, offset: number): Promise<LogPiece<ShownEvent> | undefined> {
    this.#touch(jobId)
    const events = this.#events.get(jobId)
    if (events === undefined || epoch !== 1) return undefined
    const next = Math.min(offset + 2, events.length)
    const piece = events.slice(offset, next).map((event, index) => ({ event, next: offset + index + 1 }))
    return { events: piece, next, isMore: next < events.length }
  }

  async readLogEnd(jobId: string, limit: number): Promise<LogEnd> {
    this.#touch(jobId)
    const events = this.#events.get(jobId) ?? []
    const digest = createDigest()
    for (const event of events) digest.add(event)
    const stages = events.slice(0, -limit).flatMap((event) => (event.type === 'progress' ? [event.stage] : []))
    const earlier = { count: Math.max(0, events.length - limit), stage: stages.at(-1) ?? null }
    return { events: events.slice(-limit), earlier, after: `1-${events.length}`, digest: digest.value }
  }

  async takeKey(key: string, request: string): Promise<() => Promise<void>> {
    this.#touch()
    const held = this.#keys.get(key)
    if ((held ?? request) !== request) throw new IdempotencyKeyReused('The key was used for another request.')
    this.#keys.set(key, request)
    return async () => void (held === undefined && this.#keys.delete(key))
  }

  async hasExpired(jobId: string): Promise<boolean> {
    this.#touch(jobId)
    return this.expired.has(jobId)
  }

  async paused(): Promise<Pause | null> {
    this.#touch()
    return this.pause
  }

  async state(): Promise<QueueState> {
    const isWaiting = [...this.#jobs.values()].some(({ view }) => view.status === 'queued')
    const oldestWaitingMs = isWaiting ? 12_345 : null
    return {
      counts: await this.counts(),
      paused: this.pause,
      oldestWaitingMs,
      workers: this.workers,
      beatAgeMs: this.workers === 0 ? null : 1_200,
    }
  }

  unusable: string[] = []

  async probe(): Promise<string[]> {
    this.#touch()
    return this.unusable
  }

  foreign: string[] = []

  async foreignFiles(): Promise<string[]> {
    return this.foreign
  }

  async close(): Promise<void> {}
}

function blank(jobId: string): JobView {
  return {
    job_id: jobId,
    repo_url: 'https://github.com/pallets/flask',
    status: 'queued',
    created_at: '2026-01-02T03:04:05.000Z',
    submitted_at: '2026-01-02T03:04:05.000Z',
    started_at: null,
    completed_at: null,
    progress: 'Waiting',
    stage: null,
    percent: 0,
    queue_position: null,
    error_message: null,
    error_code: null,
    hint: null,
    docs_path: null,
    main_model: 'offline',
    options: {},
    spend: null,
    degraded: null,
    commit_id: null,
    resolved_commit: null,
    documented_at: null,
    commit_on_ref: null,
    priority: 5,
    follow_up: false,
    callbacks: [],
    attempt: 0,
    stalls: 0,
    epoch: 0,
    rev: 0,
  }
}
