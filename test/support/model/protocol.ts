/** OpenAI's Chat Completions as the stand-in speaks them: the request it reads, and the bodies it sends. */

export interface ChatMessage {
  role: string
  content: string | { type: string; text?: string }[] | null
}

/** Of a request, what the stand-in looks at; all else is kept as it came. */
export interface ChatRequest {
  model: string
  messages: ChatMessage[]
  stream?: boolean | null
  stream_options?: { include_usage?: boolean } | null
  max_tokens?: number | null
  max_completion_tokens?: number | null
  temperature?: number | null
  /** Functions that the model may call. */
  tools?: unknown[] | null
  tool_choice?: unknown
  response_format?: { type: string; json_schema?: { name?: string; schema?: unknown; strict?: boolean } }
  [other: string]: unknown
}

/** A call of a function, as the model writes it. */
export interface SaidCall {
  name: string
  /** JSON, unless the model is mistaken. */
  arguments: string
}

/** What is said in one answer, before it is put into a body. */
export interface Said {
  text: string
  /** In `message.refusal`; the content is `null` then. */
  refusal?: string
  /** Beside the text. */
  calls?: readonly SaidCall[]
  finish: 'stop' | 'length' | 'content_filter' | 'tool_calls'
  /** `undefined`: not reported. */
  usage?: unknown
}

/** The stand-in's own count: a quarter of the bytes of UTF-8, rounded up. */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}

export function contentOf(message: ChatMessage): string {
  if (Array.isArray(message.content)) return message.content.map((part) => part.text ?? '').join('')
  return message.content ?? ''
}

/** Tokens of all contents together. */
export function inputTokensOf(request: ChatRequest): number {
  return tokensOf(request.messages.map(contentOf).join(''))
}

export function usageOf(inputTokens: number, outputTokens: number) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  }
}

/** The same second for all answers: the same prompt gets the same bytes. */
const CREATED = 1_700_000_000

export function completionOf(id: string, model: string, said: Said): string {
  const isRefusal = said.refusal !== undefined
  return JSON.stringify({
    id,
    object: 'chat.completion',
    created: CREATED,
    model,
    choices: [
      {
        index: 0,
        message: {
          ...{ role: 'assistant', content: isRefusal ? null : said.text, refusal: said.refusal ?? null },
          ...(said.calls === undefined ? {} : { tool_calls: callsOf(said.calls) }),
        },
        logprobs: null,
        finish_reason: said.finish,
      },
    ],
    ...(said.usage === undefined ? {} : { usage: said.usage }),
  })
}

/** Server-sent events, `[DONE]` among them; the usage comes in a chunk of its own when there is one. */
export function* eventsOf(id: string, model: string, said: Said): Generator<string> {
  const event = (choices: unknown[], more: object = {}): string =>
    `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: CREATED, model, choices, ...more })}\n\n`
  const choice = (delta: object, finish: string | null = null) => [
    { index: 0, delta, logprobs: null, finish_reason: finish },
  ]
  yield event(choice({ role: 'assistant', content: '' }))
  if (said.refusal === undefined) for (const piece of piecesOf(said.text)) yield event(choice({ content: piece }))
  else for (const piece of piecesOf(said.refusal)) yield event(choice({ refusal: piece }))
  // Names come whole, arguments in pieces.
  for (const [index, { id, type, function: called }] of callsOf(said.calls ?? []).entries()) {
    yield event(choice({ tool_calls: [{ index, id, type, function: { name: called.name, arguments: '' } }] }))
    for (const piece of piecesOf(called.arguments))
      yield event(choice({ tool_calls: [{ index, function: { arguments: piece } }] }))
  }
  yield event(choice({}, said.finish))
  if (said.usage !== undefined) yield event([], { usage: said.usage })
  yield 'data: [DONE]\n\n'
}

const callsOf = (calls: readonly SaidCall[]) =>
  calls.map((called, index) => ({ id: `call_${index}`, type: 'function', function: called }))

/** At most about a hundred pieces, none of which ends within a character. */
function* piecesOf(text: string): Generator<string> {
  const length = Math.max(16, Math.ceil(text.length / 100))
  for (let at = 0; at < text.length; ) {
    let end = at + length
    if (isHighSurrogate(text.charCodeAt(end - 1))) end += 1
    yield text.slice(at, end)
    at = end
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
