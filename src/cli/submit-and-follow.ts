/** `docspool submit`, `wait`, `cancel` and `retry`: use a local or remote server from the terminal. */

import { AppError } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import type { JobView } from '#queue/contract.ts'
import { ReportedError } from '#queue/errors.ts'
import { degradedText, spendText, stateOf } from '#templates/format.ts'
import { type MeantJob, withJob } from './find-job.ts'
import { awaitedRun, type FollowOptions, follow } from './follow-job.ts'
import { createProgressView } from './progress-bar.ts'
import { resolveSource } from './repository-argument.ts'
import { changeJob, type Service, type SubmittedBody, submit } from './service-client.ts'
import { say, sayJson, warn } from './terminal.ts'

/** Thrown when the given text is not the URL of a server. */
class NotAServer extends AppError {
  readonly code = 'NOT_A_SERVER'
  override readonly hint =
    'Give the URL of a docspool server, such as http://127.0.0.1:8000, with --server or DOCSPOOL_URL.'
}

/** A restarting server is expected to be available again within this time. */
const MAX_OUTAGE_MS = 60_000

/**
 * @param text - `https://docs.example.org`, without a path.
 * @throws {NotAServer}
 */
export function serviceAt(text: string, token: string | undefined): Service {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new NotAServer(`Expected the URL of a server, found ${JSON.stringify(text)}.`)
  return { origin: url.origin, token }
}

export interface RemoteCommand {
  service: Service
  /** Ends the wait; the job continues. */
  signal: AbortSignal
  /** Print the job as JSON instead of a line. */
  json: boolean
}

/** @returns false when the job was waited for and has failed or was cancelled. */
export async function runSubmit(
  command: RemoteCommand & { source: string; wait: boolean; body: Omit<SubmittedBody, 'repo_url'> },
): Promise<boolean> {
  const { service, source, wait, body } = command
  const job = await submit(service, { repo_url: resolveSource(source).url, ...body })
  if (wait && job.outcome !== 'cached')
    return runFollow({ ...command, jobId: job.job_id, submittedMs: awaitedRun(job, body.force), isKnown: true })
  sayJob(command, job)
  return true
}

/**
 * @param command.submittedMs - See `FollowOptions`.
 * @param command.isKnown - Whether the server has already reported the job.
 * @returns Whether the job has documents.
 */
async function runFollow(
  command: RemoteCommand & { jobId: string; isKnown?: boolean } & Pick<FollowOptions, 'submittedMs'>,
): Promise<boolean> {
  const { service, jobId, signal, submittedMs } = command
  let { isKnown = false } = command
  const view = createProgressView()
  const onOutage = ({ message }: Error): void => {
    view.end()
    warn(`${message} Trying for ${MAX_OUTAGE_MS / 1_000} seconds.`)
  }
  try {
    // The reason for a failure is printed once, at the end.
    const onChange = ({ status, stage, percent, progress }: JobView): void => {
      isKnown = true
      if (status !== 'failed') view.show({ stage, percent, text: progress })
    }
    const job = await follow(service, jobId, signal, onChange, { submittedMs, maxOutageMs: MAX_OUTAGE_MS, onOutage })
    view.end()
    if (stateOf(job) === 'failed' && !command.json) {
      sayJob(command, job)
      const { error_code, error_message, hint } = job
      throw new ReportedError({ code: error_code ?? 'FAILED', message: error_message ?? 'The job failed.', hint })
    }
    sayJob(command, job)
    if (job.spend !== null && !command.json) warn(spendText(job.spend))
    if (job.degraded !== null && !command.json) warn(degradedText(job.degraded))
    return job.status === 'completed'
  } catch (error) {
    view.end()
    if (signal.aborted && isKnown) warn(`The job continues; \`${PROGRAM} wait ${jobId}\` waits for it again.`)
    throw error
  }
}

/** Wait for the selected job. @returns Whether it has documents. */
export const runWait = (command: RemoteCommand & MeantJob): Promise<boolean> =>
  withJob(command, (jobId) => runFollow({ ...command, jobId }))

/** Cancel or retry the selected job. */
export async function runChange(command: RemoteCommand & MeantJob & { what: 'cancel' | 'retry' }): Promise<void> {
  const job = await withJob(command, (jobId) => changeJob(command.service, jobId, command.what))
  // A running job ends a moment after it was cancelled.
  sayJob(command, job, command.what === 'cancel' && job.status === 'processing' ? 'cancelling' : stateOf(job))
}

/** The same columns as the server's text response: state, id, URL. */
function sayJob({ service, json }: RemoteCommand, job: JobView, state: string = stateOf(job)): void {
  if (json) {
    sayJson([job])
    return
  }
  const isDone = job.status === 'completed' && job.docs_path !== null
  const where = isDone ? job.docs_path : `/jobs/${encodeURIComponent(job.job_id)}`
  say([state, job.job_id, `${service.origin}${where}`].join('  '))
}
