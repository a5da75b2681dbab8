/**
 * Every error code with its HTTP status and, where the error's own message must not be shown, a replacement. Codes that are not
 * here are bugs or internal, and are answered as `INTERNAL`.
 */

import type { ContentfulStatusCode } from 'hono/utils/http-status'

export interface ErrorRow {
  status: ContentfulStatusCode
  /** Replaces the error's own message, which may name files of the host. */
  detail?: string
  hint?: string
  /** Seconds. */
  retryAfter?: number
}

export const ERRORS = {
  BAD_BODY: { status: 400 },
  BAD_FIELD: { status: 400 },
  MISSING_FIELD: { status: 400 },
  UNKNOWN_FIELD: { status: 400 },
  MODEL_NOT_ALLOWED: { status: 400 },
  NO_MODEL: { status: 400 },
  NOT_A_URL: { status: 400 },
  URL_TOO_LONG: { status: 400 },
  URL_HAS_CONTROL_CHARACTERS: { status: 400 },
  SCHEME_NOT_ALLOWED: { status: 400 },
  URL_HAS_USER_INFO: { status: 400 },
  URL_HAS_QUERY: { status: 400 },
  URL_HAS_FRAGMENT: { status: 400 },
  HOST_NOT_ALLOWED: { status: 400 },
  PRIVATE_ADDRESS: { status: 400 },
  NOT_A_REPOSITORY_PATH: { status: 400 },
  NOT_A_REPOSITORY: { status: 400 },
  OTHER_REPOSITORY: { status: 400 },
  FOLDER_NOT_ALLOWED: { status: 400 },
  BAD_COMMIT_ID: { status: 400 },
  BAD_CALLBACK_URL: { status: 400 },
  CALLBACKS_OFF: { status: 400 },
  TOKEN_MISSING: { status: 401 },
  TOKEN_WRONG: { status: 401 },
  HOOK_REFUSED: { status: 401 },
  SECRET_IN_FIELD: { status: 400 },
  GIT_TOKEN_MISSING: { status: 400 },
  CROSS_SITE: { status: 403 },
  HOOKS_OFF: { status: 403 },
  FOLLOWING_NEEDS_TOKEN: { status: 403 },
  HOOK_OUT_OF_SCOPE: { status: 403 },
  NOT_FOUND: { status: 404 },
  NO_SUCH_JOB: { status: 404 },
  NO_SUCH_FOLLOW: { status: 404 },
  BAD_JOB_ID: { status: 404, detail: 'There is no such job.' },
  NO_DOCS: { status: 404 },
  NO_LOG: { status: 404 },
  NO_SUCH_PAGE: { status: 404 },
  NO_SUCH_SYMBOL: { status: 404 },
  NO_SUCH_ANSWER: { status: 404 },
  NO_GRAPH_INDEX: { status: 404 },
  NO_CROSS_SEARCH: { status: 404 },
  NO_PUBLIC_API: { status: 404 },
  NO_VERSIONS: { status: 404 },
  NO_SUCH_VERSION: { status: 404 },
  METHOD_NOT_ALLOWED: { status: 405 },
  WRONG_STATE: { status: 409 },
  AMBIGUOUS_SYMBOL: { status: 409 },
  JOB_ID_TAKEN: { status: 409 },
  GIT_TOKEN_IN_USE: { status: 409 },
  TOO_MANY_CALLBACKS: { status: 409 },
  TOO_MANY_FOLLOWS: { status: 409 },
  JOB_EXPIRED: { status: 410 },
  BODY_TOO_LARGE: { status: 413 },
  UNSUPPORTED_MEDIA_TYPE: { status: 415 },
  RANGE_NOT_SATISFIABLE: { status: 416 },
  WRONG_HOST: { status: 421 },
  IDEMPOTENCY_KEY_REUSED: { status: 422 },
  COOLDOWN: { status: 429 },
  RATE_LIMITED: { status: 429 },
  STREAM_LIMIT: { status: 429, retryAfter: 10 },
  ARCHIVE_LIMIT: { status: 429, retryAfter: 10 },
  TOO_MANY_ATTEMPTS: { status: 429 },
  TOO_MANY_JOBS: { status: 429 },
  INTERNAL: {
    status: 500,
    detail: 'Something went wrong; see the log of the service.',
    hint: 'Try again. If the error persists, give the operator the id of this request.',
  },
  QUEUE_FULL: {
    status: 503,
    detail: 'The queue is full; nothing was accepted.',
    hint: 'Try again later. The operator can raise DOCSPOOL_QUEUE_SIZE or DOCSPOOL_CONCURRENCY.',
    retryAfter: 30,
  },
  SPOOL_UNAVAILABLE: {
    status: 503,
    detail: 'Jobs cannot be written now. The request may have been recorded: repeat it with the same Idempotency-Key.',
    hint: 'Try again shortly. See the log of the service for the reason.',
    retryAfter: 10,
  },
  SPOOL_TOO_NEW: {
    status: 503,
    detail: 'A newer version of docspool has written to the spool.',
    hint: 'The operator must run that version, or a newer one.',
    retryAfter: 60,
  },
  RECORD_TOO_NEW: {
    status: 503,
    detail: 'A newer version of docspool wrote this job; it is left unchanged.',
    hint: 'The operator must run that version, or a newer one.',
    retryAfter: 60,
  },
  SET_DAMAGED: {
    status: 503,
    detail: 'These documents are damaged on the disk of the service.',
    hint: 'Retry the job, or submit the repository again: the documents are then generated again.',
  },
  INDEX_NOT_READY: { status: 503, retryAfter: 30 },
  SHUTTING_DOWN: { status: 503, retryAfter: 5 },
  TOO_MANY_STREAMS: { status: 503, retryAfter: 10 },
  TOO_MANY_TOKENS: { status: 503, retryAfter: 60 },
  SERVER_BUSY: { status: 503, retryAfter: 2 },
  ABORTED: { status: 503, detail: 'The request was ended before it was answered.', hint: 'Try again.', retryAfter: 2 },
  TOOK_TOO_LONG: { status: 503, retryAfter: 30 },
  ARCHIVE_NOT_READY: { status: 503 },
  SPOOL_FULL: {
    status: 507,
    detail: 'There is no space left for the spool; nothing was accepted.',
    hint: 'The operator must free space, or lower DOCSPOOL_MAX_DOCS_GB.',
  },
} satisfies Record<string, ErrorRow>

export type ProblemCode = keyof typeof ERRORS

export const PROBLEM_CODES = Object.keys(ERRORS) as ProblemCode[]

export const statusOf = (code: ProblemCode): ContentfulStatusCode => ERRORS[code].status

const TITLES: Partial<Record<ContentfulStatusCode, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
}

export const titleOf = (status: ContentfulStatusCode): string => TITLES[status] ?? 'Error'
