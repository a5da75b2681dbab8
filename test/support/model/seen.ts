/** What the stand-in keeps of the requests that it got. */

import { createHash } from 'node:crypto'
import type { Behaviour } from './behaviour.ts'
import type { ChatRequest } from './protocol.ts'

/** A request that could be read, and what became of it. */
export interface Seen {
  request: ChatRequest
  /** Of the model and the messages: the same for the same prompt. */
  hash: string
  /** The key that came with it. */
  key?: string
  /** What `hostile` turned out to be, too; not there when it was refused before. */
  behaviour?: Behaviour
  /** Of the answer; not there before it begins. */
  status?: number
  /** Milliseconds since the epoch. */
  startedAt: number
  endedAt?: number
  /** When the first words of a stream left. */
  wordsAt?: number
  /** The whole reply left the server. */
  isWhole: boolean
}

/** Tokens are those of answers that left whole, counted truly also where the reported usage lies or is left out. */
export interface Counters {
  /** To `/chat/completions`, unreadable ones too. */
  requests: number
  /** With 200, and whole. */
  answered: number
  inputTokens: number
  outputTokens: number
  peakConcurrent: number
  /** The client left before the reply was whole. */
  abandoned: number
}

export function noCounts(): Counters {
  return { requests: 0, answered: 0, inputTokens: 0, outputTokens: 0, peakConcurrent: 0, abandoned: 0 }
}

/** The same for the same model and messages, whatever else is asked. */
export function hashOf({ model, messages }: ChatRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([model, messages]))
    .digest('hex')
    .slice(0, 24)
}
