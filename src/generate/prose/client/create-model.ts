/** A `Model` backed by an endpoint: chooses the models to ask, in order, within the budget. */

import { setMaxListeners } from 'node:events'
import { LRUCache } from 'lru-cache'
import { Aborted, type AppError } from '#base/errors.ts'
import type { LlmSettings } from '#base/model-settings.ts'
import { BadAnswer, type Message, type Model, type ModelRole, ModelUnusable } from '#generate/prose/ask.ts'
import type { Ledger } from '#generate/prose/budget/ledger.ts'
import type { AnswerStore } from './answer-store.ts'
import { askUntilValid } from './ask-until-valid.ts'
import { CachedReplies } from './cached-replies.ts'
import { strictSchema } from './json-schema.ts'
import { createMask } from './mask.ts'
import { Pause, Semaphore, TIME, type Time } from './request-limit.ts'
import { Health } from './retries.ts'

/** The default URL. */
const OPENAI_URL = 'https://api.openai.com/v1'

/** Maximum number of cached masked texts. */
const MAX_REMEMBERED = 32

/** The URL of the endpoint, also for `createPrices`. */
export const baseUrlOf = ({ baseUrl }: Pick<LlmSettings, 'baseUrl'>): string => baseUrl ?? OPENAI_URL

export interface ModelDeps {
  answers: AnswerStore
  /** The ledger of the job. */
  ledger: Ledger
  log(level: 'warn', text: string): void
  /** Masks secrets in sent text, keeping line breaks; the endpoint's key is always masked. */
  mask?: (text: string) => string
  time?: Time
  /** A random number in [0, 1). */
  random?: () => number
}

/** Creates the model; nothing is sent before the first question. */
export function createModel(settings: LlmSettings, deps: ModelDeps): Model {
  const { answers, ledger, log, time = TIME, random = Math.random } = deps
  const { mainModel, contextTokens, concurrency } = settings
  const maskKey = createMask({
    keys: settings.apiKey === null ? [] : [settings.apiKey],
    keysOnly: deps.mask !== undefined,
  })
  const mask = (text: string): string => maskKey(deps.mask?.(text) ?? text)
  const maskMessage = remembering(mask)
  const health = new Health()
  const endpoint = { baseUrl: baseUrlOf(settings), apiKey: settings.apiKey, timeoutMs: settings.timeoutMs }
  const asking = {
    endpoint,
    ledger,
    semaphore: new Semaphore(concurrency),
    pause: new Pause(time),
    time,
    random,
    health,
    log,
    mask,
  }
  const replies = new CachedReplies(asking, answers)
  /** Errors already in the log: an unusable model fails all questions with the same error. */
  const logged = new WeakSet<AppError>()

  return {
    name: mainModel,
    contextTokens,
    concurrency,
    async ask(ask, signal) {
      if (signal.aborted) throw new Aborted('Aborted before the question was sent')
      // One signal aborts all questions of a job; Node warns of a leak at more than ten listeners.
      setMaxListeners(0, signal)
      const messages = ask.messages.map(({ role, content }): Message => ({ role, content: maskMessage(content) }))
      const { about, schema, schemaName, maxOutputTokens, isFurther = false } = ask
      const question = { messages, schema: strictSchema(schema), schemaName, maxOutputTokens, about, isFurther }
      const failures: AppError[] = []
      for (const model of modelsFor(ask.role, settings)) {
        const conversation = { question: { ...question, model }, schema, contextTokens, mask, now: time.now }
        try {
          const answer = await askUntilValid(conversation, replies, signal)
          if (answer.isCached) ledger.countCached()
          return answer
        } catch (error) {
          if (!(error instanceof BadAnswer || error instanceof ModelUnusable)) throw error
          if (!logged.has(error)) log('warn', error.message)
          logged.add(error)
          failures.push(error)
        }
      }
      throw failures.find((error) => error instanceof BadAnswer) ?? failures[0] ?? new ModelUnusable('No model is set')
    },
    async hold(about, inputTokens, outputTokens) {
      const held = await ledger.reserve({ model: mainModel, about: `held for ${about}`, inputTokens, outputTokens })
      return () => held.release()
    },
    spend: async () => await ledger.spend(),
  }
}

/** Caches masked texts: each turn of a conversation repeats the earlier ones, and all begin with the same message. */
function remembering(mask: (text: string) => string): (text: string) => string {
  const known = new LRUCache<string, string>({ max: MAX_REMEMBERED })
  return (text) => {
    const masked = known.get(text) ?? mask(text)
    known.set(text, masked)
    return masked
  }
}

/** The requested model, then `main`, then the fallback, without duplicates. */
function modelsFor(role: ModelRole, { mainModel, clusterModel, fallbackModel }: LlmSettings): Set<string> {
  const models = role === 'cluster' ? [clusterModel, mainModel] : [mainModel]
  return new Set(fallbackModel === null ? models : [...models, fallbackModel])
}
