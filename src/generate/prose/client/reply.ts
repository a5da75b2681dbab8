/** What a Chat Completions endpoint answered, read from the bytes of its response. */

import { z } from 'zod'

export interface Reply {
  text: string
  /** The words in which the model declined, or the endpoint's filter took the answer. */
  refusal: string | null
  /** The answer ends because it had no more room. */
  isTruncated: boolean
  /** As the endpoint counted; not checked. `null` when it did not. */
  usage: { inputTokens: unknown; outputTokens: unknown } | null
}

const Part = z.object({ type: z.string().optional(), text: z.string().optional(), refusal: z.string().optional() })

const Completion = z.object({
  error: z.undefined().or(z.null()).optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.union([z.string(), z.array(Part)]).nullish(),
          refusal: z.string().nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.unknown(), completion_tokens: z.unknown() }).partial().nullish().catch(null),
})

/** @returns `undefined` for what is no answer: an error under status 200, a page of a proxy, half an answer. */
export function readReply(body: string): Reply | undefined {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return undefined
  }
  const { data } = Completion.safeParse(json)
  const choice = data?.choices[0]
  // At OpenRouter, when the provider behind it broke off.
  if (data === undefined || choice === undefined || choice.finish_reason === 'error') return undefined
  const { content, refusal } = choice.message
  const parts = typeof content === 'string' ? [{ text: content }] : (content ?? [])
  const declined = refusal || parts.map((part) => ('refusal' in part ? part.refusal : undefined)).find(Boolean)
  const isFiltered = choice.finish_reason === 'content_filter'
  return {
    text: parts.map(({ text }) => text ?? '').join(''),
    refusal: declined || (isFiltered ? 'The filter of the endpoint took the answer' : null),
    isTruncated: choice.finish_reason === 'length',
    usage: data.usage ? { inputTokens: data.usage.prompt_tokens, outputTokens: data.usage.completion_tokens } : null,
  }
}
