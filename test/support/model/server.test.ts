import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import OpenAI, { AuthenticationError, NotFoundError, RateLimitError } from 'openai'
import type { ChatRequest } from './protocol.ts'
import { inputTokensOf, tokensOf } from './protocol.ts'
import { sampleRequest } from './sample.ts'
import { type ModelServer, type ModelServerOptions, startModelServer } from './server.ts'

let servers: ModelServer[] = []

async function start(options: ModelServerOptions = {}) {
  const server = await startModelServer(options)
  servers.push(server)
  const client = new OpenAI({ baseURL: server.url, apiKey: options.key ?? 'any', maxRetries: 0 })
  return { server, client }
}

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
})

type Asked = OpenAI.ChatCompletionCreateParamsNonStreaming

const asked = (request: ChatRequest) => request as unknown as Asked

async function contentFrom(client: OpenAI, request = sampleRequest()): Promise<string> {
  const completion = await client.chat.completions.create(asked(request))
  return completion.choices[0]?.message.content ?? assert.fail('no content')
}

async function streamFrom(client: OpenAI, request = sampleRequest()) {
  const stream = await client.chat.completions.create({
    ...asked(request),
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks: OpenAI.ChatCompletionChunk[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return chunks
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

const post = (server: ModelServer, body: unknown, init: RequestInit = {}) =>
  fetch(`${server.url}/chat/completions`, { method: 'POST', body: JSON.stringify(body), ...init })

describe('the protocol', () => {
  test('the package of OpenAI gets a completion with JSON, a reason to stop and the usage', async () => {
    const { client } = await start()
    const completion = await client.chat.completions.create(asked(sampleRequest()))
    const [choice] = completion.choices
    const text = choice?.message.content ?? ''
    assert.ok(JSON.parse(text).summary)
    assert.equal(choice?.finish_reason, 'stop')
    assert.equal(completion.model, 'stand-in')
    assert.equal(completion.usage?.prompt_tokens, inputTokensOf(sampleRequest()))
    assert.equal(completion.usage?.completion_tokens, Math.ceil(Buffer.byteLength(text) / 4))
  })

  test('a stream gives the same text in pieces, and the usage in a last chunk', async () => {
    const { client } = await start()
    for (const language of ['en', 'ja']) {
      const chunks = await streamFrom(client, sampleRequest({ language }))
      const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
      assert.ok(chunks.length > 10)
      assert.equal(text, await contentFrom(client, sampleRequest({ language })))
      assert.equal(chunks.at(-1)?.usage?.completion_tokens, tokensOf(text))
      assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, 'stop')
    }
  })

  test('a stream is made of server-sent events that end with [DONE], without usage when nobody asked for it', async () => {
    const { server } = await start()
    const response = await post(server, { ...sampleRequest(), stream: true })
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    const events = (await response.text()).split('\n\n')
    assert.equal(events.pop(), '')
    assert.equal(events.pop(), 'data: [DONE]')
    for (const event of events) assert.equal(JSON.parse(event.replace(/^data: /, '')).usage, undefined)
  })

  test('an endpoint that does not report the usage never does', async () => {
    const { client } = await start({ reportsUsage: false })
    const completion = await client.chat.completions.create(asked(sampleRequest()))
    assert.equal(completion.usage, undefined)
    assert.ok((await streamFrom(client)).every(({ usage }) => usage === undefined))
  })

  test('models are listed, and others are not found', async () => {
    const { client } = await start({ models: ['small', 'large'] })
    assert.deepEqual(
      (await client.models.list()).data.map(({ id }) => id),
      ['small', 'large'],
    )
    await assert.rejects(
      contentFrom(client),
      (error) => error instanceof NotFoundError && error.code === 'model_not_found',
    )
  })

  test('a wrong key is refused everywhere, the right one is not', async () => {
    const { server, client } = await start({ key: 'sk-right' })
    const wrong = new OpenAI({ baseURL: server.url, apiKey: 'sk-wrong', maxRetries: 0 })
    await assert.rejects(contentFrom(wrong), AuthenticationError)
    await assert.rejects(wrong.models.list(), AuthenticationError)
    assert.ok(await contentFrom(client))
    assert.deepEqual(
      server.seen.map(({ key, status }) => [key, status]),
      [
        ['sk-wrong', 401],
        ['sk-right', 200],
      ],
    )
  })

  test('a body that is no request, and a path that is none, are refused', async () => {
    const { server } = await start()
    assert.equal((await fetch(`${server.url}/chat/completions`, { method: 'POST', body: '{' })).status, 400)
    assert.equal((await post(server, { model: 'stand-in' })).status, 400)
    assert.equal((await fetch(`${server.url}/completions`, { method: 'POST' })).status, 404)
    assert.deepEqual([server.counters.requests, server.seen.length], [2, 0])
  })

  test('an answer is cut at the limit of tokens when even a short one does not fit', async () => {
    const { client } = await start()
    const completion = await client.chat.completions.create({ ...asked(sampleRequest()), max_completion_tokens: 20 })
    assert.equal(completion.choices[0]?.finish_reason, 'length')
    assert.ok(Number(completion.usage?.completion_tokens) <= 20)
  })

  test('a script that throws is told to the client as a fault of the stand-in', async () => {
    const { server } = await start({ behaviour: () => assert.fail('not this one') })
    const response = await post(server, sampleRequest())
    assert.equal(response.status, 501)
    assert.match(await response.text(), /not this one/)
  })
})

describe('the same prompt', () => {
  test('gets the same bytes from another server with the same seed, in another order', async () => {
    const notes = ['a', 'b', 'c', 'd']
    const run = async (order: string[], seed: number) => {
      const { server } = await start({ seed, behaviour: 'hostile' })
      const bodies = new Map<string, string>()
      for (const note of order) bodies.set(note, await (await post(server, sampleRequest({ note }))).text())
      return notes.map((note) => bodies.get(note))
    }
    const first = await run(notes, 5)
    assert.deepEqual(await run(notes.toReversed(), 5), first)
    assert.notDeepEqual(await run(notes, 6), first)
    assert.equal(new Set(first).size, notes.length)
  })
})

describe('the script', () => {
  test('of several behaviours has one for each request, and the last for the rest', async () => {
    const { server } = await start({ behaviour: ['broken', 'no-quota', 'well-behaved'] })
    const statuses: number[] = []
    for (let n = 0; n < 4; n++) statuses.push((await post(server, sampleRequest())).status)
    assert.deepEqual(statuses, [500, 429, 200, 200])
  })

  test('may be a function of the request and its number', async () => {
    const { server } = await start({
      behaviour: ({ request }, n) => (n === 0 ? 'broken' : request.response_format ? 'no-json' : 'well-behaved'),
    })
    const { response_format: _, ...plain } = sampleRequest()
    assert.equal((await post(server, sampleRequest())).status, 500)
    assert.equal((await post(server, sampleRequest())).status, 400)
    assert.equal((await post(server, plain)).status, 200)
  })

  test('can be changed while the server runs', async () => {
    const { server, client } = await start()
    const before = await contentFrom(client)
    server.behave('broken')
    await assert.rejects(contentFrom(client), { status: 500 })
    server.behave('well-behaved')
    assert.equal(await contentFrom(client), before)
    assert.deepEqual(
      server.seen.map(({ behaviour }) => behaviour),
      [{ name: 'well-behaved' }, { name: 'broken' }, { name: 'well-behaved' }],
    )
  })
})

describe('the counters', () => {
  test('hold what was answered whole, in the tokens that were reported', async () => {
    const { server, client } = await start({ behaviour: ['well-behaved', 'broken', 'well-behaved'] })
    const usages: (OpenAI.CompletionUsage | undefined)[] = []
    for (const note of ['a', 'b', 'c']) {
      const completion = await client.chat.completions.create(asked(sampleRequest({ note }))).catch(() => undefined)
      if (completion) usages.push(completion.usage)
    }
    await server.idle()
    const sum = (of: (usage: OpenAI.CompletionUsage) => number) =>
      usages.reduce((all, usage) => all + (usage ? of(usage) : 0), 0)
    assert.deepEqual(server.counters, {
      requests: 3,
      answered: 2,
      inputTokens: sum((usage) => usage.prompt_tokens),
      outputTokens: sum((usage) => usage.completion_tokens),
      peakConcurrent: 1,
      abandoned: 0,
    })
    assert.deepEqual(
      server.seen.map(({ isWhole }) => isWhole),
      [true, true, true],
    )
    assert.ok(server.seen.every(({ startedAt, endedAt }) => endedAt !== undefined && endedAt >= startedAt))
  })

  test('know how many requests there were at once', async () => {
    const { server } = await start({ behaviour: 'hang' })
    const leaving = new AbortController()
    const asking = ['a', 'b', 'c'].map((note) => post(server, sampleRequest({ note }), { signal: leaving.signal }))
    await until(() => server.seen.length === 3)
    leaving.abort()
    await Promise.allSettled(asking)
    await server.idle()
    assert.equal(server.counters.peakConcurrent, 3)
    assert.equal(server.counters.abandoned, 3)
  })

  test('count a client that leaves before and in the middle of the answer as one that abandoned it', async () => {
    const { server } = await start({ behaviour: ['hang', { name: 'hang', at: 'middle' }] })
    for (const isStream of [false, true]) {
      const leaving = new AbortController()
      const asking = post(server, { ...sampleRequest(), stream: isStream }, { signal: leaving.signal })
      if (isStream) {
        const reader = (await asking).body?.getReader()
        assert.equal((await reader?.read())?.done, false)
      } else {
        await until(() => server.seen.length > 0)
      }
      leaving.abort()
      await asking.catch(() => undefined)
      await server.idle()
    }
    assert.equal(server.counters.abandoned, 2)
    assert.equal(server.counters.answered, 0)
    assert.equal(server.counters.outputTokens, 0)
    assert.deepEqual(
      server.seen.map(({ isWhole }) => isWhole),
      [false, false],
    )
  })
})

test('one request more than allowed at once is refused as busy', async () => {
  const { server, client } = await start({ maxConcurrent: 2, behaviour: 'hang' })
  const leaving = new AbortController()
  const asking = ['a', 'b'].map((note) => post(server, sampleRequest({ note }), { signal: leaving.signal }))
  await until(() => server.seen.length === 2)
  await assert.rejects(
    contentFrom(client, sampleRequest({ note: 'c' })),
    (error) => error instanceof RateLimitError && error.headers.get('retry-after') === '1',
  )
  assert.deepEqual(
    server.seen.map(({ behaviour }) => behaviour),
    [{ name: 'hang' }, { name: 'hang' }, undefined],
  )
  leaving.abort()
  await Promise.allSettled(asking)
})

test('a delay passes before the answer', async () => {
  const { server, client } = await start({ delayMs: 30 })
  await contentFrom(client)
  await server.idle()
  const [{ startedAt, endedAt = 0 } = assert.fail()] = server.seen
  assert.ok(endedAt - startedAt >= 29, `${endedAt - startedAt} ms`)
})

test('closing ends a request that hangs, and does not count it as abandoned', async () => {
  const server = await startModelServer({ behaviour: 'hang' })
  const asking = assert.rejects(post(server, sampleRequest()))
  await until(() => server.seen.length > 0)
  await server.close()
  await asking
  assert.equal(server.counters.abandoned, 0)
})
