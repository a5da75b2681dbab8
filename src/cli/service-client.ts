/** A client of docspool's HTTP interface, for commands that submit repositories and wait for jobs. */

import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { deadlineSignal } from '#base/deadline-signal.ts'
import { AppError } from '#base/errors.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { PROGRAM } from '#base/program.ts'
import { JobView, Outcome } from '#queue/contract.ts'
import { ReportedError } from '#queue/errors.ts'
import type { JobOptions } from '#queue/job-options.ts'

/** A docspool server. */
export interface Service {
  origin: string
  /** The token of the service, if it has one. */
  token: string | undefined
}

const Submitted = JobView.extend({ outcome: Outcome })
export type SubmittedJob = z.infer<typeof Submitted>

/** Thrown when no HTTP server answers at the URL. */
export class ServerUnreachable extends AppError {
  readonly code = 'SERVER_UNREACHABLE'
  override readonly hint =
    `Give the URL of a server with --server or DOCSPOOL_URL, or start one with \`${PROGRAM} up\`.`
}

/** Pause between two requests. */
const POLL_MS = 200
/** Maximum pause that a busy server can ask for with `Retry-After`. */
const MAX_RETRY_AFTER_MS = 60_000
/** Time limit of a request that does not wait for a change. */
const REQUEST_TIMEOUT_MS = 60_000
/** A request that polls a job may take this long even if the longest outage is over. */
const MIN_REQUEST_MS = 1_000
/** How long the server may hold a request while nothing changes (long polling). */
const WAIT_S = 20

export interface SubmittedBody {
  repo_url: string
  commit_id?: string | undefined
  force?: boolean
  options?: JobOptions
}

/**
 * @throws {ReportedError} The server refuses; with the server's code, message and hint.
 * @throws {ServerUnreachable}
 */
export async function submit(service: Service, body: SubmittedBody): Promise<SubmittedJob> {
  const headers = { 'content-type': 'application/json' }
  const response = await request(service, '/api/jobs', { method: 'POST', headers, body: JSON.stringify(body) })
  return parseResponse(Submitted, response)
}

/**
 * Cancel an unfinished job, or retry a finished one.
 *
 * @throws {ReportedError} The server refuses.
 * @throws {ServerUnreachable}
 */
export async function changeJob(service: Service, jobId: string, what: 'cancel' | 'retry'): Promise<JobView> {
  return parseResponse(
    JobView,
    await request(service, `/api/job/${encodeURIComponent(jobId)}/${what}`, { method: 'POST' }),
  )
}

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

/**
 * Send a request and read the response.
 *
 * @throws {ReportedError} The server refuses.
 * @throws {ServerUnreachable}
 */
export async function call<T>(
  service: Service,
  schema: z.ZodType<T>,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  return parseResponse(schema, await request(service, path, init))
}

async function request(service: Service, path: string, init: RequestInit): Promise<unknown> {
  return bodyOf(service, await send(service, path, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS), ...init }))
}

async function send(service: Service, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(service.origin + path, { ...init, headers: { ...init.headers, ...headersFor(service) } })
  } catch (error) {
    throw unreachable(service, error)
  }
}

function unreachable({ origin }: Service, error: unknown): ServerUnreachable {
  const reason = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return new ServerUnreachable(`No server answers at ${origin}${reason}.`, { cause: error })
}

/** @throws {ReportedError} The server has another version, or is not docspool. */
function parseResponse<T>(schema: z.ZodType<T>, response: unknown): T {
  const parsed = schema.safeParse(response)
  if (parsed.success) return parsed.data
  const message = 'This version of docspool does not understand the response of the server.'
  throw new ReportedError({
    code: 'UNEXPECTED_ANSWER',
    message,
    hint: 'Install the same version of docspool as the server.',
  })
}

const Problem = z.object({ code: z.string(), detail: z.string(), hint: z.string().nullish() }).partial()

/** Headers of requests for JSON. */
export const headersFor = ({ token }: Pick<Service, 'token'>): Record<string, string> => ({
  accept: 'application/json',
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
})

/**
 * @returns The parsed body of a successful response; `undefined` without one.
 * @throws {ReportedError} The server refuses, or is not docspool.
 * @throws {ServerUnreachable} The body cannot be read to its end.
 */
async function bodyOf(service: Service, response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text().catch((error: unknown) => {
    throw unreachable(service, error)
  })
  const body = parseIfJson(text)
  if (response.ok && body !== undefined) return body
  const { code, detail, hint } = Problem.safeParse(body).data ?? {}
  throw new ReportedError({
    code: code ?? `HTTP_${response.status}`,
    message: detail ?? `The server answered ${response.status}, but it does not seem to be docspool.`,
    hint: response.status === 401 ? 'Set DOCSPOOL_TOKEN, or DOCSPOOL_TOKEN_FILE, to the token.' : hintOf(code, hint),
  })
}

/** Advice when the server has no such job. */
export const NO_SUCH_JOB_HINT = `\`${PROGRAM} submit\` documents a repository; \`${PROGRAM} jobs\` lists the jobs.`

const HINTS: Readonly<Record<string, string>> = {
  NO_SUCH_JOB: NO_SUCH_JOB_HINT,
  NO_SUCH_FOLLOW: `\`${PROGRAM} follows\` lists the followed repositories, \`${PROGRAM} follows add\` follows one.`,
}
/** Matches hints that only make sense to API clients. */
const FOR_HTTP = /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) |\bcurl\b|^The (?:fields|options) are /

function hintOf(code: string | undefined, hint: string | null | undefined): string | null {
  const own = code === undefined ? undefined : HINTS[code]
  if (own !== undefined) return own
  return hint == null || FOR_HTTP.test(hint) ? null : hint
}
