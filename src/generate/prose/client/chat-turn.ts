/**
 * One turn of a conversation with tools, streamed: text as it arrives, then the tool calls. It is sent once; a failure
 * is classified here and retried by `chat.ts`.
 */

import OpenAI, { APIError } from 'openai'
import { Stream } from 'openai/streaming'
import { z } from 'zod'
import { deadlineSignal } from '#base/deadline-signal.ts'
import { Aborted } from '#base/errors.ts'
import { readReply } from './chat-completion.ts'
import { type EndpointError, readError } from './endpoint-error.ts'
import { retryAfterMs } from './retry-delay.ts'
import type { Endpoint } from './send.ts'
import { streamedFetch } from './streamed-fetch.ts'

/** A tool call as the model wrote it. */
export interface ToolCall {
  id: string
  name: string
  /** JSON, unless the model made a mistake. */
  arguments: string
}

export type ChatMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; calls: readonly ToolCall[] }
  | { role: 'tool'; id: string; content: string }

export type Finish = 'stop' | 'length' | 'filtered' | 'refused'

export type ChatPart =
  | { kind: 'text'; text: string }
  /** The end of the turn, with the calls of the whole turn. */
  | { kind: 'end'; finish: Finish; calls: readonly ToolCall[] }

export type ChatBody = OpenAI.ChatCompletionCreateParamsStreaming

export type Usage = { inputTokens: unknown; outputTokens: unknown }

/** Thrown when the endpoint answers with an error. */
export class EndpointRefused extends Error {
  readonly failure: EndpointError
  readonly retryAfterMs: number | undefined

  constructor(failure: EndpointError, retryAfter: number | undefined) {
    super(failure.message)
    this.failure = failure
    this.retryAfterMs = retryAfter
  }
}

/** Thrown when the answer breaks off or never arrives. */
export class AnswerLost extends Error {}

/** The outcome of a request, for the ledger. */
export interface TurnOutcome {
  /** Whether the endpoint may have read the request. */
  wasSent: boolean
  usage: Usage | null
}

/** Limit on a stream, in which a token takes up to about 300 bytes. */
const MAX_STREAM_BYTES = 8_388_608
/** Limit on one event, and on an answer that is not streamed: both are read at once. */
const MAX_EVENT_BYTES = 524_288
/** Limit on the characters of one turn, including reasoning in its text; far more than its tokens allow. */
const MAX_TEXT = 262_144
/** Limit on the characters of a part; a longer text is yielded in parts, so that the reader can pause. */
const MAX_PART = 4_096
const MAX_CALLS = 16
const MAX_ARGUMENTS = 20_000
const MAX_ERROR_BYTES = 65_536

const Calls = z
  .array(
    z.object({
      index: z.number().optional(),
      id: z.string().nullish(),
      function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
    }),
  )
  .nullish()

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            tool_calls: Calls,
          })
          .nullish(),
      }),
    )
    .nullish()
    .catch(null),
  usage: z.object({ prompt_tokens: z.unknown(), completion_tokens: z.unknown() }).partial().nullish().catch(null),
  error: z.unknown().optional(),
})

/** The calls of an answer that is not streamed. */
const Whole = z.object({ choices: z.array(z.object({ message: z.object({ tool_calls: Calls }) })) })

/**
 * @param outcome - Filled in while it runs.
 * @throws {EndpointRefused} @throws {AnswerLost} @throws {Aborted}
 */
export async function* streamTurn(
  body: ChatBody,
  { baseUrl, apiKey, timeoutMs }: Endpoint,
  signal: AbortSignal,
  outcome: TurnOutcome,
): AsyncGenerator<ChatPart> {
  const deadline = deadlineSignal(signal, timeoutMs)
  const onSent = (): void => {
    outcome.wasSent = true
  }
  const fetch = streamedFetch({
    maxBytes: MAX_STREAM_BYTES,
    maxEventBytes: MAX_EVENT_BYTES,
    signal: deadline.signal,
    onSent,
  })
  // Options that are not set would be read from the environment.
  const unset = { adminAPIKey: null, organization: null, project: null, webhookSecret: null }
  const timeout = timeoutMs + 60_000
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    ...unset,
    logLevel: 'off',
    maxRetries: 0,
    timeout,
    fetch,
  })
  const lost = (error: unknown): Error => {
    if (signal.aborted) return new Aborted('Aborted while waiting for the model')
    if (deadline.isOver()) return new AnswerLost(`no whole answer within ${timeoutMs / 1_000} s`)
    return new AnswerLost(error instanceof Error ? error.message : String(error), { cause: error })
  }
  try {
    const response = await client.chat.completions
      .create(body, { signal: deadline.signal })
      .asResponse()
      .catch((error: unknown) => {
        if (error instanceof APIError && error.status !== undefined && error.headers !== undefined)
          throw refusedBy(error)
        throw lost(error)
      })
    const type = response.headers.get('content-type') ?? ''
    try {
      if (type.includes('event-stream')) yield* readStream(response, deadline.signal, outcome)
      else yield* readWhole(await response.text(), outcome)
    } catch (error) {
      throw error instanceof EndpointRefused || error instanceof AnswerLost ? error : lost(error)
    }
  } finally {
    deadline.clear()
  }
}

function refusedBy(error: APIError): EndpointRefused {
  const { status, error: inner, headers } = error
  const text = inner === undefined ? error.message : JSON.stringify({ error: inner })
  const failure = readError(Number(status), text.slice(0, MAX_ERROR_BYTES))
  const blank = { status: Number(status), code: '', type: '', param: '', message: '' }
  return new EndpointRefused(failure ?? blank, headers === undefined ? undefined : retryAfterMs(headers))
}

/** Yields the parts of the stream; a part of kind `end` comes only if the stream ends properly. */
async function* readStream(response: Response, signal: AbortSignal, outcome: TurnOutcome): AsyncGenerator<ChatPart> {
  const controller = new AbortController()
  const calls: ToolCall[] = []
  let finish: Finish | undefined
  let length = 0
  const stream = Stream.fromSSEResponse<unknown>(response, controller)
  for await (const item of stream) {
    signal.throwIfAborted()
    const { data } = Chunk.safeParse(item)
    if (data === undefined) continue
    if (data.error)
      throw new EndpointRefused(readError(200, JSON.stringify({ error: data.error })) ?? UNKNOWN, undefined)
    if (data.usage)
      outcome.usage = { inputTokens: data.usage.prompt_tokens, outputTokens: data.usage.completion_tokens }
    const [choice] = data.choices ?? []
    if (choice === undefined) continue
    const { delta, finish_reason: reason } = choice
    if (delta?.refusal) finish = 'refused'
    for (const part of delta?.tool_calls ?? []) addCall(calls, part)
    if (reason === 'error') throw new AnswerLost('the endpoint reports that its model failed')
    if (reason) finish ??= finishOf(reason)
    if (!delta?.content) continue
    length += delta.content.length
    yield* inParts(delta.content, length)
  }
  // A stream may end early without an error of the connection.
  if (finish === undefined) throw new AnswerLost('the stream ended before the answer did')
  yield { kind: 'end', finish, calls }
}

/**
 * @param length - The length of the turn's text including this one.
 * @throws {AnswerLost} The turn is too long; nothing of this text was yielded.
 */
function* inParts(text: string, length: number): Generator<ChatPart> {
  if (length > MAX_TEXT) throw new AnswerLost(`the answer has more than ${MAX_TEXT} characters`)
  for (let at = 0; at < text.length; at += MAX_PART) yield { kind: 'text', text: text.slice(at, at + MAX_PART) }
}

const UNKNOWN: EndpointError = { status: 502, code: '', type: '', param: '', message: 'an error without a message' }

const finishOf = (reason: string): Finish =>
  reason === 'length' ? 'length' : reason === 'content_filter' ? 'filtered' : 'stop'

function addCall(calls: ToolCall[], part: NonNullable<z.infer<typeof Calls>>[number]): void {
  // Without an index, a part with an id begins a call.
  const at = part.index ?? (part.id ? calls.length : Math.max(0, calls.length - 1))
  if (!Number.isInteger(at) || at < 0 || at >= MAX_CALLS || at > calls.length) return
  const call = calls[at] ?? { id: '', name: '', arguments: '' }
  calls[at] = call
  call.id ||= (part.id ?? '').slice(0, 200)
  call.name ||= (part.function?.name ?? '').slice(0, 100)
  call.arguments = (call.arguments + (part.function?.arguments ?? '')).slice(0, MAX_ARGUMENTS)
}

/** Reads an answer that was not streamed, as by some proxies. */
function* readWhole(text: string, outcome: TurnOutcome): Generator<ChatPart> {
  const error = readError(200, text)
  if (error !== undefined) throw new EndpointRefused(error, undefined)
  const reply = readReply(text)
  if (reply === undefined) throw new AnswerLost('the response is not a Chat Completions answer')
  outcome.usage = reply.usage
  yield* inParts(reply.text, reply.text.length)
  const calls: ToolCall[] = []
  for (const part of Whole.safeParse(JSON.parse(text)).data?.choices[0]?.message.tool_calls ?? []) addCall(calls, part)
  const finish = reply.refusal !== null ? 'refused' : reply.isTruncated ? 'length' : 'stop'
  yield { kind: 'end', finish, calls }
}
