import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import { readConfig } from '#base/config.ts'
import { askEndpoint, logWriter } from '#server/model-endpoint.ts'

const KEY = 'sk-canary-4711'

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

const llmOf = (baseUrl: string, apiKey = KEY) =>
  readConfig({}, { LLM_BASE_URL: baseUrl, LLM_API_KEY: apiKey, MAIN_MODEL: 'gpt-x' }).llm ?? assert.fail()

test('an endpoint that lists the model answers; the key goes to it alone', async (t) => {
  const asked: IncomingMessage[] = []
  const url = await serve(t, (request, response) => {
    asked.push(request)
    response.end(JSON.stringify({ data: [{ id: 'gpt-x' }, null] }))
  })
  for (const base of [url, `${url}/`]) {
    assert.deepEqual(await askEndpoint(llmOf(base)), { ok: true, text: 'answers, and has gpt-x' })
  }
  assert.deepEqual(
    asked.map(({ url, headers }) => [url, headers.authorization]),
    [1, 2].map(() => ['/v1/models', `Bearer ${KEY}`]),
  )
})

test('what is wrong with an endpoint is told with what to check, and never with the key', async (t) => {
  const answers: [status: number, body: string, ok: boolean, text: RegExp][] = [
    [200, '{"data":[{"id":"other"}]}', true, /does not list gpt-x; check MAIN_MODEL/],
    [200, '<html>', false, /without a list of models; check LLM_BASE_URL/],
    [401, KEY, false, /refuses the key \(401\); check LLM_API_KEY/],
    [404, '', true, /without a list/],
    [302, '', false, /answers 302; check LLM_BASE_URL/],
    [500, KEY, false, /answers 500/],
  ]
  for (const [status, body, ok, text] of answers) {
    const url = await serve(t, (_, response) => response.writeHead(status, { location: '/elsewhere' }).end(body))
    const state = await askEndpoint(llmOf(url))
    assert.equal(state.ok, ok, state.text)
    assert.match(state.text, text)
    assert.ok(!state.text.includes(KEY))
  }
  const gone = await askEndpoint(llmOf('http://127.0.0.1:9/v1'))
  assert.equal(gone.ok, false)
  assert.match(gone.text, /does not answer.*; check LLM_BASE_URL/)
  for (const [url, key] of [
    ['http://127.0.0.1:9/v1', `${KEY}\u2028`],
    [`http://me:${KEY}@127.0.0.1:9/v1`, KEY],
  ] as const) {
    const odd = await askEndpoint(llmOf(url, key))
    assert.equal(odd.ok, false)
    assert.ok(!odd.text.includes('canary'), odd.text)
  }
})

test('the log says who writes, without the key, and warns of half a set of settings', () => {
  const logged = (environment: Record<string, string>): string[] => {
    const lines: string[] = []
    logWriter(readConfig({}, environment), pino({}, { write: (line: string) => lines.push(line) }))
    return lines.map((line) => `${JSON.parse(line).level} ${JSON.parse(line).msg}`)
  }
  assert.deepEqual(logged({}), ['30 documents are made offline'])
  assert.deepEqual(logged({ LLM_API_KEY: KEY, MAIN_MODEL: 'gpt-x' }), ['30 prose by gpt-x at api.openai.com'])
  assert.deepEqual(logged({ LLM_BASE_URL: `http://me:${KEY}@localhost:11434/v1`, MAIN_MODEL: 'm' }), [
    '30 prose by m at localhost:11434',
  ])
  for (const half of [{ OPENAI_API_KEY: KEY }, { LLM_BASE_URL: 'http://localhost/v1' }]) {
    const [warning, line] = logged(half)
    assert.match(warning ?? '', /^40 .*MAIN_MODEL is not/)
    assert.equal(line, '30 documents are made offline')
  }
  assert.equal(logged({ OPENAI_API_KEY: '' }).length, 1)
})
