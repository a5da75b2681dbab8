/** Responds to errors in the caller's format: a page, a line, or `application/problem+json`. */

import { plainLine } from '#base/control-characters.ts'
import type { Log } from '#base/log.ts'
import { ErrorPage } from '#templates/error.tsx'
import { formOf } from './content-negotiation.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { jsonText } from './job-lines.ts'
import { loginInstead } from './login.ts'
import { type Problem, Refusal, toProblem } from './problem.ts'

/** While the spool is not available, all requests fail with these; only the first is logged as an error. */
const SPOOL_CODES: ReadonlySet<string> = new Set(['SPOOL_UNAVAILABLE', 'SPOOL_FULL', 'SPOOL_TOO_NEW'])
/** Callers can cause any number of these; only the first is logged as a warning. */
const BUSY_CODES: ReadonlySet<string> = new Set(['SERVER_BUSY', 'ABORTED', 'TOOK_TOO_LONG', 'ARCHIVE_NOT_READY'])
const CANNOT_READ = 'Jobs and documents cannot be read now.'
/** After this long without such an error, the next one is logged again. */
const QUIET_MS = 30_000

/** Additional members of a problem's JSON (RFC 9457, section 3.2). */
export type Extension = Record<string, unknown>

/**
 * The response to a thrown value. Internal errors are logged with their stack.
 *
 * @param extension - Only in the JSON form.
 */
export async function fail(
  c: AppContext,
  deps: Pick<AppDeps, 'log' | 'assets'>,
  error: unknown,
  extension: Extension = {},
): Promise<Response> {
  const problem = toLoggedProblem(c, deps, error)
  c.header('Cache-Control', 'no-store')
  if (problem.retry_after !== undefined) c.header('Retry-After', String(problem.retry_after))
  switch (formOf(c)) {
    case 'html':
      return (
        (await loginInstead(c, deps, problem)) ??
        c.html(ErrorPage({ ...problem, ...linksOf(error), asset: deps.assets.version }), problem.status)
      )
    case 'text':
      return c.text(plainProblem(problem), problem.status)
    case 'json':
      return c.body(jsonText({ ...problem, ...extension }), problem.status, {
        'Content-Type': 'application/problem+json',
      })
  }
}

/** The links that a page shows instead of a hint. */
const linksOf = (error: unknown) =>
  error instanceof Refusal && error.page !== null ? { hint: null, ...error.page } : {}

/** Logs why an optional part of a response failed; the response is sent without it. */
export function logOmittedPart(c: AppContext, deps: Pick<AppDeps, 'log'>, error: unknown): undefined {
  toLoggedProblem(c, deps, error, 'a part of a response is left out')
}

/** Convert a thrown value to a problem, and log it if the service is at fault. */
export function toLoggedProblem(
  c: AppContext,
  { log }: Pick<AppDeps, 'log'>,
  error: unknown,
  message = 'request failed',
): Problem {
  const problem = forReader(c, toProblem(error, c.var.requestId))
  // Errors after a client has disconnected are not logged.
  if (problem.status < 500 || c.req.raw.signal.aborted) return problem
  const about = { id: c.var.requestId, code: problem.code }
  const repeating = [SPOOL_CODES, BUSY_CODES].find((codes) => codes.has(problem.code))
  // A damaged set is logged with its key and part when it is found; later requests for it are not logged.
  const isKnown =
    (error instanceof Refusal && problem.code === 'SET_DAMAGED') ||
    (repeating !== undefined && !isFirst(log, repeating))
  const isBusy = repeating === BUSY_CODES
  log[isKnown ? 'debug' : isBusy ? 'warn' : 'error'](isBusy ? about : { ...about, err: error }, message)
  return problem
}

/** For a request that only reads, replaces the detail, which says that the request may have been recorded. */
function forReader({ req: { method } }: AppContext, problem: Problem): Problem {
  const isReading = method === 'GET' || method === 'HEAD'
  return isReading && problem.code === 'SPOOL_UNAVAILABLE' ? { ...problem, detail: CANNOT_READ } : problem
}

/** When a request last failed with one of these codes (`performance.now()`), by log. */
const failedAt = new WeakMap<Log, Map<ReadonlySet<string>, number>>()

/** Whether no request has failed with one of these codes for `QUIET_MS`. */
function isFirst(log: Log, codes: ReadonlySet<string>): boolean {
  const times = failedAt.get(log) ?? new Map<ReadonlySet<string>, number>()
  failedAt.set(log, times)
  const before = times.get(codes) ?? Number.NEGATIVE_INFINITY
  times.set(codes, performance.now())
  return performance.now() - before > QUIET_MS
}

/** `error: Expected a full URL, found "x". Give the address of … (NOT_A_URL)` and a line feed. */
export function plainProblem({ detail, hint, code }: Problem): string {
  return `${plainLine(`error: ${detail}${hint === null ? '' : ` ${hint}`} (${code})`)}\n`
}
