/** Settings for language models and limits on their cost. */

import { z } from 'zod'
import { OFFLINE } from './offline.ts'
import { BadConfiguration, fraction, list, whole } from './setting-types.ts'

/** Settings by environment variable, in the order and with the text of docs/settings.md. */
export const ModelSettings = {
  LLM_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .optional()
    .describe('Endpoint of a language model (OpenAI-compatible), including `/v1`; also as `OPENAI_BASE_URL`'),
  LLM_API_KEY: z.string().optional().describe('API key of that endpoint; also as `OPENAI_API_KEY`'),
  MAIN_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe('Model that writes prose; without it and one of the two above, no model is used'),
  CLUSTER_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe('Model that names and groups modules; `MAIN_MODEL` by default'),
  FALLBACK_MODEL_1: z.string().max(200).optional().describe('Model to use when `MAIN_MODEL` does not answer'),
  DOCSPOOL_MODELS: list('').describe('Further models that a job may choose by its option `model`'),
  DOCSPOOL_LLM_CONCURRENCY: whole(8, 1, 256).describe('Simultaneous requests of one job'),
  DOCSPOOL_LLM_TIMEOUT_S: whole(180, 1, 3_600).describe('Time limit of one request, seconds'),
  DOCSPOOL_CONTEXT_TOKENS: whole(32_000, 4_000, 10_000_000).describe('Tokens of a request and its answer together'),
  DOCSPOOL_MAX_COST_USD: fraction(5, 0, 1_000_000).describe(
    'What a job may spend on models, US dollars; 0 for no limit',
  ),
  DOCSPOOL_MAX_TOKENS: whole(0, 0, 1e12).describe('Tokens that a job may use; 0 for no limit'),
  DOCSPOOL_MAX_CALLS: whole(0, 0, 1e9).describe('Requests that a job may send; 0 for no limit'),
  DOCSPOOL_MAX_COST_USD_PER_DAY: fraction(20, 0, 1_000_000).describe(
    'What all jobs together may spend on models in a day (UTC), US dollars; 0 for no limit',
  ),
  DOCSPOOL_MAX_TOKENS_PER_DAY: whole(0, 0, 1e12).describe(
    'Tokens that all jobs together may use in a day (UTC); 0 for no limit',
  ),
  DOCSPOOL_MAX_CALLS_PER_DAY: whole(0, 0, 1e9).describe(
    'Requests that all jobs together may send in a day (UTC); 0 for no limit',
  ),
  DOCSPOOL_ASK_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe('Model that answers questions; `MAIN_MODEL` by default, `offline` for none'),
  DOCSPOOL_ASK_CALLS: whole(6, 1, 50).describe('Requests to the model for one question'),
  DOCSPOOL_ASK_TOKENS: whole(60_000, 4_000, 1e9).describe('Tokens that one question may use'),
  DOCSPOOL_ASK_COST_USD_PER_HOUR: fraction(2, 0, 1_000_000).describe(
    'What all questions together may spend in an hour, within the limits of a day, US dollars; 0 for no limit',
  ),
  DOCSPOOL_ASK_TOKENS_PER_HOUR: whole(0, 0, 1e12).describe(
    'Tokens that all questions together may use in an hour; 0 for no limit',
  ),
  DOCSPOOL_PRICES: list('').describe(
    'Prices of models, before those of the built-in table: `model=input/output`, US dollars per million tokens',
  ),
}

/** The endpoint of a language model and the limits of its cost. */
export interface LlmSettings {
  /** `null` for the default of the client library. */
  baseUrl: string | null
  /** `null` for an endpoint without keys. */
  apiKey: string | null
  mainModel: string
  clusterModel: string
  fallbackModel: string | null
  /** Models that a job may choose, including `mainModel`. */
  allowedModels: string[]
  concurrency: number
  timeoutMs: number
  contextTokens: number
  perJob: SpendLimit
  perDay: SpendLimit
  /** Prices keyed by model. */
  prices: ReadonlyMap<string, Price>
  /** `null` if no model answers questions. */
  ask: AskSettings | null
}

/** The model that answers questions, and its limits. */
export interface AskSettings {
  model: string
  /** Limit on requests for one question. */
  calls: number
  /** Limit on tokens for one question. */
  tokens: number
  /** Limit for all questions together. */
  perHour: SpendLimit
}

/** Limits of spending; 0 for no limit. */
export interface SpendLimit {
  costUsd: number
  tokens: number
  calls: number
}

/** US dollars per million tokens. */
export interface Price {
  input: number
  output: number
}

/** Matches the names of settings whose empty value counts as not set. */
export const MODEL_SETTING = /^LLM_|MODEL/

/**
 * @param env - The parsed `ModelSettings`.
 * @returns `null` when no model is configured.
 * @throws {BadConfiguration} A price is invalid.
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
    ask: readAsk(env, env.MAIN_MODEL),
  }
}

function readAsk(env: z.infer<z.ZodObject<typeof ModelSettings>>, mainModel: string): AskSettings | null {
  const model = env.DOCSPOOL_ASK_MODEL ?? mainModel
  if (model === OFFLINE) return null
  const perHour = { costUsd: env.DOCSPOOL_ASK_COST_USD_PER_HOUR, tokens: env.DOCSPOOL_ASK_TOKENS_PER_HOUR, calls: 0 }
  return { model, calls: env.DOCSPOOL_ASK_CALLS, tokens: env.DOCSPOOL_ASK_TOKENS, perHour }
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

/** Parses `model=input/output`. Model names may contain `/`, `:` and `=`; the price follows the last `=`. */
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
