/**
 * What the orchestration asks of a model, without a word about HTTP. `client/` answers it over the network; nothing else
 * of this folder knows that there is one.
 */

import type { z } from 'zod'
import { AppError } from '#base/errors.ts'

/** `cluster` names and groups modules; `main` writes. */
export type ModelRole = 'main' | 'cluster'

/** A turn of a conversation. Text of the repository stands in `user` turns only, marked as data. */
export interface Message {
  role: 'system' | 'user' | 'assistant'
  content: string
}

/** One question. The same question, model and parameters are answered once and kept (see `client/answers.ts`). */
export interface Ask<T> {
  role: ModelRole
  /** For the log and the ledger: `module src/http`, `overview`, `clusters`. */
  about: string
  messages: readonly Message[]
  /** Of the answer; also its JSON schema: every property is required, nothing is added to it, nothing is transformed. */
  schema: z.ZodType<T>
  /** `module_prose`: a name for the schema, `[a-z_]{1,64}`. */
  schemaName: string
  /** Of the answer at most. */
  maxOutputTokens: number
  /** It builds on answers, which are of use when it is answered too: it takes its turn before those that build on none. */
  isFurther?: boolean
}

/** An answer whose form is right; what it says is not yet checked. */
export interface Answer<T> {
  value: T
  /** As the model wrote it, for the next turn of the conversation. */
  text: string
  /** The model that gave it: `main`, or the fallback. */
  model: string
  /** All that led to it was kept from before, or is asked by another at the same time: it cost nothing. */
  isKept: boolean
}

export interface Model {
  /** The name of the model that writes. */
  readonly name: string
  /** Tokens that one question may hold, the answer included. */
  readonly contextTokens: number
  /** How many questions may be asked at once. */
  readonly concurrency: number
  /**
   * Ask once; waits for its turn, tries again where the endpoint is busy, and goes over to the fallback model.
   *
   * @throws {BudgetSpent} Asking might cost more than is left; nothing was sent.
   * @throws {QuestionTooLong} The endpoint says that it does not fit; ask with less.
   * @throws {ModelRefused} The model declined, or the endpoint filtered the answer; no use in asking again.
   * @throws {ModelUnusable} The endpoint cannot be used at all: a wrong key, no such model, nobody there. All questions end so.
   * @throws {BadAnswer} What came is no answer of that form, or none came to this question while others are answered.
   * @throws {Aborted} The signal fired.
   */
  ask<T>(question: Ask<T>, signal: AbortSignal): Promise<Answer<T>>
  /**
   * Keep back what a question will cost that is asked later, and before which others are asked.
   *
   * @returns Frees it; call it before that question is asked.
   * @throws {BudgetSpent} That much is not left; nothing is kept back.
   */
  hold(about: string, inputTokens: number, outputTokens: number): () => void
  /** What was asked so far. */
  spend(): Spend
}

/** What a generation cost. Tokens are those that the endpoint counted. */
export interface Spend {
  /** Requests that the endpoint answered, also with an error, or that were given up after they were sent. */
  calls: number
  /** Questions answered from what was kept. */
  kept: number
  inputTokens: number
  outputTokens: number
  /** US dollars by the prices of `budget/prices.ts`, which assumes one where money is limited and none is known. */
  costUsd: number
}

/** Thrown when the budget of the job or of the day does not reach for one more question. */
export class BudgetSpent extends AppError {
  readonly code = 'BUDGET_SPENT'
  override readonly hint =
    'Raise DOCSPOOL_MAX_COST_USD, DOCSPOOL_MAX_TOKENS or DOCSPOOL_MAX_CALLS, or wait until tomorrow for the limits of a day.'
}

/** Thrown when the endpoint says that the question and its answer do not fit into the model's context. */
export class QuestionTooLong extends AppError {
  readonly code = 'QUESTION_TOO_LONG'
  override readonly hint = 'Lower DOCSPOOL_CONTEXT_TOKENS to what the model can hold.'
}

/** Thrown when the model declines to answer, or a filter of the endpoint took the answer. */
export class ModelRefused extends AppError {
  readonly code = 'MODEL_REFUSED'
}

/** Thrown when the endpoint cannot be used: nobody answers, the key or the model's name is wrong, its quota is used up. */
export class ModelUnusable extends AppError {
  readonly code = 'MODEL_UNUSABLE'
  override readonly hint = 'Check LLM_BASE_URL, LLM_API_KEY and MAIN_MODEL; see docs/models.md.'
}

/**
 * Thrown when an answer does not have the form that was asked for, also after it was asked for once more; and when none
 * comes to this one question, while others are answered. Other questions may be asked.
 */
export class BadAnswer extends AppError {
  readonly code = 'BAD_ANSWER'
}
