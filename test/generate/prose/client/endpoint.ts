/** A small endpoint of Chat Completions for the tests of this folder, and a model that asks it. */

import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { z } from 'zod'
import { Aborted } from '#base/errors.ts'
import type { LlmSettings } from '#base/model-settings.ts'
import type { Ask, Model } from '#generate/prose/ask.ts'
import { createLedger } from '#generate/prose/budget/ledger.ts'
import { createPrices } from '#generate/prose/budget/prices.ts'
import { createAnswerStore } from '#generate/prose/client/answer-store.ts'
import { createModel } from '#generate/prose/client/create-model.ts'
import type { Time } from '#generate/prose/client/request-limit.ts'

export interface Heard {
  headers: IncomingHttpHeaders
  /** As it came. */
  text: string
  body: {
    model: string
    messages: { role: string; content: string }[]
    temperature?: number
    max_tokens?: number
    max_completion_tokens?: number
    response_format?: { type: string; json_schema?: { name: string; strict: boolean; schema: Record<string, unknown> } }
  }
}

export interface Endpoint {
  /** Up to and with `/v1`. */
  url: string
  heard: Heard[]
}

/** @param answer - Told what was asked and how many were before. */
export async function startEndpoint(
  t: TestContext,
  answer: (response: ServerResponse, heard: Heard, index: number) => unknown,
): Promise<Endpoint> {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const one = { headers: request.headers, text, body: JSON.parse(text) }
      heard.push(one)
      answer(response, one, heard.length - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, heard }
}

export interface Said {
  finish?: string
  refusal?: string
  usage?: unknown
}

export const completion = (content: unknown, { finish = 'stop', refusal, usage = USAGE }: Said = {}): string =>
  JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, refusal } }],
    usage,
  })

const USAGE = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 }

export function say(response: ServerResponse, content: unknown, said?: Said): void {
  response.setHeader('content-type', 'application/json')
  response.end(completion(content, said))
}

export function fail(
  response: ServerResponse,
  status: number,
  error: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ error: { message: `failed with ${status}`, ...error } }))
}

export const settingsFor = (url: string, settings: Partial<LlmSettings> = {}): LlmSettings => ({
  baseUrl: url,
  apiKey: 'key-of-the-test',
  mainModel: 'main-model',
  clusterModel: 'main-model',
  fallbackModel: null,
  allowedModels: ['main-model'],
  concurrency: 4,
  timeoutMs: 20_000,
  contextTokens: 32_000,
  perJob: { costUsd: 0, tokens: 0, calls: 0 },
  perDay: { costUsd: 0, tokens: 0, calls: 0 },
  prices: new Map(),
  ask: null,
  ...settings,
})

/** Time that passes when somebody sleeps, and only then. */
export function fakeTime(startMs = Date.now()): Time & { slept: number[] } {
  let nowMs = startMs
  const slept: number[] = []
  return {
    slept,
    now: () => nowMs,
    async sleep(ms, signal) {
      slept.push(ms)
      await new Promise((resolve) => setImmediate(resolve))
      if (signal.aborted) throw new Aborted('aborted')
      nowMs += ms
    },
  }
}

export interface Setup {
  model: Model
  time: ReturnType<typeof fakeTime>
  /** What was logged. */
  logged: string[]
  spool: string
}

export function setUp(
  t: TestContext,
  url: string,
  { spool = temporaryFolder(t), time = fakeTime(), ...settings }: Partial<LlmSettings> & Partial<Setup> = {},
): Setup {
  const logged: string[] = []
  const log = (_: 'warn', text: string): void => void logged.push(text)
  const all = settingsFor(url, settings)
  const priceOf = createPrices({ baseUrl: url, prices: all.prices, isMoneyLimited: false, log })
  const { perJob, perDay } = all
  const ledger = createLedger({ folder: path.join(spool, 'spend'), job: 'job', perJob, perDay, priceOf, log })
  const answers = createAnswerStore(path.join(spool, 'answers'), undefined, time.now)
  return { model: createModel(all, { answers, ledger, log, time, random: () => 0.5 }), time, logged, spool }
}

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'docspool-prose-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export const Prose = z.object({ title: z.string().max(80), lines: z.array(z.string()) })

/** A right answer. */
export const PROSE = { title: 'A title', lines: ['one', 'two'] }
export const GOOD = JSON.stringify(PROSE)

export const ask = (words: string, more: Partial<Ask<z.infer<typeof Prose>>> = {}): Ask<z.infer<typeof Prose>> => ({
  role: 'main',
  about: `test ${words}`.slice(0, 40),
  messages: [
    { role: 'system', content: 'You write.' },
    { role: 'user', content: words },
  ],
  schema: Prose,
  schemaName: 'prose',
  maxOutputTokens: 500,
  ...more,
})

export const never = new AbortController().signal
