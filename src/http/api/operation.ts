/** The description of one operation, and parts that many operations share. */

import { z } from 'zod'
import type { ProblemCode } from '#http/error-statuses.ts'
import { TOKEN_HEADER } from '#http/git-token.ts'
import { IdempotencyKey } from '#http/idempotency-key.ts'

export interface Operation {
  /** The name in generated clients; unique. */
  id: string
  /** A few words, without a full stop. */
  summary: string
  /** Sentences. */
  description?: string
  /** Parameters of the path besides `id`. */
  path?: Readonly<Record<string, z.ZodType>>
  query?: z.ZodObject
  headers?: readonly (keyof typeof REQUEST_HEADERS)[]
  /** Schemas of the body, keyed by media type. */
  body?: Readonly<Record<string, z.ZodType>>
  /** Whether the request may have no body. */
  isBodyOptional?: boolean
  /** Successful responses, keyed by status. */
  answers: Readonly<Record<number, Answer>>
  /** Error codes besides those that follow from the method, the query and the path. */
  errors?: readonly ProblemCode[]
  /** Requests that succeed for a completed job. */
  examples?: readonly Example[]
  /** Further paths of the same route. */
  aliases?: readonly string[]
}

export interface Answer {
  description: string
  /** Schemas of the body, keyed by media type; omitted for an empty body. */
  content?: Readonly<Record<string, z.ZodType>>
  headers?: readonly (keyof typeof RESPONSE_HEADERS)[]
  /** An example of the JSON. */
  example?: unknown
}

/** A request, shown as a command. */
export interface Example {
  /** What the request does. */
  title: string
  query?: Readonly<Record<string, string>>
  accept?: string
  form?: Readonly<Record<string, string>>
  json?: unknown
  headers?: Readonly<Record<string, string>>
  /** Flags of curl, such as `-N`. */
  flags?: string
}

export type Operations = Readonly<Record<`${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`, Operation>>

export const REQUEST_HEADERS = {
  'Idempotency-Key': IdempotencyKey,
  'If-None-Match': z.string().describe('ETags; the response is 304 while one of them is current.'),
  [TOKEN_HEADER]: z
    .string()
    .describe(
      'A token of the git host, or user:token, for a private repository. Kept in memory only, until the clone is done.',
    ),
  Range: z.string().describe('`bytes=0-999`: only this part. Several ranges in one request get the whole file.'),
  'If-Range': z.string().describe('An ETag: only the part is sent while it is current, otherwise the whole file.'),
  'Last-Event-ID': z.string().describe('Continue after this event.'),
}

export const RESPONSE_HEADERS = {
  'Content-Disposition': z.string().describe('The file name.'),
  'Content-Range': z.string().describe('`bytes 0-999/5000`.'),
  ETag: z.string().regex(/^"[^"]+"$/),
  Link: z.string().describe('The next page: <…>; rel="next".'),
  Location: z.string().describe('Path of the job, or of the next page.'),
  'Retry-After': z.string().regex(/^\d+$/).describe('Seconds after which to try again.'),
}

/** Columns separated by two spaces. */
export const Line = z.string().describe('A line for a terminal.')
export const Html = z.string().describe('A page.')
export const Text = z.string()
export const Binary = z.string().meta({ contentMediaType: 'application/octet-stream' })

export const NOT_MODIFIED: Answer = { description: 'Nothing has changed.', headers: ['ETag'] }

/**
 * The responses of an operation whose requests may have `If-None-Match`.
 *
 * @param content - Schemas of the body, keyed by media type.
 */
export const withETag = <const Content extends Readonly<Record<string, z.ZodType>>>(
  description: string,
  content: Content,
) => ({ 200: { description, content, headers: ['ETag'] }, 304: NOT_MODIFIED }) as const satisfies Operation['answers']

/** Errors of operations that create jobs. */
export const LIMITED = ['RATE_LIMITED', 'TOO_MANY_JOBS'] as const

/** Errors of a retry, which may have a git token. */
export const GIT_TOKEN = ['BAD_FIELD', 'GIT_TOKEN_MISSING', 'GIT_TOKEN_IN_USE', 'TOO_MANY_TOKENS'] as const

/** Errors of the URL of a repository. */
export const REPOSITORY_URL = [
  ...(['NOT_A_URL', 'URL_TOO_LONG', 'URL_HAS_CONTROL_CHARACTERS', 'SCHEME_NOT_ALLOWED', 'URL_HAS_USER_INFO'] as const),
  ...(['URL_HAS_QUERY', 'URL_HAS_FRAGMENT', 'HOST_NOT_ALLOWED', 'PRIVATE_ADDRESS', 'NOT_A_REPOSITORY_PATH'] as const),
] as const

/** Errors of operations that read or write jobs. */
export const SPOOL = ['SPOOL_UNAVAILABLE', 'SPOOL_TOO_NEW', 'RECORD_TOO_NEW'] as const

/** Errors of lists and searches of jobs, which may be limited to a repository. */
export const LISTING = [
  ...SPOOL,
  'RATE_LIMITED',
  'SERVER_BUSY',
  'TOOK_TOO_LONG',
  'NOT_A_URL',
  'HOST_NOT_ALLOWED',
  'SCHEME_NOT_ALLOWED',
  'PRIVATE_ADDRESS',
  'URL_HAS_USER_INFO',
] as const
