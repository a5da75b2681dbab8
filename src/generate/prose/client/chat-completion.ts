/** Parses a Chat Completions response. */

import { z } from 'zod'

export interface Reply {
  text: string
  /** Why the model declined, or a note that the endpoint filtered the answer. */
  refusal: string | null
  /** Whether the answer reached the token limit. */
  isTruncated: boolean
  /** The usage as reported by the endpoint, unchecked; `null` when missing. */
  usage: { inputTokens: unknown; outputTokens: unknown } | null
}

const Part = z.object({ text: z.string().nullish(), refusal: z.string().nullish() })

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

/** @returns `undefined` for anything that is not an answer, such as an error sent with status 200, a proxy's page, incomplete JSON. */
export function readReply(body: string): Reply | undefined {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return undefined
  }
  const { data } = Completion.safeParse(json)
  const choice = data?.choices[0]
  // OpenRouter reports a failure of its provider in this way.
  if (data === undefined || choice === undefined || choice.finish_reason === 'error') return undefined
  const { content, refusal } = choice.message
  const parts = typeof content === 'string' ? [{ text: content }] : (content ?? [])
  const declined = refusal || parts.map((part) => ('refusal' in part ? part.refusal : undefined)).find(Boolean)
  const isFiltered = choice.finish_reason === 'content_filter'
  return {
    text: parts.map(({ text }) => text ?? '').join(''),
    refusal: declined || (isFiltered ? 'The endpoint filtered the answer' : null),
    isTruncated: choice.finish_reason === 'length',
    usage: data.usage ? { inputTokens: data.usage.prompt_tokens, outputTokens: data.usage.completion_tokens } : null,
  }
}
