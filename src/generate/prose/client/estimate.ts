/** How many tokens a text has, without a tokenizer: once as a guess for packing, once as a bound for money. */

import type { Message } from '#generate/prose/ask.ts'

/**
 * A guess that is rather too high: a token for three UTF-8 bytes. Code has 3 to 4 bytes a token in the vocabularies of
 * today's models, English 4 to 5, Chinese about 3; only long numbers, hashes and base64 have fewer, down to 1.
 */
export const estimateTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3)

/** What a template puts around a message: marks of its start and end, its role. */
const TOKENS_A_MESSAGE = 16

/**
 * The most that a question can have. No tokenizer in use makes more than one token of a byte: byte-level BPE merges bytes
 * and never splits them, and SentencePiece falls back to bytes. So it is their number, and something for the template.
 *
 * @param extra - Text that an endpoint may count too, such as a schema.
 */
export function boundTokens(messages: readonly Message[], extra = ''): number {
  let sum = TOKENS_A_MESSAGE + Buffer.byteLength(extra)
  for (const { content } of messages) sum += Buffer.byteLength(content) + TOKENS_A_MESSAGE
  return sum
}
