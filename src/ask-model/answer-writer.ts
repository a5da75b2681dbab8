/** Reads the output of a model while it arrives, and keeps the sentences that pass the check. */

import type { Sentence } from '#ask/answer.ts'
import type { AnswerEvent } from '#ask/answer-events.ts'
import { type AnswerSoFar, checkSentence } from './check-sentence.ts'
import { NOT_FOUND } from './prompts.ts'
import { type RawSentence, SentenceReader } from './read-sentences.ts'
import { SentencePreview } from './sentence-preview.ts'

/** Maximum number of sentences of an answer. */
const MAX_SENTENCES = 20
/** Maximum number of sentences that are read, including those that fail the check. */
const MAX_READ = 60

/** @param mask - Replaces secrets in a text of the model. */
export function createWriter(soFar: AnswerSoFar, mask: (text: string) => string) {
  const { ground } = soFar
  const sentences: Sentence[] = []
  const preview = new SentencePreview(ground, soFar.language)
  let reader = new SentenceReader()
  let read = 0
  let struck = 0
  let isNotFound = false

  async function* check(raw: readonly RawSentence[]): AsyncGenerator<AnswerEvent> {
    for (const each of raw) {
      if (read++ >= MAX_READ) return
      await ground.yieldToEventLoop()
      preview.reset()
      if (each.text.replace(/[.*"`]/g, '').trim() === NOT_FOUND) {
        isNotFound = true
        continue
      }
      const verdict =
        sentences.length >= MAX_SENTENCES ? undefined : await checkSentence({ ...each, text: mask(each.text) }, soFar)
      if (verdict !== undefined && 'sentence' in verdict) {
        sentences.push(verdict.sentence)
        yield { type: 'sentence', sentence: verdict.sentence }
      } else {
        struck += 1
        yield { type: 'struck' }
      }
    }
  }

  return {
    sentences,
    get struck() {
      return struck
    },
    /** The model has reported that the documentation does not answer the question. */
    get isNotFound() {
      return isNotFound
    },
    get isFull() {
      return read >= MAX_READ || sentences.length >= MAX_SENTENCES
    },
    async *push(text: string): AsyncGenerator<AnswerEvent> {
      yield* check(reader.push(text))
      await ground.yieldToEventLoop()
      const words = preview.next(mask(reader.pending))
      if (words !== '') yield { type: 'words', text: words }
    },
    /** Ends a turn of the model. @param isWhole - Whether text without a full stop at the end is a sentence, too. */
    async *end(isWhole: boolean): AsyncGenerator<AnswerEvent> {
      const rest = reader.end()
      if (isWhole) yield* check(rest)
      else if (rest.length > 0) yield { type: 'struck' }
      preview.reset()
      reader = new SentenceReader()
    },
  }
}

export type Writer = ReturnType<typeof createWriter>
