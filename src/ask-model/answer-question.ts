/**
 * Answers one question: the model looks up what it needs, within a budget of calls and tokens, and writes the answer.
 * Each sentence is checked when it is complete; its words are shown while it is written, as far as possible.
 */

import type { Answer, Written } from '#ask/answer.ts'
import type { AnswerEvent } from '#ask/answer-events.ts'
import { BadAnswer } from '#generate/prose/ask.ts'
import type { Chat } from '#generate/prose/client/chat.ts'
import type { ChatPart, ToolCall } from '#generate/prose/client/chat-turn.ts'
import { estimateTokens } from '#generate/prose/client/estimate.ts'
import type { Service } from '#http/mcp/service.ts'
import { createWriter, type Writer } from './answer-writer.ts'
import { type LookUpDeps, noteTexts, runLookUp, SPECS } from './look-ups.ts'
import { ANSWER_NOW, type Exchange, firstMessages } from './prompts.ts'
import type { SetGround } from './set-ground.ts'

export interface QuestionAsked {
  question: string
  previous: readonly Exchange[]
  evidence: Answer
  jobId: string
  /** BCP-47 tag. */
  language: string
  service: Service
  ground: SetGround
}

export interface AnswerLimits {
  /** Maximum number of requests to the model. */
  calls: number
  /** Maximum number of tokens of all requests and answers. */
  tokens: number
}

export type Outcome = Pick<Written, 'sentences' | 'ended' | 'struck' | 'look_ups'>

const MAX_OUTPUT_TOKENS = 1_500
/** Maximum number of look-ups in one turn; more are dropped. */
const MAX_AT_ONCE = 4
/** Longer arguments of a tool call are replaced by `{}`, so that they are not repeated to the model. */
const MAX_ARGUMENT_CHARS = 4_000
const LOOK_UP_TOKENS = 3_000
const SPEC_TOKENS = estimateTokens(JSON.stringify(SPECS))

/**
 * @returns The sentences that passed the check; an answer that breaks off is `cut`.
 * @throws Errors of `Chat.turn`, if no sentence has passed the check before.
 */
export async function* answerQuestion(
  asked: QuestionAsked,
  chat: Chat,
  limits: AnswerLimits,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, Outcome> {
  const { ground, language, evidence } = asked
  const { definitions, connections, documents, files } = evidence
  noteTexts({ definitions, connections, documents, files }, ground)
  await ground.ready()
  const messages = firstMessages(asked, language)
  const writer = createWriter({ ground, language, plainForms: new Set(), last: '' }, chat.mask)
  let used = 0
  let lookUps = 0
  let isCut = false
  try {
    for (let call = 1; call <= limits.calls; call++) {
      const input = estimateTokens(JSON.stringify(messages)) + SPEC_TOKENS
      const left = Math.min(limits.tokens - used, chat.contextTokens) - input - MAX_OUTPUT_TOKENS
      // Leave room for one more look-up and the answer after it.
      const isLast = call === limits.calls || left < LOOK_UP_TOKENS + input + MAX_OUTPUT_TOKENS
      if (left < 0) {
        isCut = writer.sentences.length === 0
        break
      }
      if (isLast && call > 1) messages.push(ANSWER_NOW)
      const turn = { about: 'a question', messages, tools: SPECS, isLast, maxOutputTokens: MAX_OUTPUT_TOKENS }
      const { text, end } = yield* readTurn(chat.turn(turn, signal), writer)
      used += input + estimateTokens(text) + estimateTokens(JSON.stringify(end?.calls ?? []))
      const calls = isLast ? [] : usableCalls(end?.calls ?? [], call)
      if (end?.finish === 'refused' || end?.finish === 'filtered' || end?.finish === 'length') isCut = true
      // Text cut off at the token limit is not a sentence unless it ends with a full stop.
      yield* writer.end(end?.finish !== 'length' && calls.length === 0)
      if (calls.length === 0) break
      messages.push({ role: 'assistant', content: text.slice(0, 4_000), calls })
      const { service, jobId, question } = asked
      const deps: LookUpDeps = { service, jobId, question, ground, signal, maxTokens: LOOK_UP_TOKENS }
      for (const each of calls) {
        const { tool, about, message } = await runLookUp(each, deps)
        lookUps += 1
        yield { type: 'look_up', tool, about }
        messages.push(message)
      }
    }
  } catch (error) {
    // Sentences that passed the check are kept, however the answer ended.
    if (writer.sentences.length === 0 && (signal.aborted || !(error instanceof BadAnswer))) throw error
    isCut = true
    yield* writer.end(false)
  }
  const { sentences, struck, isNotFound } = writer
  return { sentences, ended: endingOf(), struck, look_ups: lookUps }

  function endingOf(): Outcome['ended'] {
    if (isCut) return 'cut'
    if (sentences.length > 0) return 'whole'
    return isNotFound || struck === 0 ? 'not found' : 'nothing held'
  }
}

/** Writes the text of a turn, until the answer is full. @returns The text, and the end of the turn unless it was left early. */
async function* readTurn(
  parts: AsyncIterable<ChatPart>,
  writer: Writer,
): AsyncGenerator<AnswerEvent, { text: string; end: TurnEnd | undefined }> {
  let text = ''
  let end: TurnEnd | undefined
  for await (const part of parts) {
    if (part.kind === 'end') end = part
    else {
      text += part.text
      yield* writer.push(part.text)
      if (writer.isFull) break
    }
  }
  return { text, end }
}

type TurnEnd = Extract<ChatPart, { kind: 'end' }>

/** The first calls, with missing ids and names filled in. */
const usableCalls = (calls: readonly ToolCall[], turn: number): ToolCall[] =>
  calls.slice(0, MAX_AT_ONCE).map((call, index) => ({
    id: call.id === '' ? `call_${turn}_${index}` : call.id,
    name: call.name === '' ? 'unknown' : call.name,
    arguments: call.arguments.length > MAX_ARGUMENT_CHARS ? '{}' : call.arguments,
  }))
