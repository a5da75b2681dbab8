/**
 * What an endpoint supports for one model, learned from its responses and remembered in this process: the format in
 * which
 * answers can be requested, the name of the token limit, whether a temperature is allowed.
 */

import { type Failure, outputLimitIn } from './failure.ts'

/** Best first. */
const FORMS = ['json_schema', 'json_object', 'text'] as const

export type AnswerForm = (typeof FORMS)[number]

export interface Habits {
  form: AnswerForm
  tokensName: 'max_tokens' | 'max_completion_tokens'
  takesTemperature: boolean
  /** Limit on one answer. */
  maxOutputTokens: number
  /** Whether an answer was received in this format. */
  isProven: boolean
  hasOtherName: boolean
}

const learned = new Map<string, Habits>()

/** Shared by all questions to this endpoint and model; changed by `learn`. */
export function habitsOf(baseUrl: string, model: string): Habits {
  const key = `${baseUrl} ${model}`
  const found = learned.get(key)
  if (found !== undefined) return found
  // Newer OpenAI models accept only the new name, most other servers only the old one.
  const isOpenAi = /^https:\/\/[a-z.]*\bapi\.openai\.com\b/.test(baseUrl)
  const fresh: Habits = {
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
 * @returns What changed, in words; '' when another question has learned the same; `undefined` when asking again is of
 * no use.
 */
export function learn(habits: Habits, sent: Readonly<Habits>, failure: Failure, message: string): string | undefined {
  switch (failure) {
    case 'temperature':
      if (!sent.takesTemperature) return undefined
      if (!habits.takesTemperature) return ''
      habits.takesTemperature = false
      return 'no temperature is given'
    case 'tokensName':
      if (sent.tokensName !== habits.tokensName) return ''
      if (habits.hasOtherName) return undefined
      habits.hasOtherName = true
      habits.tokensName = habits.tokensName === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
      return `${habits.tokensName} is given`
    case 'tokensLimit': {
      const limit = outputLimitIn(message)
      if (limit === undefined || limit >= sent.maxOutputTokens) return undefined
      habits.maxOutputTokens = Math.min(limit, habits.maxOutputTokens)
      return `answers have at most ${limit} tokens`
    }
    case 'format':
      return stepDown(habits, sent)
    case 'rejected':
      // The format may still be the reason, unless it worked before.
      return habits.isProven ? undefined : stepDown(habits, sent)
    default:
      return undefined
  }
}

function stepDown(habits: Habits, sent: Readonly<Habits>): string | undefined {
  if (sent.form !== habits.form) return ''
  const next = FORMS[FORMS.indexOf(habits.form) + 1]
  if (next === undefined) return undefined
  habits.form = next
  habits.isProven = false
  return next === 'text' ? 'answers are asked for in words alone' : `answers are asked for as ${next}`
}
