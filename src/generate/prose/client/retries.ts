/**
 * Asks one model one question until it is answered or retrying would not help. The cost of each request is reserved and settled.
 */

import type { AppError } from '#base/errors.ts'
import { BadAnswer, ModelRefused, ModelUnusable, QuestionTooLong } from '#generate/prose/ask.ts'
import type { Ledger } from '#generate/prose/budget/ledger.ts'
import type { Reply } from './chat-completion.ts'
import { capabilitiesOf, type EndpointCapabilities, learn } from './endpoint-capabilities.ts'
import { boundTokens } from './estimate.ts'
import { meaningOf } from './failure.ts'
import { type Question, render } from './request-body.ts'
import type { Pause, Semaphore, Time } from './request-limit.ts'
import { backoffMs } from './retry-delay.ts'
import { type Endpoint, type Sent, send } from './send.ts'

/** Limit on adaptations of one question to the endpoint's capabilities; exceeds the number of capabilities. */
const MAX_LESSONS = 10
const MAX_TRIES = 5
/** Limit on the time from the first try to the start of the last one. */
const MAX_TRYING_MS = 300_000

export interface Asking {
  endpoint: Endpoint
  ledger: Ledger
  semaphore: Semaphore
  pause: Pause
  time: Time
  /** A random number in [0, 1). */
  random(): number
  health: Health
  log(level: 'warn', text: string): void
  /** Masks secrets in the endpoint's messages. */
  mask(text: string): string
}

/** The known state of each model: when it last answered, and whether it has become unusable. */
export class Health {
  readonly #unusable = new Map<string, ModelUnusable>()
  readonly #answeredMs = new Map<string, number>()

  answered(model: string, nowMs: number): void {
    this.#answeredMs.set(model, nowMs)
  }

  hasAnsweredSince(model: string, ms: number): boolean {
    return (this.#answeredMs.get(model) ?? Number.NEGATIVE_INFINITY) >= ms
  }

  /** Marks a model as unusable permanently: all later questions to it fail. */
  markUnusable(model: string, error: ModelUnusable): ModelUnusable {
    const first = this.#unusable.get(model) ?? error
    this.#unusable.set(model, first)
    return first
  }

  unusableOf(model: string): ModelUnusable | undefined {
    return this.#unusable.get(model)
  }
}

/**
 * @param keep - Called with the body of the answer before anything else.
 * @throws The errors of `Model.ask` for one model; `BadAnswer` also if only this question got no answer.
 */
export async function tryUntilAnswered(
  question: Question,
  asking: Asking,
  signal: AbortSignal,
  keep: (body: string) => void,
): Promise<Reply> {
  const { endpoint, semaphore, pause, time, health, log } = asking
  const { model, about } = question
  const capabilities = capabilitiesOf(endpoint.baseUrl, model)
  const startedMs = time.now()
  let lessons = 0
  for (let tries = 1; ; ) {
    await pause.wait(signal)
    const unusable = health.unusableOf(model)
    if (unusable !== undefined) throw unusable
    const assumed = { ...capabilities }
    const sent = await sendOnce(question, assumed, asking, signal, keep)
    if (sent.kind === 'aborted') throw sent.error
    if (sent.kind === 'reply') {
      health.answered(model, time.now())
      semaphore.widen()
      if (capabilities.form === assumed.form) capabilities.isProven = true
      return sent.reply
    }
    if (sent.kind === 'lost' && sent.isTooLarge) throw new BadAnswer(`${model}, ${about}: ${sent.what}`)
    const words = asking.mask(sent.kind === 'error' ? `${sent.error.status} ${sent.error.message}` : sent.what)
    const meaning = sent.kind === 'error' ? meaningOf(sent.error) : 'broken'
    const lesson = sent.kind === 'error' ? learn(capabilities, assumed, meaning, sent.error.message) : undefined
    if (lesson !== undefined) {
      lessons += 1
      if (lessons > MAX_LESSONS) throw failureOf(meaning, words)
      if (lesson !== '') log('warn', `${model}: ${lesson}, because the endpoint answered: ${words}`)
      continue
    }
    if (meaning !== 'busy' && meaning !== 'broken') throw failureOf(meaning, words)
    const requestedMs = sent.kind === 'error' ? sent.retryAfterMs : undefined
    const waitMs = requestedMs ?? backoffMs(tries, asking.random())
    if (tries >= MAX_TRIES || time.now() + waitMs - startedMs > MAX_TRYING_MS) {
      throw failureOf(meaning, `${tries} ${tries === 1 ? 'try' : 'tries'}, the last: ${words}`)
    }
    tries += 1
    if (meaning === 'busy') {
      semaphore.narrow()
      pause.extend(waitMs)
    } else await time.sleep(waitMs, signal)
  }

  function failureOf(meaning: string, words: string): AppError {
    const text = `${model}, ${about}: ${words}`
    if (meaning === 'tooLong') return new QuestionTooLong(text)
    if (meaning === 'refused') return new ModelRefused(text)
    // Other questions were answered in the meantime, so this question is the problem.
    if (meaning !== 'unusable' && health.hasAnsweredSince(model, startedMs)) return new BadAnswer(text)
    if (meaning !== 'unusable' && meaning !== 'busy' && meaning !== 'broken' && capabilities.isProven)
      return new BadAnswer(text)
    return health.markUnusable(model, new ModelUnusable(`${model} cannot be used: ${words}`))
  }
}

/** @throws {BudgetSpent} */
async function sendOnce(
  question: Question,
  capabilities: Readonly<EndpointCapabilities>,
  { endpoint, ledger }: Asking,
  signal: AbortSignal,
  keep: (body: string) => void,
): Promise<Sent> {
  const { model, about, schema } = question
  const reservation = await ledger.reserve({
    model,
    about,
    inputTokens: boundTokens(question.messages, JSON.stringify(schema)) + WORDS_AROUND_SCHEMA,
    outputTokens: question.maxOutputTokens,
  })
  const sent = await send(render(question, capabilities), endpoint, signal, keep)
  if (sent.kind === 'reply') reservation.settle(sent.reply.usage)
  else if (sent.kind === 'error') reservation.settleFree()
  // The endpoint may have processed the request.
  else if (sent.wasSent) reservation.settle(null)
  else reservation.release()
  return sent
}

/** Maximum number of bytes that `render` adds around the schema. */
const WORDS_AROUND_SCHEMA = 256
