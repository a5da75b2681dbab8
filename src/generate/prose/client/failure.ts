/** Classifies the errors of endpoints, by code if there is one, else by the messages of well-known servers. */

import type { EndpointError } from './endpoint-error.ts'

export type Failure =
  /** Too many requests; all questions pause, then this one is asked again. */
  | 'busy'
  /** A temporary server error; ask again. */
  | 'broken'
  /** Question and answer do not fit the context. */
  | 'tooLong'
  /** The question was filtered. */
  | 'refused'
  /** This model cannot be asked anything: wrong key, name or URL, or no quota left. */
  | 'unusable'
  /** The endpoint does not support `response_format`, or this kind of it. */
  | 'format'
  | 'temperature'
  /** It requires the other name of `max_tokens`. */
  | 'tokensName'
  /** The model cannot write that many tokens. */
  | 'tokensLimit'
  /** Any other rejection of the request. */
  | 'rejected'

export function meaningOf(error: EndpointError): Failure {
  const { status, code, type, message } = error
  if (status === 402 || [code, type].includes('insufficient_quota') || NO_MONEY.test(message)) return 'unusable'
  if (status === 401) return 'unusable'
  if (status === 403) return FILTERED.test(`${code} ${message}`) ? 'refused' : 'unusable'
  if (TOO_LONG_CODES.has(code) || TOO_LONG_CODES.has(type) || status === 413 || TOO_LONG.test(message)) return 'tooLong'
  if (status === 429) return 'busy'
  if (status === 404 && !/requested parameters|response_format|structured.output/i.test(message)) return 'unusable'
  if (status >= 500) return FORMAT_IN_500.test(message) ? 'format' : 'broken'
  if (status === 408 || status === 409) return 'broken'
  // The model called a tool with wrong arguments, as reported by Groq; it may do better next time.
  if (code === 'tool_use_failed' || /tool call validation failed/i.test(message)) return 'broken'
  if (status < 400 || status === 405) return 'unusable'
  return meaningOfBadRequest(error)
}

function meaningOfBadRequest({ code, param, message }: EndpointError): Failure {
  if (FILTERED.test(code) || FILTERED.test(message)) return 'refused'
  if (code === 'model_not_found' || NO_MODEL.test(message)) return 'unusable'
  if (param === 'temperature' || /\btemperature\b/i.test(message)) return 'temperature'
  if (
    /at most \d+ (?:completion|output)? ?tokens|max(?:imum)? (?:allowed )?(?:number of )?output tokens/i.test(message)
  ) {
    return 'tokensLimit'
  }
  if (/^max_(?:completion_)?tokens$/.test(param) || /\bmax_(?:completion_)?tokens\b/.test(message)) return 'tokensName'
  if (/^response_format/.test(param) || FORMAT.test(message)) return 'format'
  return 'rejected'
}

/** The number in `supports at most 4096 completion tokens`. */
export function outputLimitIn(message: string): number | undefined {
  const digits = /(?:at most|maximum|limit)\D{0,60}?(\d{2,8})/i.exec(message)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const NO_MONEY = /insufficient[ _](?:quota|balance|credits?|funds)|credit balance is too low/i

const FILTERED =
  /content[ _-]?(?:filter|policy|management policy)|\bflagged\b|moderation|responsible ai policy|safety system/i

const NO_MODEL = /model .{0,200}(?:not found|does not exist|not exist)|(?:invalid|unknown) model|not a valid model/i

/** OpenAI; llama.cpp. */
const TOO_LONG_CODES = new Set(['context_length_exceeded', 'exceed_context_size_error', 'string_above_max_length'])

const TOO_LONG = new RegExp(
  [
    // OpenAI, vLLM, DeepSeek, OpenRouter
    'maximum context length',
    'maximum model length',
    'max_model_len',
    'reduce the length of the (?:messages|prompt|input)',
    // LiteLLM
    'ContextWindowExceeded',
    // llama.cpp, LM Studio, llama-cpp-python
    '(?:exceeds?|exceeded|greater than|larger than|overflows?) the (?:available )?context (?:size|length|window)',
    'exceed context window',
    'context (?:size|length|window) (?:is |was |has been )?exceeded',
    'number of tokens to keep from the initial prompt is greater than the context length',
    // Ollama
    '(?:exceeds?|exceeded) (?:the )?max(?:imum)? context length',
    'input length exceeds (?:the )?context length',
    // Anthropic, Mistral
    '(?:prompt|input) (?:is )?too (?:long|large)',
    'exceed context limit',
    'too large for model with \\d+ maximum context',
    // Google
    'token count .{0,40}exceeds the maximum number of tokens',
    // Text Generation Inference
    'inputs.{0,30}max_new_tokens.{0,20}must be <=',
    // Limits per minute that this one question exceeds
    'request too large for',
  ].join('|'),
  'i',
)

const FORMAT =
  /response_format|json_schema|json_object|\bschema\b|structured.?output|guided|grammar|unsupported|not supported/i
/** Excludes words that an internal error may have for other reasons. */
const FORMAT_IN_500 =
  /response_format|json_schema|json_object|failed to (?:parse|initialize) (?:samplers|grammar)|\bgrammar\b/i
