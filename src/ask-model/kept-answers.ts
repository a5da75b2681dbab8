/**
 * Answers of models on disk, keyed by a hash of the question, the commit's documents, the model and the previous questions.
 * Only callers who ask the same question get an answer, unless it was shared.
 */

import { z } from 'zod'
import { Written } from '#ask/answer.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { sha256Of } from '#base/sha256.ts'
import type { AnswerStore } from '#generate/prose/client/answer-store.ts'

/** Raise it to discard earlier answers when prompts or checks have changed. */
const VERSION = 2

const Kept = z.object({
  /** Key of the set. */
  set: z.string(),
  question: z.string(),
  previous: z.array(z.string()),
  written: Written,
  is_shared: z.boolean(),
  useful: z.int(),
  not_useful: z.int(),
})
export type Kept = z.infer<typeof Kept>

export interface AnswerKey {
  set: string
  question: string
  previous: readonly string[]
  model: string
  endpoint: string
}

/** 64 hex digits. */
export function answerIdOf({ set, question, previous, model, endpoint }: AnswerKey): string {
  const parts = [VERSION, set, plain(question), previous.map(plain), model, endpoint]
  return sha256Of(JSON.stringify(parts))
}

const plain = (question: string): string => question.trim().replace(/\s+/g, ' ')

export interface KeptAnswers {
  read(id: string): Kept | undefined
  /** Failures are passed to `log`. */
  write(id: string, kept: Kept): void
}

export function createKeptAnswers(store: AnswerStore, log: (text: string) => void): KeptAnswers {
  return {
    read(id) {
      const found = store.read(id)
      return found && Kept.safeParse(parseIfJson(found.body)).data
    },
    write(id, kept) {
      try {
        store.write(id, JSON.stringify(kept))
      } catch (error) {
        log(`An answer cannot be kept: ${String(error)}`)
      }
    },
  }
}
