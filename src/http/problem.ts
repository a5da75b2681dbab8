/** Errors as HTTP problems (RFC 9457). Statuses and texts are in `error-statuses.ts`. */

import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { AppError } from '#base/errors.ts'
import type { AllowedSources } from '#templates/allowed-repositories.ts'
import { ERRORS, type ErrorRow, PROBLEM_CODES, type ProblemCode, titleOf } from './error-statuses.ts'

/** The body of an error, `application/problem+json`. */
export const Problem = z.object({
  type: z.literal('about:blank').describe('Always the same; `code` identifies the error.'),
  title: z.string().describe('The name of the status.'),
  status: z.custom<ContentfulStatusCode>().meta({ type: 'integer', minimum: 400, maximum: 599 }),
  detail: z.string().describe('A sentence for people: what was expected, what was found.'),
  code: z.enum(PROBLEM_CODES).describe('A stable identifier of the error.'),
  hint: z.string().nullable().describe('What can be done about it.'),
  instance: z.string().optional().describe('The id of the request, as in X-Request-Id and in the log.'),
  retry_after: z.int().positive().optional().describe('Whole seconds, also as a header.'),
})
export type Problem = z.infer<typeof Problem>

/** What the HTML page of a refusal shows besides its text. */
interface RefusalPage {
  /** Suggested pages, the most likely first. */
  suggestions: { href: string; title: string }[]
  /** General links, the most useful first. */
  links?: { href: string; title: string }[]
  search?: { action: string; query: string }
  /** Replaces the hint of the refusal, which the page does not show. */
  hint?: string | null
  /** The form that submits a job. */
  submit?: { repoUrl: string; allowed: AllowedSources }
}

/** An error that this layer throws. */
export class Refusal extends AppError {
  readonly code: ProblemCode
  override readonly hint: string | null
  /** Seconds; replaces the default for the code. */
  readonly retryAfter: number | null
  /** Shown by the HTML page only. */
  readonly page: RefusalPage | null

  constructor(
    code: ProblemCode,
    message: string,
    hint: string | null = null,
    retryAfter: number | null = null,
    page: RefusalPage | null = null,
  ) {
    super(message)
    this.code = code
    this.hint = hint
    this.retryAfter = retryAfter
    this.page = page
  }

  /** The same refusal with links for its HTML page. */
  withPage(page: RefusalPage): Refusal {
    return new Refusal(this.code, this.message, this.hint, this.retryAfter, page)
  }
}

const isKnown = (code: string): code is ProblemCode => Object.hasOwn(ERRORS, code)

/** Convert any thrown value into a problem that is safe to show. */
export function toProblem(error: unknown, instance?: string): Problem {
  const shown = error instanceof AppError && isKnown(error.code) ? error : undefined
  const other = error instanceof Error && error.name === 'AbortError' ? 'ABORTED' : 'INTERNAL'
  const code = shown === undefined ? other : (shown.code as ProblemCode)
  const row: ErrorRow = ERRORS[code]
  const retryAfter = (error instanceof Refusal ? error.retryAfter : null) ?? row.retryAfter
  return {
    type: 'about:blank',
    title: titleOf(row.status),
    status: row.status,
    detail: row.detail ?? shown?.message ?? '',
    code,
    hint: row.hint ?? shown?.hint ?? null,
    ...(instance === undefined ? {} : { instance }),
    ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
  }
}
