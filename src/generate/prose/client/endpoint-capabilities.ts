/**
 * The capabilities of an endpoint for one model, learned from its responses and remembered in this process: the format
 * in which answers can be requested, the name of the token limit, whether a temperature is allowed.
 */

import { type Failure, outputLimitIn } from './failure.ts'

/** Best first. */
const FORMS = ['json_schema', 'json_object', 'text'] as const

export type AnswerForm = (typeof FORMS)[number]

export interface EndpointCapabilities {
  form: AnswerForm
  tokensName: 'max_tokens' | 'max_completion_tokens'
  takesTemperature: boolean
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
 * @returns What changed, in words; '' if another question has learned the same; `undefined` if asking again is
 * useless.
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

function stepDown(capabilities: EndpointCapabilities, sent: Readonly<EndpointCapabilities>): string | undefined {
  if (sent.form !== capabilities.form) return ''
  const next = FORMS[FORMS.indexOf(capabilities.form) + 1]
  if (next === undefined) return undefined
  capabilities.form = next
  capabilities.isProven = false
  return next === 'text' ? 'the answer format is requested in words' : `answers are requested as ${next}`
}
