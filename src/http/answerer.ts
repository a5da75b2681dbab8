/** Answers natural-language questions with a language model. `src/ask-model` implements it; the server passes it to the application. */

import type { Answer } from '#ask/answer.ts'
import type { AnswerEvent } from '#ask/answer-events.ts'
import type { Service } from './mcp/service.ts'

export interface QuestionForModel {
  jobId: string
  /** The key of the set. */
  key: string
  /** The language of the set, as a BCP-47 tag. */
  language: string
  question: string
  /** Questions before this one, oldest first. */
  previous: readonly string[]
  evidence: Answer
  /** Makes the tools' requests with the caller's permissions and limits. */
  service: Service
  /** Charges the caller for the cost of the checks, in the graph's units of work. */
  charge(work: number): void
}

export interface SharedAnswer {
  question: string
  answer: Answer['written'] & object
}

export interface Answerer {
  readonly model: string
  /** Ends with an `answer` event. Never throws on a model failure; the answer reports it instead. */
  answer(question: QuestionForModel, signal: AbortSignal): AsyncGenerator<AnswerEvent>
  /** @returns false when the set has no such answer. */
  rate(id: string, key: string, isUseful: boolean): Promise<boolean>
  /** Lets anyone who may read the set and knows the answer's URL read it. @returns false when the set has no such answer. */
  share(id: string, key: string): Promise<boolean>
  /** A shared answer; `undefined` when the set has no such answer or it was not shared. */
  readShared(id: string, key: string): Promise<SharedAnswer | undefined>
}
