/** Sends one request through the SDK, without retries, and classifies every outcome. */

import OpenAI, { APIError } from 'openai'
import { deadlineSignal } from '#base/deadline-signal.ts'
import { Aborted } from '#base/errors.ts'
import { AnswerTooLarge, boundedFetch } from './bounded-fetch.ts'
import { type Reply, readReply } from './chat-completion.ts'
import { type EndpointError, readError } from './endpoint-error.ts'
import { retryAfterMs } from './retry-delay.ts'

/** Limit on the size of an answer. */
export const MAX_ANSWER_BYTES = 1_048_576

export interface Endpoint {
  /** The base URL, including `/v1`. */
  baseUrl: string
  apiKey: string | null
  timeoutMs: number
}

export type Sent =
  | { kind: 'reply'; reply: Reply }
  | { kind: 'error'; error: EndpointError; retryAfterMs: number | undefined }
  /** No answer, or an unreadable one. If `wasSent`, the request may have cost something. */
  | { kind: 'lost'; wasSent: boolean; isTooLarge: boolean; what: string }
  | { kind: 'aborted'; wasSent: boolean; error: Aborted }

export type Body = OpenAI.ChatCompletionCreateParamsNonStreaming

/**
 * Send a question. Never throws.
 *
 * @param keep - Called with the body of an answer as soon as its last byte is read, before anything else.
 */
export async function send(
  body: Body,
  { baseUrl, apiKey, timeoutMs }: Endpoint,
  signal: AbortSignal,
  keep: (body: string) => void,
): Promise<Sent> {
  const deadline = deadlineSignal(signal, timeoutMs)
  let wasSent = false
  let received: { status: number; text: string; reply: Reply | undefined } | undefined
  const fetch = boundedFetch({
    maxBytes: MAX_ANSWER_BYTES,
    signal: deadline.signal,
    onSent() {
      wasSent = true
    },
    onAnswer(status, bytes) {
      const text = bytes.toString('utf8')
      const reply = status === 200 ? readReply(text) : undefined
      if (reply !== undefined) keep(text)
      received = { status, text, reply }
    },
  })
  // Options that are not set would be read from the environment (OPENAI_BASE_URL, OPENAI_ORG_ID, …).
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    // `deadline` applies instead: the SDK's timeout ends with the headers.
    timeout: timeoutMs + 60_000,
    fetch,
  })
  let failure: unknown
  try {
    await client.chat.completions.create(body, { signal: deadline.signal }).asResponse()
  } catch (error) {
    failure = error
  } finally {
    deadline.clear()
  }
  const { status, text, reply } = received ?? { status: 0, text: '', reply: undefined }
  if (reply !== undefined) return { kind: 'reply', reply }
  if (signal.aborted) return { kind: 'aborted', wasSent, error: new Aborted('Aborted while waiting for the model') }
  const lost = (what: string, isTooLarge = false): Sent => ({ kind: 'lost', wasSent, isTooLarge, what })
  if (received === undefined) {
    if (deadline.isOver()) return lost(`no complete answer within ${timeoutMs / 1_000} s`)
    const cause = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure
    return lost(cause instanceof Error ? wordsOf(cause) : String(cause), cause instanceof AnswerTooLarge)
  }
  const error = readError(status, text)
  if (error === undefined) return lost('the response is not a Chat Completions answer')
  const headers = failure instanceof APIError && failure.headers ? failure.headers : new Headers()
  return { kind: 'error', error, retryAfterMs: retryAfterMs(headers) }
}

/** Describes the error: `ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9`; for multiple addresses, the first one. */
function wordsOf(error: Error): string {
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
  return 'code' in first ? `${String(first.code)}: ${first.message}` : first.message
}
