/** `docspool jobs`: lists the jobs of a server, or of the queue on this machine, as a table or as JSON lines. */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { greatest } from '#base/long-arrays.ts'
import { JobList } from '#http/jobs.ts'
import { QueueView } from '#http/queue-state.ts'
import type { JobView, Pause, Status } from '#queue/contract.ts'
import { stateOf } from '#templates/format.ts'
import { readConfiguredQueue } from './configured-queue.ts'
import { pausedText } from './pause.ts'
import { call, type Service } from './service-client.ts'
import { say, sayJson } from './terminal.ts'

export interface JobsCommand {
  state: ReturnType<typeof stateOf> | undefined
  limit: number
  json: boolean
}

/** Jobs are read and printed in pages of this size, so that any number of them takes little memory. */
const PAGE = 100

interface JobSource {
  /** @param after - `next` of the previous page. */
  page(
    status: Status | undefined,
    limit: number,
    after: string | null,
  ): Promise<{ jobs: JobView[]; next: string | null }>
  /** The number of jobs by status, and whether the queue is paused. */
  state(): Promise<{ counts: Record<Status, number>; paused: Pause | null }>
}

/** @throws {NoSpool} */
export async function localJobs(config: Config, log: Log): Promise<JobSource> {
  const queue = await readConfiguredQueue(config, log)
  return {
    async page(status, limit, after) {
      const wanted = { ...(status !== undefined && { status }), ...(after !== null && { after }) }
      const { jobs, next } = await queue.list({ ...wanted, withPrivate: true, limit })
      return { jobs: jobs.map((job) => job.view), next }
    },
    state: async () => ({ counts: await queue.counts(), paused: await queue.paused() }),
  }
}

/** The jobs that the server lists, which exclude private ones. */
export function remoteJobs(service: Service, signal: AbortSignal): JobSource {
  return {
    page(status, limit, after) {
      const wanted = new URLSearchParams({ limit: String(limit), ...(status !== undefined && { status }) })
      return call(service, JobList, after ?? `/api/jobs?${wanted}`, { signal })
    },
    async state() {
      const {
        queued,
        processing,
        completed,
        failed,
        paused_since: since,
      } = await call(service, QueueView, '/api/queue', { signal })
      return { counts: { queued, processing, completed, failed }, paused: since === null ? null : { since, by: null } }
    },
  }
}

/**
 * Prints the newest jobs and the number of jobs by status. With `json`, prints only the jobs.
 *
 * @throws {ReportedError} The server refuses. @throws {ServerUnreachable}
 */
export async function listJobs({ state, limit, json }: JobsCommand, source: JobSource): Promise<void> {
  let after: string | null = null
  let left = limit
  let listed = 0
  do {
    const status = state === 'cancelled' ? 'failed' : state
    const page = await source.page(status, state === undefined ? Math.min(PAGE, left) : PAGE, after)
    const views = page.jobs.filter((job) => state === undefined || stateOf(job) === state).slice(0, left)
    if (json) sayJson(views)
    else if (views.length > 0) for (const line of table(views, listed === 0)) say(line)
    listed += views.length
    left -= views.length
    after = page.next
  } while (after !== null && left > 0)
  if (json) return
  const { counts, paused } = await source.state()
  if (listed === 0) say('No jobs to list.')
  say(
    Object.entries(counts)
      .map(([status, count]) => `${count} ${status === 'failed' ? 'failed or cancelled' : status}`)
      .join(', '),
  )
  if (paused !== null) say(`The queue is ${pausedText(paused)}.`)
}

function table(views: JobView[], hasHead: boolean): string[] {
  const jobs = views.map((view) => [
    stateOf(view),
    view.status === 'processing' ? `${view.percent}%` : '',
    view.job_id,
    view.submitted_at.replace(/\.\d+Z$/, 'Z'),
    stateOf(view) === 'cancelled' ? '' : (view.error_code ?? ''),
  ])
  const rows = [...(hasHead ? [['STATUS', '', 'JOB', 'SUBMITTED', 'ERROR']] : []), ...jobs]
  const widths = [0, 1, 2, 3].map((column) => greatest(rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
