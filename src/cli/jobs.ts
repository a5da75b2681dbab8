/** `docspool jobs`: lists the jobs in the queue as a table or as JSON lines. */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { greatest } from '#base/long-arrays.ts'
import type { JobPage, JobView, Status } from '#queue/contract.ts'
import { readConfiguredQueue } from './configured-queue.ts'
import { pausedText } from './pause.ts'
import { say, sayJson } from './terminal.ts'

export interface JobsCommand {
  status: Status | undefined
  limit: number
  json: boolean
}

/** Jobs are read and printed in pages of this size, so that any number of them takes little memory. */
const PAGE = 100

/**
 * Prints the newest jobs and the number of jobs by status. With `json`, prints only the jobs.
 *
 * @throws {NoSpool}
 */
export async function listJobs({ status, limit, json }: JobsCommand, config: Config, log: Log): Promise<void> {
  const queue = await readConfiguredQueue(config, log)
  let after: string | null = null
  let left = limit
  let listed = 0
  do {
    const page: JobPage = await queue.list({
      ...(status !== undefined && { status }),
      ...(after !== null && { after }),
      withPrivate: true,
      limit: Math.min(PAGE, left),
    })
    const views = page.jobs.map((job) => job.view)
    if (json) sayJson(views)
    else if (views.length > 0) for (const line of table(views, listed === 0)) say(line)
    listed += views.length
    left -= views.length
    after = page.next
  } while (after !== null && left > 0)
  if (json) return
  const counts = Object.entries(await queue.counts()).map(([state, count]) => `${count} ${state}`)
  const paused = await queue.paused()
  if (listed === 0) say('No jobs to list.')
  say(counts.join(', '))
  if (paused !== null) say(`The queue is ${pausedText(paused)}.`)
}

function table(views: JobView[], hasHead: boolean): string[] {
  const jobs = views.map((view) => [
    view.status,
    view.status === 'processing' ? `${view.percent}%` : '',
    view.job_id,
    view.submitted_at.replace(/\.\d+Z$/, 'Z'),
    view.error_code ?? '',
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
