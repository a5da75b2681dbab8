/** Answers an error in the form that the caller reads: a page, a line, or `application/problem+json`. */

import { plainLine } from '#base/control-signs.ts'
import type { Log } from '#base/log.ts'
import { ErrorPage } from '#templates/error.tsx'
import { formOf } from './accept.ts'
import type { AppContext, AppDeps } from './deps.ts'
import { jsonText } from './lines.ts'
import { loginInstead } from './login.ts'
import { type Problem, Refusal, toProblem } from './problem.ts'

/** Members that one kind of problem adds to its JSON (RFC 9457, section 3.2). */
export type Extension = Record<string, unknown>

/**
 * The answer to a thrown value. What callers are not told about is logged with its stack.
 *
 * @param extension - Only in the JSON form.
 */
export async function fail(
  c: AppContext,
  deps: Pick<AppDeps, 'log' | 'assets'>,
  error: unknown,
  extension: Extension = {},
): Promise<Response> {
  const problem = describe(c, deps, error)
  c.header('Cache-Control', 'no-store')
  if (problem.retry_after !== undefined) c.header('Retry-After', String(problem.retry_after))
  switch (formOf(c)) {
    case 'html':
      return (
        (await loginInstead(c, deps, problem)) ??
        c.html(ErrorPage({ ...problem, ...waysOf(error), asset: deps.assets.version }), problem.status)
      )
    case 'text':
      return c.text(plainProblem(problem), problem.status)
    case 'json':
      return c.body(jsonText({ ...problem, ...extension }), problem.status, {
        'Content-Type': 'application/problem+json',
      })
  }
}

/** What a page shows in the place of addresses in words. */
const waysOf = (error: unknown) =>
  error instanceof Refusal && error.page !== null ? { hint: null, ...error.page } : {}

/** A thrown value as it may be shown; what is the service's fault is logged. */
export function describe(c: AppContext, { log }: Pick<AppDeps, 'log'>, error: unknown): Problem {
  const problem = toProblem(error, c.var.requestId)
  // Who has gone is told nothing, and what was given up for that is no failure.
  if (problem.status >= 500 && !c.req.raw.signal.aborted) {
    const level = OF_SPOOL.has(problem.code) && !isFirst(log) ? 'debug' : 'error'
    log[level]({ id: c.var.requestId, code: problem.code, err: error }, 'request failed')
  }
  return problem
}

/** While the spool is away, all requests fail by the same; the log has a line for each besides, with its status. */
const OF_SPOOL: ReadonlySet<string> = new Set(['SPOOL_UNAVAILABLE', 'SPOOL_FULL', 'SPOOL_TOO_NEW'])
/** After so long without such a failure the next one is another absence. */
const QUIET_MS = 30_000
/** When a request last failed by the spool. */
const failedAt = new WeakMap<Log, number>()

function isFirst(log: Log): boolean {
  const before = failedAt.get(log) ?? Number.NEGATIVE_INFINITY
  failedAt.set(log, performance.now())
  return performance.now() - before > QUIET_MS
}

/** `error: Expected a full URL, found "x". Give the address of … (NOT_A_URL)` and a line feed. */
export function plainProblem({ detail, hint, code }: Problem): string {
  return `${plainLine(`error: ${detail}${hint === null ? '' : ` ${hint}`} (${code})`)}\n`
}
