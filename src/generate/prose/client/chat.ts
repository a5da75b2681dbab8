/** Conversations with tools, streamed: chooses the model, keeps within the budget, retries until the first text arrives. */

import { cleanUp } from '#base/clean-up.ts'
import type { AppError } from '#base/errors.ts'
import type { LlmSettings } from '#base/model-settings.ts'
import { BadAnswer, ModelRefused, ModelUnusable, QuestionTooLong } from '#generate/prose/ask.ts'
import type { Ledger } from '#generate/prose/budget/ledger.ts'
import {
  type ChatBody,
  type ChatMessage,
  type ChatPart,
  EndpointRefused,
  streamTurn,
  type TurnOutcome,
} from './chat-turn.ts'
import { baseUrlOf } from './create-model.ts'
import { capabilitiesOf, type EndpointCapabilities, learn, learnMissingFeature } from './endpoint-capabilities.ts'
import { meaningOf } from './failure.ts'
import { createMask } from './mask.ts'
import { TEMPERATURE } from './request-body.ts'
import { Semaphore, TIME } from './request-limit.ts'

export interface ToolSpec {
  name: string
  description: string
  /** A JSON schema. */
  parameters: Record<string, unknown>
}

export interface Turn {
  /** A description for the ledger. */
  about: string
  messages: readonly ChatMessage[]
  tools: readonly ToolSpec[]
  /** The model must answer now instead of calling tools. */
  isLast: boolean
  maxOutputTokens: number
}

export interface Chat {
  readonly contextTokens: number
  /** Masks secrets, as in all sent text: an endpoint may repeat its key. */
  mask(text: string): string
  /**
   * Ask for one turn. Ends with a part of kind `end`.
   *
   * @throws {BudgetSpent} @throws {QuestionTooLong} @throws {ModelRefused} @throws {ModelUnusable} @throws {Aborted}
   * @throws {BadAnswer} The answer broke off; its earlier parts were yielded.
   */
  turn(turn: Turn, signal: AbortSignal): AsyncGenerator<ChatPart>
}

export interface ChatDeps {
  /** The current ledger: limits may apply to an hour. */
  ledger(): Ledger
  log(level: 'warn', text: string): void
}

/** Limit on tries. A reader is waiting, so there are fewer and shorter tries than for prose. */
const MAX_TRIES = 3
const MAX_WAIT_MS = 5_000
const WAIT_MS = 500
/** Limit on changes to the request after refusals. */
const MAX_ADJUSTMENTS = 6

export function createChat(settings: LlmSettings, { ledger, log }: ChatDeps): Chat {
  const endpoint = { baseUrl: baseUrlOf(settings), apiKey: settings.apiKey, timeoutMs: settings.timeoutMs }
  const mask = createMask({ keys: settings.apiKey === null ? [] : [settings.apiKey] })
  const semaphore = new Semaphore(settings.concurrency)
  const models = new Set([settings.mainModel, ...(settings.fallbackModel === null ? [] : [settings.fallbackModel])])

  async function* askOne(model: string, turn: Turn, signal: AbortSignal): AsyncGenerator<ChatPart> {
    const messages = turn.messages.map((message) => ({ ...message, content: mask(message.content) }))
    const capabilities = capabilitiesOf(endpoint.baseUrl, model)
    let adjustments = 0
    for (let tries = 1; ; ) {
      const assumed = { ...capabilities, takesTools: capabilities.takesTools && turn.tools.length > 0 }
      const body = bodyOf(model, { ...turn, messages }, assumed)
      const reservation = await ledger().reserve({
        model,
        about: turn.about,
        outputTokens: turn.maxOutputTokens,
        inputTokens: Buffer.byteLength(JSON.stringify([body.messages, body.tools ?? []])) + messages.length * 16,
      })
      const outcome: TurnOutcome = { wasSent: false, usage: null }
      let hasYielded = false
      let isRefused = false
      try {
        for await (const part of streamTurn(body, endpoint, signal, outcome)) {
          hasYielded = true
          yield part
        }
        return
      } catch (error) {
        signal.throwIfAborted()
        if (hasYielded) {
          const why = mask((error as Error).message).slice(0, 500)
          throw new BadAnswer(`${model}: the answer broke off: ${why}`, { cause: error })
        }
        const refusal = error instanceof EndpointRefused ? error : undefined
        isRefused = refusal !== undefined
        const words = mask((error as Error).message).slice(0, 500)
        const meaning = refusal === undefined ? 'broken' : meaningOf(refusal.failure)
        if (refusal !== undefined && adjustments < MAX_ADJUSTMENTS) {
          // No format was requested, so the refusal is not about it.
          const isAboutFormat = meaning === 'format' || meaning === 'rejected'
          const change =
            learnMissingFeature(capabilities, assumed, refusal.failure) ??
            (isAboutFormat ? undefined : learn(capabilities, assumed, meaning, words))
          if (change !== undefined) {
            adjustments += 1
            if (change !== '') log('warn', `${model}: ${change}, since the endpoint says: ${words}`)
            continue
          }
        }
        const waitMs = refusal?.retryAfterMs ?? WAIT_MS * tries
        if ((meaning === 'busy' || meaning === 'broken') && tries < MAX_TRIES && waitMs <= MAX_WAIT_MS) {
          tries += 1
          await TIME.sleep(waitMs, signal)
          continue
        }
        throw failureOf(meaning, `${model}, ${turn.about}: ${words}`)
      } finally {
        await cleanUp(
          () => {
            if (isRefused) reservation.settleFree()
            else if (outcome.wasSent) reservation.settle(outcome.usage)
            else reservation.release()
          },
          (error) => log('warn', `The cost of ${turn.about} cannot be recorded: ${String(error)}`),
        )
      }
    }
  }

  return {
    contextTokens: settings.contextTokens,
    mask,
    async *turn(turn, signal) {
      const giveBack = await semaphore.take(signal)
      try {
        let failure: AppError | undefined
        for (const model of models) {
          try {
            return yield* askOne(model, turn, signal)
          } catch (error) {
            if (!(error instanceof ModelUnusable)) throw error
            log('warn', error.message)
            failure ??= error
          }
        }
        throw failure ?? new ModelUnusable('No model is set')
      } finally {
        giveBack()
      }
    },
  }
}

function failureOf(meaning: string, words: string): AppError {
  if (meaning === 'tooLong') return new QuestionTooLong(words)
  if (meaning === 'refused') return new ModelRefused(words)
  return new ModelUnusable(words)
}

function bodyOf(
  model: string,
  { messages, tools, isLast, maxOutputTokens }: Turn,
  capabilities: Readonly<EndpointCapabilities>,
): ChatBody {
  const body: ChatBody = {
    model,
    stream: true,
    messages: capabilities.takesTools ? messages.map(toMessage) : withoutCalls(messages),
    [capabilities.tokensName]: Math.min(maxOutputTokens, capabilities.maxOutputTokens),
  }
  if (capabilities.takesStreamUsage) body.stream_options = { include_usage: true }
  if (capabilities.takesTemperature) body.temperature = TEMPERATURE
  if (capabilities.takesTools) {
    body.tools = tools.map((tool) => ({ type: 'function', function: { ...tool } }))
    body.tool_choice = isLast ? 'none' : 'auto'
  }
  return body
}

function toMessage(message: ChatMessage): OpenAIMessage {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.id, content: message.content }
  if (message.role !== 'assistant') return { role: message.role, content: message.content }
  const calls = message.calls.map(({ id, name, arguments: args }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: args },
  }))
  return { role: 'assistant', content: message.content, ...(calls.length > 0 && { tool_calls: calls }) }
}

type OpenAIMessage = ChatBody['messages'][number]

/** For an endpoint without tools, puts the results of tools into user messages. */
function withoutCalls(messages: readonly ChatMessage[]): OpenAIMessage[] {
  return messages.map((message) => {
    if (message.role === 'tool') return { role: 'user', content: message.content }
    return { role: message.role, content: message.content }
  })
}
