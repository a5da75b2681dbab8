/** Estimates tokens without a tokenizer: a guess for packing, and an upper bound for budgets. */

import type { Message } from '#generate/prose/ask.ts'

/**
 * A high estimate: one token per three UTF-8 bytes. In current vocabularies code has 3 to 4 bytes per token,
 * English 4 to 5, Chinese about 3; only long numbers, hashes and base64 have fewer, down to 1.
 */
export const estimateTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3)

/** Tokens of a chat template: start, end and role of a message. */
const TOKENS_PER_MESSAGE = 16

/**
 * An upper bound. No tokenizer in use makes more than one token from a byte: byte-level BPE only merges bytes, and
 * SentencePiece falls back to bytes. So it is the number of bytes, plus the template.
 *
 * @param extra - Further text that the endpoint may count, such as a schema.
 */
export function boundTokens(messages: readonly Message[], extra = ''): number {
  let sum = TOKENS_PER_MESSAGE + Buffer.byteLength(extra)
  for (const { content } of messages) sum += Buffer.byteLength(content) + TOKENS_PER_MESSAGE
  return sum
}
