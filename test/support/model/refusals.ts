/** Errors in the form of OpenAI's API, with the words that its clients look for. */

export interface Refusal {
  status: number
  message: string
  type: string
  code: string | null
  param?: string
  headers?: Record<string, string>
}

const invalid = (code: string | null, message: string, param?: string): Refusal => ({
  status: 400,
  type: 'invalid_request_error',
  code,
  message,
  ...(param === undefined ? {} : { param }),
})

export const noSchema = invalid(
  null,
  "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
  'response_format',
)
export const noJson = invalid(
  null,
  "Unsupported parameter: 'response_format' is not supported with this model.",
  'response_format',
)
export const noMaxTokens = invalid(
  'unsupported_parameter',
  "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  'max_tokens',
)
export const malformed = (problem: string): Refusal => invalid(null, problem)

export function noTemperature(asked: number): Refusal {
  const message = `Unsupported value: 'temperature' does not support ${asked} with this model. Only the default (1) value is supported.`
  return invalid('unsupported_value', message, 'temperature')
}

export function tooLong(limit: number, tokens: number): Refusal {
  const message = `This model's maximum context length is ${limit} tokens. However, your messages resulted in ${tokens} tokens. Please reduce the length of the messages.`
  return invalid('context_length_exceeded', message, 'messages')
}

export const unauthorised: Refusal = {
  status: 401,
  type: 'invalid_request_error',
  code: 'invalid_api_key',
  message: 'Incorrect API key provided: sk-****. You can find your API key in your settings.',
}

export function noModel(model: string): Refusal {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`
  return { status: 404, type: 'invalid_request_error', code: 'model_not_found', message }
}

export const noQuota: Refusal = {
  status: 429,
  type: 'insufficient_quota',
  code: 'insufficient_quota',
  message: 'You exceeded your current quota, please check your plan and billing details.',
}

export function busy(retryAfterS: number): Refusal {
  return {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: `Rate limit reached for requests. Please try again in ${retryAfterS}s.`,
    headers: { 'retry-after': String(retryAfterS) },
  }
}

export function broken(status: number): Refusal {
  return { status, type: 'server_error', code: null, message: 'The server had an error while processing your request.' }
}

export const notFound: Refusal = { status: 404, type: 'invalid_request_error', code: null, message: 'Invalid URL' }

export function bodyOf({ message, type, code, param }: Refusal): string {
  return JSON.stringify({ error: { message, type, param: param ?? null, code } })
}
