/** The contract between the queue and the program that performs jobs. */

import type { JobOptions } from './job-options.ts'
import type { Degraded, JobSpend } from './job-spend.ts'

/** A progress report of a worker. */
export interface Progress {
  stage: string
  /** Progress of the whole job, 0 to 100. */
  percent: number
  /** A human-readable sentence. */
  text: string
}

/** A claimed job, as passed to `Run`. */
export interface ClaimedJob {
  jobId: string
  repoUrl: string
  commitId: string | null
  options: JobOptions
  mainModel: string
  /** ISO 8601 UTC; the same for all attempts. */
  submittedAt: string
  /** Number of the claim; part of the name of the work folder. */
  epoch: number
  /** The published set, if there is one, so that the runner can detect that nothing has changed. */
  previous: { docsKey: string; resolvedCommit: string } | null
  /** Keys of sets of the same repository, nearest version first. */
  neighbours?: string[] | undefined
  /** Whether to ignore caches. */
  force: boolean
  /** Whether the repository is followed, so that more jobs for it are expected. */
  isFollowed?: boolean | undefined
  /** The git token submitted with the job; kept in memory only. */
  gitToken?: string | undefined
  /** Whether the cost of models is recorded through the supervisor, together with that of other machines. */
  isSpendShared?: boolean | undefined
  /** The absolute path of a folder for temporary files; the runner creates it, and the queue removes it. */
  workDir: string
}

export interface RunResult {
  docsKey: string
  /** The full id of the documented commit. */
  resolvedCommit: string
  /** Whether a branch or tag contains the commit; `false` when this was not checked. Omitted when `docsKey` is unchanged. */
  isOnRef?: boolean | undefined
  /** A sentence about the result. */
  summary: string
  /** Omitted when `docsKey` is unchanged; the previous value is then kept. */
  spend?: JobSpend | undefined
  /** Omitted like `spend`. */
  degraded?: Degraded | null | undefined
}

export interface RunContext {
  /** Aborted on cancellation, loss of the lease and shutdown. The runner then stops within seconds. */
  signal: AbortSignal
  /** Aborted when no time is left. The runner then stops at once. */
  hardSignal: AbortSignal
  report(progress: Progress): void
  /** Add a line to the job's event log. */
  log(level: 'info' | 'warn' | 'error', text: string): void
  /** Report a message to the operator only. */
  trouble(text: string): void
  /** Report bytes received from a host, for metrics. */
  received(bytes: number): void
  /**
   * Answer a question of the process that works on the job. The question is not validated. If this method is missing or throws,
   * the process learns that there is no answer.
   */
  answer?(question: unknown): Promise<object>
  /**
   * Record the process group that works on the job. Await this before the work starts, because others use the record to kill
   * the group if this process dies.
   */
  spawned(pid: number, pidStart: string): Promise<void>
}

/** Runs a job. Throws an `AppError` when it fails. */
export type Run = (job: ClaimedJob, context: RunContext) => Promise<RunResult>
