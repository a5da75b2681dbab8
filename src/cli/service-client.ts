/** A client of docspool's HTTP interface, for commands. `follow-job.ts` waits for jobs. */

import { z } from 'zod'
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

/** Time limit of a request that does not wait for a change. */
export const REQUEST_TIMEOUT_MS = 60_000
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

/** @throws {ServerUnreachable} */
export async function send(service: Service, path: string, init: RequestInit): Promise<Response> {
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
export function parseResponse<T>(schema: z.ZodType<T>, response: unknown): T {
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
export async function bodyOf(service: Service, response: Response): Promise<unknown> {
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
