/** What one route promises, and the parts that many of them have in common. */

import { z } from 'zod'
import type { ProblemCode } from '#http/error-statuses.ts'
import { TOKEN_HEADER } from '#http/git-token.ts'
import { IdempotencyKey } from '#http/submission.ts'

/** In the order of the page. */
export const TAGS = ['Submit', 'Jobs', 'Documents', 'Service', 'Pages'] as const

export interface Operation {
  /** What generated clients call it; unique. */
  id: string
  tag: (typeof TAGS)[number]
  /** A few words, without a full stop. */
  summary: string
  /** Sentences. */
  description?: string
  /** Parameters of the path beside `id`. */
  path?: Readonly<Record<string, z.ZodType>>
  query?: z.ZodObject
  headers?: readonly (keyof typeof REQUEST_HEADERS)[]
  /** By media type; types with the same schema are the same fields in another form. */
  body?: Readonly<Record<string, z.ZodType>>
  /** By status. What goes wrong is said by `errors`. */
  answers: Readonly<Record<number, Answer>>
  /** Beside those that follow from the method, the query and the path. */
  errors?: readonly ProblemCode[]
  /** Requests that are answered as `answers` says for a job that is there and completed. */
  examples?: readonly Example[]
  /** Further paths of the same route. */
  aliases?: readonly string[]
}

export interface Answer {
  description: string
  /** By media type; nothing for an empty body. */
  content?: Readonly<Record<string, z.ZodType>>
  headers?: readonly (keyof typeof RESPONSE_HEADERS)[]
  /** Of the JSON. */
  example?: unknown
}

/** A request, shown as a command. */
export interface Example {
  /** What it does. */
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
  'If-None-Match': z.string().describe('ETags: answered 304 while one of them is right.'),
  [TOKEN_HEADER]: z
    .string()
    .describe(
      'A token of the git host, or user:token, for a private repository. Kept in memory alone, until the clone has ended.',
    ),
  Range: z.string().describe('`bytes=0-999`: that part alone. Several at once are answered with the whole.'),
  'If-Range': z.string().describe('The part, while this is the ETag of the whole; else the whole.'),
  'Last-Event-ID': z.string().describe('Go on after this event.'),
}

export const RESPONSE_HEADERS = {
  'Content-Disposition': z.string().describe('The name to save it by.'),
  'Content-Range': z.string().describe('`bytes 0-999/5000`.'),
  ETag: z.string().regex(/^"[^"]+"$/),
  Link: z.string().describe('The next page: <…>; rel="next".'),
  Location: z.string().describe('Path of the job, or where to go on.'),
  'Retry-After': z.string().regex(/^\d+$/).describe('Seconds after which to ask again.'),
}

/** Columns with two spaces between them. */
export const Line = z.string().describe('A line for a terminal.')
export const Html = z.string().describe('A page.')
export const Text = z.string()
export const Binary = z.string().meta({ contentMediaType: 'application/octet-stream' })

export const NOT_MODIFIED: Answer = { description: 'Nothing has changed.', headers: ['ETag'] }

/** Of what makes a job. */
export const LIMITED = ['RATE_LIMITED', 'TOO_MANY_JOBS'] as const

/** Of a retry, which may come with a token. */
export const GIT_TOKEN = ['BAD_FIELD', 'GIT_TOKEN_MISSING', 'GIT_TOKEN_IN_USE', 'TOO_MANY_TOKENS'] as const

/** Of all that reads or writes jobs. */
export const SPOOL = ['SPOOL_UNAVAILABLE', 'SPOOL_TOO_NEW', 'RECORD_TOO_NEW'] as const
