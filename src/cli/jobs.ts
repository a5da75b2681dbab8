/** `docspool jobs`: lists the jobs in the queue as a table or as JSON lines. */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { greatest } from '#base/long-arrays.ts'
import type { JobView, Status } from '#queue/contract.ts'
import { readLocalQueue } from './local-queue.ts'
import { pausedText } from './pause.ts'
import { say, sayJson } from './terminal.ts'

export interface JobsCommand {
  status: Status | undefined
  /** 1 to 100. */
  limit: number
  json: boolean
}

/**
 * Prints the newest jobs and the number of jobs by status. With `json`, prints only the jobs.
 *
 * @throws {NoSpool}
 */
export async function listJobs(command: JobsCommand, config: Config, log: Log): Promise<void> {
  const queue = await readLocalQueue(config, log)
  const query = command.status === undefined ? {} : { status: command.status }
  const { jobs } = await queue.list({ ...query, withPrivate: true, limit: command.limit })
  const views = jobs.map((job) => job.view)
  if (command.json) return sayJson(views)
  const counts = Object.entries(await queue.counts()).map(([status, count]) => `${count} ${status}`)
  const paused = await queue.paused()
  const notes = paused === null ? [] : [`The queue is ${pausedText(paused)}.`]
  const listed = views.length === 0 ? ['No jobs to list.'] : table(views)
  for (const line of [...listed, counts.join(', '), ...notes]) say(line)
}

function table(views: JobView[]): string[] {
  const jobs = views.map((view) => [
    view.status,
    view.status === 'processing' ? `${view.percent}%` : '',
    view.job_id,
    view.submitted_at.replace(/\.\d+Z$/, 'Z'),
    view.error_code ?? '',
  ])
  const rows = [['STATUS', '', 'JOB', 'SUBMITTED', 'ERROR'], ...jobs]
  const widths = [0, 1, 2, 3].map((column) => greatest(rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
