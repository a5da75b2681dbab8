/** Parses errors of endpoints in the formats of OpenAI, vLLM, FastAPI and OpenRouter. */

import { z } from 'zod'

export interface EndpointError {
  status: number
  /** `insufficient_quota`, `context_length_exceeded`, …; empty when missing. */
  code: string
  type: string
  /** The name of the offending parameter. */
  param: string
  /** The message on one line, at most 1,000 characters; not masked. */
  message: string
}

const MAX_MESSAGE = 1_000

const Word = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)

const Inner = z.object({
  message: z.unknown(),
  code: Word,
  type: Word,
  param: Word,
  metadata: z.object({ raw: z.unknown() }).partial().nullish().catch(null),
})

/** The format of FastAPI: `loc` names the parameter. Its copy of the question is ignored. */
const Detail = z.array(z.object({ loc: z.array(z.unknown()).catch([]), msg: z.string().catch('') }))

/**
 * @param text - The response body.
 * @returns `undefined` for a response with status 200 and no error.
 */
export function readError(status: number, text: string): EndpointError | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return status === 200 ? undefined : blank(status, text)
  }
  const outer = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  const inner = outer.error ?? (status === 200 ? undefined : outer)
  if (inner === undefined || inner === null) return undefined
  if (typeof inner === 'string') return blank(status, inner)
  const { data } = Inner.safeParse(inner)
  const details = Detail.safeParse(outer.detail).data ?? []
  const raw = data?.metadata?.raw
  const parts = [
    wordsOf(data?.message),
    raw === undefined ? '' : wordsOf(raw),
    typeof outer.detail === 'string' ? outer.detail : '',
    ...details.map(({ loc, msg }) => `${loc.filter((part) => part !== 'body').join('.')}: ${msg}`),
  ]
  return {
    status: status === 200 ? statusIn(data?.code) : status,
    code: data?.code ?? '',
    type: data?.type ?? '',
    param: data?.param ?? String(details[0]?.loc.at(-1) ?? ''),
    message: oneLine(parts.filter(Boolean).join('; ')),
  }
}

const blank = (status: number, text: string): EndpointError => ({
  status,
  code: '',
  type: '',
  param: '',
  message: oneLine(/^\s*</.test(text) ? 'an HTML page' : text),
})

/** OpenRouter puts the provider's status in `code`. */
function statusIn(code: string | null | undefined): number {
  const status = Number(code)
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : 502
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** Truncated first, because it may be long. */
const oneLine = (text: string): string =>
  text
    .slice(0, MAX_MESSAGE)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
