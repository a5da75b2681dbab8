/** Settings of the language model that writes prose, and of its cost. */

import { z } from 'zod'
import { BadConfiguration, fraction, list, whole } from './setting-forms.ts'

/** By the name of their environment variable; the order and the text are those of docs/settings.md. */
export const ModelSettings = {
  LLM_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .optional()
    .describe('Endpoint of a language model (OpenAI-compatible), up to and with `/v1`; also as `OPENAI_BASE_URL`'),
  LLM_API_KEY: z.string().optional().describe('Its key; also as `OPENAI_API_KEY`'),
  MAIN_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe('Model that writes prose; without it, and one of the two above, documents are made offline'),
  CLUSTER_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe('Model that names and groups modules; `MAIN_MODEL` when not set'),
  FALLBACK_MODEL_1: z.string().max(200).optional().describe('Model that is asked when `MAIN_MODEL` gives no answer'),
  DOCSPOOL_MODELS: list('').describe('Further models that a job may ask for by its option `model`'),
  DOCSPOOL_LLM_CONCURRENCY: whole(8, 1, 256).describe('Questions that one job asks at once'),
  DOCSPOOL_LLM_TIMEOUT_S: whole(180, 1, 3_600).describe('Time limit of one answer, seconds'),
  DOCSPOOL_CONTEXT_TOKENS: whole(32_000, 4_000, 10_000_000).describe('Tokens that a question and its answer may hold'),
  DOCSPOOL_MAX_COST_USD: fraction(5, 0, 1_000_000).describe(
    'What a job may spend on models, US dollars; 0 for no limit',
  ),
  DOCSPOOL_MAX_TOKENS: whole(0, 0, 1e12).describe('Tokens that a job may use; 0 for no limit'),
  DOCSPOOL_MAX_CALLS: whole(0, 0, 1e9).describe('Questions that a job may ask; 0 for no limit'),
  DOCSPOOL_MAX_COST_USD_PER_DAY: fraction(20, 0, 1_000_000).describe(
    'What all jobs of a day (UTC) may spend on models, US dollars; 0 for no limit',
  ),
  DOCSPOOL_MAX_TOKENS_PER_DAY: whole(0, 0, 1e12).describe(
    'Tokens that all jobs of a day (UTC) may use; 0 for no limit',
  ),
  DOCSPOOL_MAX_CALLS_PER_DAY: whole(0, 0, 1e9).describe(
    'Questions that all jobs of a day (UTC) may ask; 0 for no limit',
  ),
  DOCSPOOL_PRICES: list('').describe(
    'Prices that the built-in table lacks: `model=input/output`, US dollars for a million tokens',
  ),
}

/** The endpoint of a language model and the limits of its cost. */
export interface LlmSettings {
  /** `null` for the package's own. */
  baseUrl: string | null
  /** `null` for an endpoint without keys. */
  apiKey: string | null
  mainModel: string
  clusterModel: string
  fallbackModel: string | null
  /** That a job may choose, `mainModel` among them. */
  allowedModels: string[]
  concurrency: number
  timeoutMs: number
  contextTokens: number
  perJob: SpendLimit
  perDay: SpendLimit
  /** By model; US dollars for a million tokens. */
  prices: ReadonlyMap<string, Price>
}

/** 0 is no limit. */
export interface SpendLimit {
  costUsd: number
  tokens: number
  calls: number
}

/** US dollars for a million tokens. */
export interface Price {
  input: number
  output: number
}

/** Settings for which an empty value counts as not set. */
export const MODEL_SETTING = /^LLM_|_?MODEL/

/**
 * @param env - Of `ModelSettings`.
 * @returns `null` when no model is set up.
 * @throws {BadConfiguration} A price does not fit.
 */
export function readLlm(env: z.infer<z.ZodObject<typeof ModelSettings>>): LlmSettings | null {
  const prices = parsePrices(env.DOCSPOOL_PRICES)
  if (env.MAIN_MODEL === undefined || (env.LLM_BASE_URL === undefined && env.LLM_API_KEY === undefined)) return null
  return {
    baseUrl: env.LLM_BASE_URL ?? null,
    apiKey: env.LLM_API_KEY ?? null,
    mainModel: env.MAIN_MODEL,
    clusterModel: env.CLUSTER_MODEL ?? env.MAIN_MODEL,
    fallbackModel: env.FALLBACK_MODEL_1 ?? null,
    allowedModels: [...new Set([env.MAIN_MODEL, ...env.DOCSPOOL_MODELS])],
    concurrency: env.DOCSPOOL_LLM_CONCURRENCY,
    timeoutMs: env.DOCSPOOL_LLM_TIMEOUT_S * 1_000,
    contextTokens: env.DOCSPOOL_CONTEXT_TOKENS,
    perJob: { costUsd: env.DOCSPOOL_MAX_COST_USD, tokens: env.DOCSPOOL_MAX_TOKENS, calls: env.DOCSPOOL_MAX_CALLS },
    perDay: {
      costUsd: env.DOCSPOOL_MAX_COST_USD_PER_DAY,
      tokens: env.DOCSPOOL_MAX_TOKENS_PER_DAY,
      calls: env.DOCSPOOL_MAX_CALLS_PER_DAY,
    },
    prices,
  }
}

/** `model`: an endpoint or a key is set, but no `MAIN_MODEL`. `endpoint`: a model is set, but neither endpoint nor key. */
export type LlmLack = 'model' | 'endpoint'

/** @returns `null` when the model is configured completely or not at all. */
export function findLlmLack(env: z.infer<z.ZodObject<typeof ModelSettings>>): LlmLack | null {
  const hasEndpoint = env.LLM_BASE_URL !== undefined || env.LLM_API_KEY !== undefined
  const names = [env.MAIN_MODEL, env.CLUSTER_MODEL, env.FALLBACK_MODEL_1, ...env.DOCSPOOL_MODELS]
  if (hasEndpoint) return env.MAIN_MODEL === undefined ? 'model' : null
  return names.some((name) => name !== undefined) ? 'endpoint' : null
}

/** Names of models may contain `/` and `:`; the price follows the last `=`. */
function parsePrices(items: string[]): Map<string, Price> {
  return new Map(
    items.map((item) => {
      const [, model, input, output] = /^(.+)=([0-9.]+)\/([0-9.]+)$/.exec(item) ?? []
      const price = { input: Number(input), output: Number(output) }
      if (model === undefined || !Number.isFinite(price.input) || !Number.isFinite(price.output)) {
        throw new BadConfiguration(
          `DOCSPOOL_PRICES: expected model=input/output such as gpt-x=0.5/2, found ${JSON.stringify(item)}`,
        )
      }
      return [model, price]
    }),
  )
}
