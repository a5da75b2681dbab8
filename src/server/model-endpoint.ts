/** Messages for the operator about the language model and its endpoint. They never contain the key. */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import type { LlmLack, LlmSettings } from '#base/model-settings.ts'

const DEFAULT_BASE_URL = 'https://api.openai.com/v1'
const TIMEOUT_MS = 5_000

/** The host and port of the endpoint, without credentials and path. */
const hostOf = ({ baseUrl }: LlmSettings): string => new URL(baseUrl ?? DEFAULT_BASE_URL).host

/** `prose by gpt-x at api.openai.com`. */
export const writerOf = (llm: LlmSettings | null): string =>
  llm === null ? 'documents are made offline' : `prose by ${llm.mainModel} at ${hostOf(llm)}`

/** Warnings about an incomplete configuration of a model. */
export const LLM_LACKS: Readonly<Record<LlmLack, string>> = {
  model: 'an endpoint or a key of a model is set, but MAIN_MODEL is not: no model is used',
  endpoint: 'a model is set, but neither LLM_BASE_URL nor LLM_API_KEY is: no model is used',
}

/** Log at startup which model writes prose, and a warning if its configuration is incomplete. */
export function logWriter(config: Pick<Config, 'llm' | 'llmLack'>, log: Log): void {
  if (config.llmLack !== null) log.warn(LLM_LACKS[config.llmLack])
  log.info(writerOf(config.llm))
}

/** The result of requesting the list of models from an endpoint. */
export interface EndpointState {
  ok: boolean
  /** A clause: `answers, and has the model`. */
  text: string
}

/**
 * Request the list of models from an endpoint.
 *
 * Messages of `fetch` errors are not repeated, because they may contain the key or the URL with its password.
 */
export async function askEndpoint(llm: LlmSettings): Promise<EndpointState> {
  const url = `${(llm.baseUrl ?? DEFAULT_BASE_URL).replace(/(?<!\/)\/+$/, '')}/models`
  let response: Response
  try {
    const headers = {
      accept: 'application/json',
      ...(llm.apiKey !== null && { authorization: `Bearer ${llm.apiKey}` }),
    }
    response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    return { ok: false, text: `does not answer${reasonOf(error)}; check LLM_BASE_URL` }
  }
  if (response.status === 401 || response.status === 403) {
    return { ok: false, text: `refuses the key (${response.status}); check LLM_API_KEY` }
  }
  // Some endpoints have no list of models.
  if (response.status === 404 || response.status === 405) return { ok: true, text: 'answers, without a list of models' }
  if (!response.ok)
    return { ok: false, text: `answers ${response.status}; check LLM_BASE_URL, which usually ends with /v1` }
  const names = await namesOf(response)
  if (names === undefined)
    return { ok: false, text: 'answers without a list of models; check LLM_BASE_URL, which usually ends with /v1' }
  if (names.has(llm.mainModel)) return { ok: true, text: `answers, and has ${llm.mainModel}` }
  return { ok: true, text: `answers, but does not list ${llm.mainModel}; check MAIN_MODEL` }
}

/** ` (ECONNREFUSED)`, ` within 5 s`, or nothing. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return ` within ${TIMEOUT_MS / 1_000} s`
  const code = error instanceof Error ? (error.cause as { code?: unknown } | undefined)?.code : undefined
  return typeof code === 'string' && /^[A-Z_0-9]{1,60}$/.test(code) ? ` (${code})` : ''
}

async function namesOf(response: Response): Promise<Set<unknown> | undefined> {
  const body: unknown = await response.json().catch(() => undefined)
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
  return Array.isArray(data) ? new Set(data.map((model) => (model as { id?: unknown } | null)?.id)) : undefined
}
