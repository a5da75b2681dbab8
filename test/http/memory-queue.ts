/** A queue in memory that keeps the contract, for the tests of what asks it. Tests move its jobs by hand. */

import type { AppError } from '#base/errors.ts'
import type { JobQueue, JobSnapshot, JobView, ListQuery, Status, Submission, SubmitRequest } from '#queue/contract.ts'
import { IdempotencyKeyReused, WrongState } from '#queue/errors.ts'

const hasEnded = (view: JobView): boolean => view.status === 'completed' || view.status === 'failed'

export class MemoryQueue implements JobQueue {
  /** Every request that was let through. */
  readonly submits: SubmitRequest[] = []
  /** Every id that was asked for, by any method. */
  readonly asked: string[] = []
  /** Thrown by every method while it is set. */
  failure: Error | AppError | undefined
  readonly #jobs = new Map<string, JobSnapshot>()
  readonly #keys = new Map<string, string>()
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
      status: 'queued',
      queue_position: 1,
    })
    return { outcome: 'created', job, retryAfterSeconds: 2 }
  }

  async read(jobId: string): Promise<JobSnapshot | undefined> {
    this.#touch(jobId)
    return this.#jobs.get(jobId)
  }

  async list({ status, repoUrl, limit, after }: ListQuery): Promise<{ jobs: JobSnapshot[]; next: string | null }> {
    this.#touch()
    const all = [...this.#jobs.values()]
      .reverse()
      .filter(({ view }) => (status ?? view.status) === view.status && (repoUrl ?? view.repo_url) === view.repo_url)
    const start = after === undefined ? 0 : all.findIndex(({ view }) => view.job_id === after) + 1
    const jobs = all.slice(start, start + limit)
    const isMore = start + limit < all.length
    return { jobs, next: isMore ? (jobs.at(-1)?.view.job_id ?? null) : null }
  }

  async counts(): Promise<Record<Status, number>> {
    this.#touch()
    const counts = { queued: 0, processing: 0, completed: 0, failed: 0 }
    for (const { view } of this.#jobs.values()) counts[view.status]++
    return counts
  }

  async changed(jobId: string, version: string, signal: AbortSignal): Promise<void> {
    this.#touch(jobId)
    while (!signal.aborted && this.#jobs.get(jobId)?.version === version) {
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

  async retry(jobId: string): Promise<JobSnapshot | undefined> {
    this.#touch(jobId)
    const job = this.#jobs.get(jobId)
    if (job === undefined) return undefined
    if (!hasEnded(job.view)) throw new WrongState('The job has not ended.')
    return this.move(jobId, { status: 'queued', error_code: null, error_message: null })
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

  async probe(): Promise<void> {
    this.#touch()
  }

  async close(): Promise<void> {}
}

function blank(jobId: string): JobView {
  return {
    job_id: jobId,
    repo_url: 'https://github.com/pallets/flask',
    status: 'queued',
    created_at: '2026-01-02T03:04:05.000Z',
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
    commit_id: null,
    resolved_commit: null,
    priority: 5,
    attempt: 0,
    stalls: 0,
    epoch: 0,
    rev: 0,
  }
}
