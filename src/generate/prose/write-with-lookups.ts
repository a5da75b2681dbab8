/**
 * Asks a question with its follow-ups: lookups in the code, and one more try if too little of the answer can be
 * published.
 */

import type { LookUp } from './answer-schemas.ts'
import { type Answer, type Ask, BudgetSpent, type Message, type Model, QuestionTooLong } from './ask.ts'
import type { GroundTruth } from './ground-truth.ts'
import { lookUp, wantsMore } from './look-up.ts'
import { faultsMessage, foundMessage } from './prompts.ts'

const MAX_LOOKS = 2
const LOOK_TOKENS = 6_000
/** Share of claims that may be dropped; beyond it, the model gets the reasons and is asked again. */
const ACCEPTABLE = 1 / 3

/** A checked answer. */
export interface Assessed<R> {
  result: R
  published: number
  dropped: number
  faults: readonly string[]
}

export interface Conversation<T, R> {
  /**
   * The question with at most `maxTokens` of code; called again with less if the endpoint says that it does not fit.
   */
  ask(maxTokens: number): Ask<T>
  /** Tokens for excerpts of the code. */
  maxTokens: number
  /** The lookups that the model requests before it answers. */
  wants?(value: T): LookUp
  /** Pure: the same answer always gets the same result. */
  assess(value: T): Assessed<R>
  near: ReadonlySet<string>
}

export interface CheckedAnswer<R> extends Assessed<R> {
  /** The model that wrote it. */
  model: string
}

/** @throws The errors of `Model.ask` for the first answer; if a later one fails, the last successful answer is used. */
export async function writeWithLookups<T, R>(
  model: Model,
  ground: GroundTruth,
  conversation: Conversation<T, R>,
  signal: AbortSignal,
): Promise<CheckedAnswer<R>> {
  const { question, answer } = await askFitting(model, conversation, signal)
  const messages: Message[] = [...question.messages]
  let current = answer
  for (let look = 0; look < MAX_LOOKS && conversation.wants !== undefined; look++) {
    const wanted = conversation.wants(current.value)
    if (!wantsMore(wanted)) break
    messages.push({ role: 'assistant', content: current.text })
    messages.push(foundMessage(lookUp(wanted, ground, conversation.near, LOOK_TOKENS)))
    const next = await further(model, { ...question, messages: [...messages], isFurther: true }, signal)
    if (next === undefined) {
      // The answer so far is checked, and quoted below if it has faults.
      messages.length -= 2
      break
    }
    current = next
  }
  const first = { ...conversation.assess(current.value), model: current.model }
  if (first.dropped <= (first.published + first.dropped) * ACCEPTABLE) return first
  messages.push({ role: 'assistant', content: current.text }, faultsMessage(first.faults))
  const again = await further(model, { ...question, messages, isFurther: true }, signal)
  if (again === undefined) return first
  const second = { ...conversation.assess(again.value), model: again.model }
  return second.published > first.published ? second : first
}

/** Asks with half as much code each time the endpoint reports that the question is too long. */
async function askFitting<T, R>(
  model: Model,
  conversation: Conversation<T, R>,
  signal: AbortSignal,
): Promise<{ question: Ask<T>; answer: Answer<T> }> {
  for (let maxTokens = conversation.maxTokens; ; maxTokens = Math.floor(maxTokens / 2)) {
    const question = conversation.ask(maxTokens)
    try {
      return { question, answer: await model.ask(question, signal) }
    } catch (error) {
      if (!(error instanceof QuestionTooLong) || maxTokens < 1_000) throw error
    }
  }
}

/** @returns `undefined` on failure, unless the failure ends the whole job. */
async function further<T>(model: Model, question: Ask<T>, signal: AbortSignal): Promise<Answer<T> | undefined> {
  try {
    return await model.ask(question, signal)
  } catch (error) {
    if (signal.aborted || error instanceof BudgetSpent) throw error
    return undefined
  }
}
