/** The interface to a language model, independent of HTTP. `client/` implements it over the network. */

import type { z } from 'zod'
import { AppError } from '#base/errors.ts'

/** `cluster` names and groups modules; `main` writes. */
export type ModelRole = 'main' | 'cluster'

/** A message of a conversation. Text from the repository is only in `user` messages, marked as data. */
export interface Message {
  role: 'system' | 'user' | 'assistant'
  content: string
}

/** A question. Answers are cached by question, model and parameters (see `client/answer-store.ts`). */
export interface Ask<T> {
  role: ModelRole
  /** A label for the log and the ledger: `module src/http`, `overview`, `clusters`. */
  about: string
  messages: readonly Message[]
  /** Schema of the answer, also sent as a JSON schema: every property is required, nothing is added or transformed. */
  schema: z.ZodType<T>
  /** Name of the schema, `[a-z_]{1,64}`: `module_prose`. */
  schemaName: string
  /** Limit on the answer. */
  maxOutputTokens: number
  /** A follow-up question: it builds on earlier answers, so it precedes other waiting questions. */
  isFurther?: boolean
}

/** An answer that matches its schema; its contents are not yet checked. */
export interface Answer<T> {
  value: T
  /** The answer as the model wrote it, for the next turn of the conversation. */
  text: string
  /** The model that answered: `main`, or the fallback. */
  model: string
  /** Whether the whole conversation came from the cache or from an identical question in flight, at no cost. */
  isCached: boolean
}

export interface Model {
  /** The name of the main model. */
  readonly name: string
  /** Limit on the tokens of a question and its answer. */
  readonly contextTokens: number
  /** Limit on the questions in flight at once. */
  readonly concurrency: number
  /**
   * Ask a question. Waits for a free slot, retries when the endpoint is busy, and falls back to another model.
   *
   * @throws {BudgetSpent} The question might cost more than the rest of the budget; nothing was sent.
   * @throws {QuestionTooLong} The endpoint reports that the question does not fit; ask a shorter one.
   * @throws {ModelRefused} The model declined, or the endpoint filtered the answer; asking again would not help.
   * @throws {ModelUnusable} The endpoint cannot be used at all: wrong key, unknown model, no answer. All questions fail
   *   like this.
   * @throws {BadAnswer} The answer does not match the schema, or only this question got no answer.
   * @throws {Aborted} The signal was aborted.
   */
  ask<T>(question: Ask<T>, signal: AbortSignal): Promise<Answer<T>>
  /**
   * Reserve the cost of a later question, before others spend it.
   *
   * @returns Releases the reservation; call it before asking that question.
   * @throws {BudgetSpent} Not enough is left; nothing is reserved.
   */
  hold(about: string, inputTokens: number, outputTokens: number): Promise<() => void>
  /** The spending so far. */
  spend(): Promise<Spend>
}

/** The cost of a generation. Token counts are those of the endpoint. */
export interface Spend {
  /** Requests that the endpoint answered, errors included, or that were abandoned after they were sent. */
  calls: number
  /** Questions answered from the cache. */
  kept: number
  inputTokens: number
  outputTokens: number
  /** US dollars by `budget/prices.ts`, which assumes a price when money is limited and the price unknown. */
  costUsd: number
}

/** Thrown when the budget of the job or of the day does not suffice for one more question. */
export class BudgetSpent extends AppError {
  readonly code = 'BUDGET_SPENT'
  override readonly hint =
    'Raise DOCSPOOL_MAX_COST_USD, DOCSPOOL_MAX_TOKENS or DOCSPOOL_MAX_CALLS, or wait until tomorrow for the limits of a day.'
}

/** Thrown when the endpoint reports that question and answer do not fit the model's context. */
export class QuestionTooLong extends AppError {
  readonly code = 'QUESTION_TOO_LONG'
  override readonly hint = 'Lower DOCSPOOL_CONTEXT_TOKENS to the context size of the model.'
}

/** Thrown when the model declines to answer, or the endpoint filters the answer. */
export class ModelRefused extends AppError {
  readonly code = 'MODEL_REFUSED'
}

/** Thrown when the endpoint cannot be used: it does not answer, the key or model name is wrong, the quota is exhausted. */
export class ModelUnusable extends AppError {
  readonly code = 'MODEL_UNUSABLE'
  override readonly hint = 'Check LLM_BASE_URL, LLM_API_KEY and MAIN_MODEL; see docs/models.md.'
}

/**
 * Thrown when the answer does not match the schema, even after a second request, or when this question alone gets no
 * answer. Other questions may succeed.
 */
export class BadAnswer extends AppError {
  readonly code = 'BAD_ANSWER'
}
