/** Answers a question from the cache, from an identical request in flight, or by a new request. */

import { createHash } from 'node:crypto'
import type { AnswerStore } from './answer-store.ts'
import { type Reply, readReply } from './chat-completion.ts'
import { type Question, TEMPERATURE } from './request-body.ts'
import { type Asking, tryUntilAnswered } from './retries.ts'
import { SharedWork } from './shared-work.ts'

export interface GivenReply {
  reply: Reply
  /** Whether it cost nothing: it was cached, or an identical request was in flight. */
  isCached: boolean
  /** When it was received, in milliseconds since the epoch, if cached. */
  atMs: number | undefined
}

export class CachedReplies {
  readonly #asking: Asking
  readonly #answers: AnswerStore
  readonly #shared = new SharedWork<Reply>()

  constructor(asking: Asking, answers: AnswerStore) {
    this.#asking = asking
    this.#answers = answers
  }

  /**
   * @param isFresh - Ignores the cache.
   * @throws The errors of `tryUntilAnswered`.
   */
  async to(question: Question, isFresh: boolean, signal: AbortSignal): Promise<GivenReply> {
    const key = questionKey(question, this.#asking.endpoint.baseUrl)
    const kept = isFresh ? undefined : this.#answers.read(key)
    const reply = kept === undefined ? undefined : readReply(kept.body)
    if (kept !== undefined && reply !== undefined) return { reply, isCached: true, atMs: kept.atMs }
    const { result, isJoined } = await this.#shared.do(key, signal, (shared) => this.#ask(key, question, shared))
    return { reply: result, isCached: isJoined, atMs: undefined }
  }

  async #ask(key: string, question: Question, signal: AbortSignal): Promise<Reply> {
    const giveBack = await this.#asking.semaphore.take(signal, question.isFurther)
    try {
      return await tryUntilAnswered(question, this.#asking, signal, (body) => this.#keep(key, question, body))
    } finally {
      giveBack()
    }
  }

  #keep(key: string, { about }: Question, body: string): void {
    try {
      this.#answers.write(key, body)
    } catch (error) {
      this.#asking.log('warn', `The answer to ${about} cannot be cached: ${String(error)}`)
    }
  }
}

/** Part of the hash; raise it to invalidate earlier answers. */
const VERSION = 1

/**
 * The cache key of a question, as 64 hex digits. It does not depend on the answer format that an endpoint supports.
 *
 * @param baseUrl - URL of the endpoint: the same name may mean another model elsewhere.
 */
function questionKey(question: Question, baseUrl: string): string {
  const { model, messages, schema, schemaName, maxOutputTokens } = question
  const turns = messages.map(({ role, content }) => [role, content])
  const parts = [VERSION, baseUrl, model, turns, schemaName, schema, maxOutputTokens, TEMPERATURE]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
