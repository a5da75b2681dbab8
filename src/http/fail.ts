/** Answers an error in the form that the caller reads: a page, a line, or `application/problem+json`. */

import { plainLine } from '#base/control-signs.ts'
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
  if (problem.status >= 500 && !c.req.raw.signal.aborted)
    log.error({ id: c.var.requestId, code: problem.code, err: error }, 'request failed')
  return problem
}

/** `error: Expected a full URL, found "x". Give the address of … (NOT_A_URL)` and a line feed. */
export function plainProblem({ detail, hint, code }: Problem): string {
  return `${plainLine(`error: ${detail}${hint === null ? '' : ` ${hint}`} (${code})`)}\n`
}
