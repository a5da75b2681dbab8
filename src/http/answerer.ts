/** Answers questions in words with a language model. `src/ask-model` implements it; the server gives it to the application. */

import type { Answer } from '#ask/answer.ts'
import type { AnswerEvent } from '#ask/answer-events.ts'
import type { Service } from './mcp/service.ts'

export interface QuestionForModel {
  jobId: string
  /** Key of the set. */
  key: string
  /** Of the set, BCP-47. */
  language: string
  question: string
  /** Questions before this one, oldest first. */
  previous: readonly string[]
  evidence: Answer
  /** The requests of the tools, with the rights and the limits of the caller. */
  service: Service
  /** Call it with the cost of the checks, in units of the graph. */
  charge(work: number): void
}

export interface SharedAnswer {
  question: string
  answer: Answer['written'] & object
}

export interface Answerer {
  readonly model: string
  /** Ends with an event `answer`. Never rejects for what is wrong with the model: then the answer says so. */
  answer(question: QuestionForModel, signal: AbortSignal): AsyncGenerator<AnswerEvent>
  /** @returns false when there is no such answer about this set. */
  rate(id: string, key: string, isUseful: boolean): Promise<boolean>
  /** From now on, everybody who may read the set and has its address may read the answer. */
  share(id: string, key: string): Promise<boolean>
  /** An answer that was shared. */
  readShared(id: string, key: string): Promise<SharedAnswer | undefined>
}
