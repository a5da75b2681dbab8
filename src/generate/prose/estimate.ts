/** Estimates the cost of prose without asking a model: every question is composed and counted. */

import type { Answer, Ask, Model, Spend } from './ask.ts'
import { estimateTokens } from './client/estimate.ts'
import { type ProseInput, writeProse } from './write-prose.ts'

/** The questions if the first answer to each is good; lookups and second tries are extra. */
export interface Questions {
  calls: number
  inputTokens: number
  /** Tokens of answers of the usual length. */
  outputTokens: number
}

const LOOKED = { read: [], search: [] }
const DIAGRAM = { nodes: [], edges: [] }
/** An empty answer and the usual number of tokens, keyed by schema name. */
const EMPTY: Readonly<Record<string, { value: unknown; tokens: number }>> = {
  module_prose: {
    value: { look_up: LOOKED, summary: '', purpose: [], design: [], flow: [], pitfalls: [], diagram: DIAGRAM },
    tokens: 1_300,
  },
  part_prose: { value: { summary: '', points: [] }, tokens: 600 },
  overview_prose: {
    value: { look_up: LOOKED, summary: [], architecture: [], concepts: [], diagram: DIAGRAM },
    tokens: 1_600,
  },
}
const NOTHING: Spend = { calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }

export async function countQuestions(
  input: ProseInput,
  contextTokens: number,
  signal: AbortSignal,
): Promise<Questions> {
  const counted: Questions = { calls: 0, inputTokens: 0, outputTokens: 0 }
  const model: Model = {
    name: 'estimate',
    contextTokens,
    concurrency: 1,
    async ask<T>({ messages, schema, schemaName }: Ask<T>): Promise<Answer<T>> {
      const { value, tokens = 0 } = EMPTY[schemaName] ?? {}
      counted.calls += 1
      counted.inputTokens += messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)
      counted.outputTokens += tokens
      return { value: schema.parse(value), text: '', model: 'estimate', isCached: true }
    },
    hold: async () => () => undefined,
    spend: async () => NOTHING,
  }
  await writeProse(input, model, { signal, onProgress: () => undefined, log: () => undefined })
  return counted
}
