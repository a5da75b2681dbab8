/**
 * What an endpoint takes for one model, found out by asking and remembered in this process: the form in which an answer
 * can be asked for, the name of the limit of tokens, whether a temperature may be given.
 */

import { type Failure, outputLimitIn } from './failure.ts'

/** From the best to the least. */
const FORMS = ['json_schema', 'json_object', 'text'] as const

export type AnswerForm = (typeof FORMS)[number]

export interface Habits {
  form: AnswerForm
  tokensName: 'max_tokens' | 'max_completion_tokens'
  takesTemperature: boolean
  /** Of one answer. */
  maxOutputTokens: number
  /** An answer came in this form. */
  isProven: boolean
  hasOtherName: boolean
}

const learned = new Map<string, Habits>()

/** Shared by all who ask this endpoint for this model; `learn` changes it. */
export function habitsOf(baseUrl: string, model: string): Habits {
  const key = `${baseUrl} ${model}`
  const found = learned.get(key)
  if (found !== undefined) return found
  // OpenAI's newer models take only the new name; most other servers know only the old one.
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
 * @param sent - The habits by which was asked; another question may have learned since.
 * @returns What is different now, in words; an empty text where another question has learned it; `undefined` when asking
 *   again would be no use.
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
      // It may be the form all the same, as long as none was ever answered.
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
