/**
 * The capabilities of an endpoint for one model, learned from its responses and remembered in this process: the format
 * in which answers can be requested, the name of the token limit, whether a temperature is allowed, and whether
 * conversations can use tools and report usage.
 */

import type { EndpointError } from './endpoint-error.ts'
import { type Failure, outputLimitIn } from './failure.ts'

/** Best first. */
const FORMS = ['json_schema', 'json_object', 'text'] as const

export type AnswerForm = (typeof FORMS)[number]

export interface EndpointCapabilities {
  form: AnswerForm
  tokensName: 'max_tokens' | 'max_completion_tokens'
  takesTemperature: boolean
  takesTools: boolean
  /** Whether streams can report their usage. */
  takesStreamUsage: boolean
  /** Limit on one answer. */
  maxOutputTokens: number
  /** Whether an answer was received in this format. */
  isProven: boolean
  hasOtherName: boolean
}

const learned = new Map<string, EndpointCapabilities>()

/** Shared by all questions to this endpoint and model; changed by `learn`. */
export function capabilitiesOf(baseUrl: string, model: string): EndpointCapabilities {
  const key = `${baseUrl} ${model}`
  const found = learned.get(key)
  if (found !== undefined) return found
  // Newer OpenAI models accept only the new name, most other servers only the old one.
  const isOpenAi = /^https:\/\/[a-z.]*\bapi\.openai\.com\b/.test(baseUrl)
  const fresh: EndpointCapabilities = {
    form: 'json_schema',
    tokensName: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
    takesTemperature: true,
    takesTools: true,
    takesStreamUsage: true,
    maxOutputTokens: Number.POSITIVE_INFINITY,
    isProven: false,
    hasOtherName: false,
  }
  learned.set(key, fresh)
  return fresh
}

/**
 * Learn from an error.
 *
 * @param sent - The capabilities assumed by the failed request; another request may have changed them since.
 * @returns A description of what changed; '' if another question has learned the same; `undefined` if asking again
 * is useless.
 */
export function learn(
  capabilities: EndpointCapabilities,
  sent: Readonly<EndpointCapabilities>,
  failure: Failure,
  message: string,
): string | undefined {
  switch (failure) {
    case 'temperature':
      if (!sent.takesTemperature) return undefined
      if (!capabilities.takesTemperature) return ''
      capabilities.takesTemperature = false
      return 'the temperature is left out'
    case 'tokensName':
      if (sent.tokensName !== capabilities.tokensName) return ''
      if (capabilities.hasOtherName) return undefined
      capabilities.hasOtherName = true
      capabilities.tokensName = capabilities.tokensName === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
      return `${capabilities.tokensName} is used`
    case 'tokensLimit': {
      const limit = outputLimitIn(message)
      if (limit === undefined || limit >= sent.maxOutputTokens) return undefined
      capabilities.maxOutputTokens = Math.min(limit, capabilities.maxOutputTokens)
      return `answers have at most ${limit} tokens`
    }
    case 'format':
      return stepDown(capabilities, sent)
    case 'rejected':
      // The format may still be the reason, unless it worked before.
      return capabilities.isProven ? undefined : stepDown(capabilities, sent)
    default:
      return undefined
  }
}

/** Statuses of requests with an unsupported feature; llama.cpp sends 500, OpenRouter 404. */
const UNSUPPORTED_STATUSES = new Set([400, 404, 422, 500, 501])
const TOOLS = /\btools?\b|tool_choice|function.?call/i
const IS_UNSUPPORTED =
  /(?:\bno|n't|\bnot) support|\bunsupported\b|found that support|(?:unknown|unrecognized|invalid|unexpected) (?:request )?(?:parameter|argument|field|property)|not (?:permitted|enabled|available|implemented)|requires? -/i

/**
 * Learn from an error about a feature that only conversations use. An error about a single tool call says nothing about the endpoint.
 *
 * @param sent - As for `learn`, without the features that the request did not use.
 * @returns As for `learn`; `undefined` for other errors.
 */
export function learnMissingFeature(
  capabilities: EndpointCapabilities,
  sent: Readonly<EndpointCapabilities>,
  { status, message }: EndpointError,
): string | undefined {
  if (!UNSUPPORTED_STATUSES.has(status)) return undefined
  if (sent.takesStreamUsage && /stream_options|include_usage/i.test(message)) {
    if (!capabilities.takesStreamUsage) return ''
    capabilities.takesStreamUsage = false
    return 'the usage of streams is not requested'
  }
  if (sent.takesTools && TOOLS.test(message) && IS_UNSUPPORTED.test(message)) {
    if (!capabilities.takesTools) return ''
    capabilities.takesTools = false
    return 'no tools are offered'
  }
  return undefined
}

function stepDown(capabilities: EndpointCapabilities, sent: Readonly<EndpointCapabilities>): string | undefined {
  if (sent.form !== capabilities.form) return ''
  const next = FORMS[FORMS.indexOf(capabilities.form) + 1]
  if (next === undefined) return undefined
  capabilities.form = next
  capabilities.isProven = false
  return next === 'text' ? 'the answer format is requested in words' : `answers are requested as ${next}`
}
