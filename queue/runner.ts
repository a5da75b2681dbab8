/** What the queue asks of the program that does the work of a job. */

import type { JobOptions } from './job-options.ts'
import type { Degraded, JobSpend } from './job-spend.ts'

/** A progress report of a worker. */
export interface Progress {
  stage: string
  /** 0 to 100 over the whole job. */
  percent: number
  /** A sentence. */
  text: string
}

/** A claimed job, as passed to `Run`. */
export interface ClaimedJob {
  jobId: string
  repoUrl: string
  commitId: string | null
  options: JobOptions
  mainModel: string
  /** ISO 8601 UTC; the same for all tries. */
  submittedAt: string
  /** Number of the claim; part of the name of the work folder. */
  epoch: number
  /** The published set, if any: lets the runner detect that nothing has changed. */
  previous: { docsKey: string; resolvedCommit: string } | null
  /** Keys of documents of the same repository, those of the nearest version first. */
  neighbours?: string[] | undefined
  /** Ignore caches. */
  force: boolean
  /** The repository is followed, so more jobs for it are expected. */
  isFollowed?: boolean | undefined
  /** The git token submitted with the job; kept in memory only. */
  gitToken?: string | undefined
  /** The cost of models is recorded through the supervisor, with that of other machines. */
  isSpendShared?: boolean | undefined
  /** Folder for temporary files; the runner creates it, the queue removes it. Absolute. */
  workDir: string
}

export interface RunResult {
  docsKey: string
  /** Full id. */
  resolvedCommit: string
  /** Whether a branch or tag leads to it; `false` when this was not checked. Omitted when `docsKey` is unchanged. */
  isOnRef?: boolean | undefined
  /** A sentence about the result. */
  summary: string
  /** Omitted when `docsKey` is unchanged: the previous value stays. */
  spend?: JobSpend | undefined
  /** Omitted like `spend`. */
  degraded?: Degraded | null | undefined
}

export interface RunContext {
  /** Aborted on cancel, loss of the lease and shutdown. The runner stops within seconds. */
  signal: AbortSignal
  /** Aborted when no time is left. The runner stops at once. */
  hardSignal: AbortSignal
  report(progress: Progress): void
  /** A line for the job's event log. */
  log(level: 'info' | 'warn' | 'error', text: string): void
  /** A message for the operator only. */
  trouble(text: string): void
  /** Bytes received from a host, for metrics. */
  received(bytes: number): void
  /**
   * Answer a question of the process that works on the job. Without it, and if it throws, the process is told that there is no
   * answer. The question was not validated.
   */
  answer?(question: unknown): Promise<object>
  /**
   * Record the process group that works on the job. Await this before it starts: if this process dies, others use the record to
   * kill the group.
   */
  spawned(pid: number, pidStart: string): Promise<void>
}

/** Runs a job. Throws an `AppError` when it fails. */
export type Run = (job: ClaimedJob, context: RunContext) => Promise<RunResult>
