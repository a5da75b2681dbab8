/** A client of docspool's own HTTP interface, for the commands that submit a repository and wait for its documents. */

import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '#base/errors.ts'
import { JobView, Outcome } from '#queue/contract.ts'
import { ReportedError } from '#queue/errors.ts'
import type { JobOptions } from '#queue/options.ts'

/** A docspool that is asked. */
export interface Service {
  origin: string
  /** Where it has one. */
  token: string | undefined
}

const Submitted = JobView.extend({ outcome: Outcome })
export type SubmittedJob = z.infer<typeof Submitted>

/** Thrown when nothing that speaks HTTP listens there. */
class ServerUnreachable extends AppError {
  readonly code = 'SERVER_UNREACHABLE'
  override readonly hint = '--server <url>, or DOCSPOOL_URL, names another one; `docspool up` starts one.'
}

/** Between two questions where the server did not hold the first. */
const POLL_MS = 200
/** For how long the server is to hold a question while nothing changes, seconds. */
const WAIT_S = 20

export interface SubmittedBody {
  repo_url: string
  commit_id?: string | undefined
  force?: boolean
  options?: JobOptions
}

/**
 * @throws {ReportedError} The server refuses; code, message and hint are its own.
 * @throws {ServerUnreachable}
 */
export async function submit(service: Service, body: SubmittedBody): Promise<SubmittedJob> {
  const headers = { 'content-type': 'application/json' }
  const given = await request(service, '/api/jobs', { method: 'POST', headers, body: JSON.stringify(body) })
  return read(Submitted, given)
}

/**
 * Cancel a job that has not ended, or have one that has ended done again.
 *
 * @throws {ReportedError} The server refuses.
 * @throws {ServerUnreachable}
 */
export async function tell(service: Service, jobId: string, what: 'cancel' | 'retry'): Promise<JobView> {
  return read(JobView, await request(service, `/api/job/${encodeURIComponent(jobId)}/${what}`, { method: 'POST' }))
}

/**
 * Ask for a job until it ended. A server that is away for a moment (it restarts) is asked again.
 *
 * @param onChange - Called with every answer that is another one.
 * @param mayBeAwayMs - A server that does not answer for longer ends it.
 * @throws {ServerUnreachable}
 */
export async function follow(
  service: Service,
  jobId: string,
  signal: AbortSignal,
  onChange: (job: JobView) => void,
  mayBeAwayMs = Number.POSITIVE_INFINITY,
): Promise<JobView> {
  const path = `/api/job/${encodeURIComponent(jobId)}?wait=${WAIT_S}`
  let etag: string | null = null
  let heardAt = Date.now()
  for (;;) {
    signal.throwIfAborted()
    const response: Response | undefined = await send(service, path, {
      signal,
      headers: etag === null ? {} : { 'if-none-match': etag },
    }).catch((error: unknown) => {
      signal.throwIfAborted()
      // Nothing listens: perhaps the server is being started again.
      if (!(error instanceof ServerUnreachable) || Date.now() - heardAt > mayBeAwayMs) throw error
      return undefined
    })
    if (response !== undefined && response.status < 500 && response.status !== 429) {
      heardAt = Date.now()
      if (response.status !== 304) {
        const job = read(JobView, await answer(response))
        etag = response.headers.get('etag')
        onChange(job)
        if (job.status === 'completed' || job.status === 'failed') return job
      }
    }
    await pause(POLL_MS, undefined, { signal })
  }
}

async function request(service: Service, path: string, init: RequestInit): Promise<unknown> {
  return answer(await send(service, path, init))
}

async function send(service: Service, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(service.origin + path, { ...init, headers: { ...init.headers, ...headersFor(service) } })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    throw new ServerUnreachable(`No server answers at ${service.origin}${cause}.`)
  }
}

/** @throws {ReportedError} It is another version's, or something else listens there. */
function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const message = 'The server answered what this version of docspool does not understand.'
  throw new ReportedError({ code: 'UNEXPECTED_ANSWER', message, hint: 'Use the version of the server.' })
}

const Problem = z.object({ code: z.string(), detail: z.string(), hint: z.string().nullish() }).partial()

/** For a question of which the answer is data. */
export const headersFor = ({ token }: Pick<Service, 'token'>): Record<string, string> => ({
  accept: 'application/json',
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
})

async function answer(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body
  const { code, detail, hint } = Problem.safeParse(body).data ?? {}
  throw new ReportedError({
    code: code ?? `HTTP_${response.status}`,
    message: detail ?? `The server answered ${response.status}, and not as docspool does.`,
    // The server speaks to those who use curl.
    hint: response.status === 401 ? 'Set DOCSPOOL_TOKEN, or DOCSPOOL_TOKEN_FILE, to the token.' : (hint ?? null),
  })
}
