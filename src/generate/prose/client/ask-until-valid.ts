/**
 * Asks one model until the answer is valid: a truncated answer is requested again with twice the output tokens, an invalid
 * one is returned with a list of its errors; each at most once. Every step is cached under its own key, so that a resumed
 * job replays them at no cost.
 */

import type { z } from 'zod'
import { type Answer, BadAnswer, type Message, ModelRefused, QuestionTooLong } from '#generate/prose/ask.ts'
import type { CachedReplies } from './cached-replies.ts'
import { estimateTokens } from './estimate.ts'
import { findObject } from './loose-json.ts'
import type { Question } from './request-body.ts'

/** Cached answers that are invalid are requested again after this time. */
const BAD_KEPT_MS = 86_400_000
/** Limit on the characters of an invalid answer that are sent back to the model. */
const MAX_SHOWN = 16_000

export interface Conversation<T> {
  question: Question
  schema: z.ZodType<T>
  /** Limit on the tokens of a question and its answer. */
  contextTokens: number
  mask(text: string): string
  now(): number
}

/** @throws The errors of `Model.ask` for one model. */
export async function askUntilValid<T>(
  conversation: Conversation<T>,
  replies: CachedReplies,
  signal: AbortSignal,
): Promise<Answer<T>> {
  const history: History = { isCached: true, oldestMs: Number.POSITIVE_INFINITY }
  try {
    return await attempt(conversation, replies, signal, history, false)
  } catch (error) {
    const isOld = conversation.now() - history.oldestMs > BAD_KEPT_MS
    if (!isOld || !(error instanceof BadAnswer || error instanceof ModelRefused)) throw error
    return await attempt(conversation, replies, signal, history, true)
  }
}

/** The origin of the answers of all attempts; each answer updates it. */
interface History {
  /** Whether everything came from the cache. */
  isCached: boolean
  /** Time of the oldest cached answer, in milliseconds since the epoch. */
  oldestMs: number
}

/** @param isFresh - Ignore cached answers. */
async function attempt<T>(
  { question: first, schema, contextTokens, mask }: Conversation<T>,
  replies: CachedReplies,
  signal: AbortSignal,
  history: History,
  isFresh: boolean,
): Promise<Answer<T>> {
  const { model, about } = first
  let question = first
  let hasMoreRoom = false
  let hasComplained = false
  for (;;) {
    const { reply, isCached, atMs } = await replies.to(question, isFresh, signal).catch((error) => {
      if (question === first || !(error instanceof QuestionTooLong)) throw error
      throw new BadAnswer(`${model}, ${about}: a valid answer does not fit the context`, { cause: error })
    })
    history.isCached &&= isCached
    history.oldestMs = Math.min(history.oldestMs, atMs ?? Number.POSITIVE_INFINITY)
    if (reply.refusal !== null) throw new ModelRefused(`${model}, ${about}: ${mask(reply.refusal).slice(0, 300)}`)
    // An endpoint may repeat the request, including its key.
    const text = mask(reply.text)
    // A truncated answer may contain a complete inner object: accept only complete JSON.
    const parsed = parseAnswer(reply.isTruncated ? wholeOf(text) : text, schema)
    if ('value' in parsed) return { value: parsed.value, text, model, isCached: history.isCached }
    if (reply.isTruncated) {
      const room = roomFor(question, contextTokens)
      if (hasMoreRoom || room <= question.maxOutputTokens) {
        throw new BadAnswer(`${model}, ${about}: the answer needs more than ${question.maxOutputTokens} tokens`)
      }
      hasMoreRoom = true
      question = { ...question, maxOutputTokens: room, isFurther: true }
    } else if (hasComplained) {
      throw new BadAnswer(`${model}, ${about}: ${mask(parsed.faults.join(' ')).slice(0, 500)}`)
    } else {
      hasComplained = true
      const messages = [...question.messages, ...complaint(text, parsed.faults, mask)]
      question = { ...question, messages, isFurther: true }
    }
  }
}

/** The text if it is complete JSON, else ''. */
const wholeOf = (text: string): string => (text.trimStart().startsWith('{') && isJson(text) ? text : '')

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Twice as many tokens, within the context. */
const roomFor = ({ messages, maxOutputTokens }: Question, contextTokens: number): number =>
  Math.min(2 * maxOutputTokens, contextTokens - estimateTokens(messages.map(({ content }) => content).join('\n')))

function complaint(text: string, faults: string[], mask: (text: string) => string): Message[] {
  const shown = text.trim() === '' ? '(nothing)' : text.slice(0, MAX_SHOWN)
  const list = faults.map((fault) => `- ${fault}`).join('\n')
  return [
    { role: 'assistant', content: shown },
    {
      role: 'user',
      content: mask(`That answer is not in the requested format:\n${list}\nAnswer again with the whole object.`),
    },
  ]
}

type Parsed<T> = { value: T } | { faults: string[] }

const MAX_FAULTS = 10

/** Parses an answer. Unknown keys are ignored; the faults are written for the model. */
function parseAnswer<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  const found = findObject(text)
  if ('fault' in found) return { faults: [found.fault] }
  const { success, data, error } = schema.safeParse(found.value)
  if (success) return { value: data }
  const faults = error.issues.map(({ path, message }) => {
    return `${path.length === 0 ? 'The object' : path.map(String).join('.')}: ${message}`.slice(0, 300)
  })
  return { faults: faults.slice(0, MAX_FAULTS) }
}
