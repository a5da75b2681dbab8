/** Polls a job of a server until the awaited run has ended. */

import { setTimeout as pause } from 'node:timers/promises'
import { deadlineSignal } from '#base/deadline-signal.ts'
import { JobView } from '#queue/contract.ts'
import {
  bodyOf,
  parseResponse,
  REQUEST_TIMEOUT_MS,
  ServerUnreachable,
  type Service,
  type SubmittedJob,
  send,
} from './service-client.ts'

/** Pause between two requests. */
const POLL_MS = 200
/** Maximum pause that a busy server can ask for with `Retry-After`. */
const MAX_RETRY_AFTER_MS = 60_000
/** A request that polls a job may take this long even if the longest outage is over. */
const MIN_REQUEST_MS = 1_000
/** How long the server may hold a request while nothing changes (long polling). */
const WAIT_S = 20

export interface FollowOptions {
  /** In milliseconds; the run of this or a later submission is waited for, even if another one follows. By default, the run that the first response shows. */
  submittedMs?: number | undefined
  maxOutageMs?: number
  onOutage?(error: ServerUnreachable): void
}

/** The time at which the run that a submission waits for was requested. With `force`, that run follows the current one. */
export const awaitedRun = ({ submitted_at, follow_up }: SubmittedJob, force = false): number =>
  Date.parse(submitted_at) + (force && follow_up ? 1 : 0)

/** The job as of the end of the awaited run; `undefined` before that. A cancelled run that another one follows does not count. */
function endOf(job: JobView, submittedMs: number): JobView | undefined {
  if (job.status === 'completed' || job.status === 'failed') return job
  const run = job.previous_run
  if (run === undefined || Date.parse(run.submitted_at) < submittedMs || run.error_code === 'CANCELLED')
    return undefined
  const [status, percent] = run.error_code === null ? (['completed', 100] as const) : (['failed', 0] as const)
  return { ...job, ...run, status, percent, stage: null, queue_position: null, follow_up: false }
}

/**
 * Poll a job until it has finished. Continues when the server is unavailable for a moment, such as during a restart.
 *
 * @param onChange - Called when the job has changed.
 * @param options.maxOutageMs - Maximum time without a successful response; unlimited by default.
 * @param options.onOutage - Called once each time that the server becomes unavailable.
 * @throws {ReportedError} The server has refused or failed for longer than `maxOutageMs`.
 * @throws {ServerUnreachable}
 */
export async function follow(
  service: Service,
  jobId: string,
  signal: AbortSignal,
  onChange: (job: JobView) => void,
  { submittedMs, maxOutageMs = Number.POSITIVE_INFINITY, onOutage }: FollowOptions = {},
): Promise<JobView> {
  const path = `/api/job/${encodeURIComponent(jobId)}?wait=${WAIT_S}`
  let etag: string | null = null
  let respondedAt = Date.now()
  let isOut = false
  let awaitedMs = submittedMs
  const leftMs = (): number => maxOutageMs - (Date.now() - respondedAt)
  for (;;) {
    signal.throwIfAborted()
    let pauseMs = POLL_MS
    const timeoutMs = Math.min(leftMs(), WAIT_S * 1_000 + REQUEST_TIMEOUT_MS)
    const deadline = deadlineSignal(signal, Math.max(MIN_REQUEST_MS, timeoutMs))
    try {
      const response = await send(service, path, {
        signal: deadline.signal,
        headers: etag === null ? {} : { 'if-none-match': etag },
      })
      isOut = false
      if (response.status >= 500 || response.status === 429) {
        if (leftMs() <= 0) await bodyOf(service, response)
        await response.body?.cancel()
        const wantedMs = Number(response.headers.get('retry-after')) * 1_000 || 0
        pauseMs = Math.max(POLL_MS, Math.min(MAX_RETRY_AFTER_MS, wantedMs))
      } else {
        const job = response.status === 304 ? undefined : parseResponse(JobView, await bodyOf(service, response))
        respondedAt = Date.now()
        if (job !== undefined) {
          etag = response.headers.get('etag')
          awaitedMs ??= Date.parse(job.submitted_at)
          const ended = endOf(job, awaitedMs)
          onChange(ended ?? job)
          if (ended !== undefined) return ended
        }
      }
    } catch (error) {
      signal.throwIfAborted()
      // The server may be restarting.
      if (!(error instanceof ServerUnreachable) || leftMs() <= 0) throw error
      if (!isOut) onOutage?.(error)
      isOut = true
    } finally {
      deadline.clear()
    }
    await pause(pauseMs, undefined, { signal })
  }
}
