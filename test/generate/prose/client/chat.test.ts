import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { ModelUnusable } from '#generate/prose/ask.ts'
import { createLedger, type Ledger } from '#generate/prose/budget/ledger.ts'
import { type Chat, createChat, type Turn } from '#generate/prose/client/chat.ts'
import type { ChatPart } from '#generate/prose/client/chat-turn.ts'
import { settingsFor, startEndpoint } from './endpoint.ts'

const NO_LIMIT = { costUsd: 0, tokens: 0, calls: 0 }
const TURN: Turn = {
  about: 'a question',
  messages: [{ role: 'user', content: 'How?' }],
  tools: [{ name: 'search', description: 'Searches.', parameters: { type: 'object', properties: {} } }],
  isLast: false,
  maxOutputTokens: 100,
}

function chatAt(t: TestContext, url: string, settings = {}): { chat: Chat; journal: () => string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'docspool-chat-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const priceOf = () => ({ input: 1, output: 1 })
  const limits = { perJob: NO_LIMIT, perDay: NO_LIMIT }
  const ledger = createLedger({ folder, job: 'questions', ...limits, priceOf, log: () => undefined })
  const chat = createChat(settingsFor(url, settings), { ledger: () => ledger, log: () => undefined })
  return {
    chat,
    journal: () => readFileSync(path.join(folder, `${new Date().toISOString().slice(0, 10)}.ndjson`), 'utf8'),
  }
}

async function turn(chat: Chat, more: Partial<Turn> = {}, signal = new AbortController().signal): Promise<ChatPart[]> {
  const parts: ChatPart[] = []
  for await (const part of chat.turn({ ...TURN, ...more }, signal)) parts.push(part)
  return parts
}

function stream(response: ServerResponse, ...chunks: unknown[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
}
const delta = (value: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta: value, finish_reason: finish }],
})
const refuse = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { message, type: 'invalid_request_error' } }))
}
const whole = (response: ServerResponse, text: string): void => {
  stream(response, delta({ content: text }), delta({}, 'stop'), {
    choices: [],
    usage: { prompt_tokens: 7, completion_tokens: 3 },
  })
  response.end('data: [DONE]\n\n')
}

test('text comes as it arrives, calls at the end, and what was counted is settled', async (t) => {
  const { url } = await startEndpoint(t, (response) => {
    const call = (value: object) => delta({ tool_calls: [value] })
    stream(
      response,
      ...[delta({ content: 'One' }), call({ index: 0, id: 'a', function: { name: 'search', arguments: '{"q' } })],
      ...[
        call({ index: 0, function: { arguments: '": 1}' } }),
        call({ index: 1, id: 'b', function: { name: 'read' } }),
      ],
      ...[call({ index: 9, id: 'far' }), delta({}, 'tool_calls')],
      { choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } },
    )
    response.end('data: [DONE]\n\n')
  })
  const { chat, journal } = chatAt(t, url)
  assert.deepEqual(await turn(chat), [
    { kind: 'text', text: 'One' },
    {
      ...{ kind: 'end', finish: 'stop' },
      calls: [
        { id: 'a', name: 'search', arguments: '{"q": 1}' },
        { id: 'b', name: 'read', arguments: '' },
      ],
    },
  ])
  assert.match(journal(), /"t":"settle".*"in":7,"out":3/)
})

test('a cost that cannot be recorded is logged, and changes neither the answer nor the error', async (t) => {
  const { url } = await startEndpoint(t, (response, _heard, index) => {
    if (index === 0) whole(response, 'Yes.')
    else refuse(response, 401, 'wrong key')
  })
  const fail = (): never => {
    throw new Error('the journal is gone')
  }
  const ledger: Ledger = {
    reserve: () => ({ settle: fail, settleFree: fail, release: fail }),
    countCached: fail,
    spend: fail,
  }
  const lines: string[] = []
  const chat = createChat(settingsFor(url), { ledger: () => ledger, log: (_level, text) => lines.push(text) })
  assert.deepEqual(
    (await turn(chat)).map(({ kind }) => kind),
    ['text', 'end'],
  )
  assert.deepEqual(lines, ['The cost of a question cannot be recorded: Error: the journal is gone'])
  await assert.rejects(turn(chat), ModelUnusable)
})

test('an endpoint without tools or usage of streams is asked without them, and what tools found is said', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) => {
    const asked = body as { stream_options?: unknown; tools?: unknown }
    if (asked.stream_options !== undefined) refuse(response, 400, 'Unknown parameter: stream_options')
    else if (asked.tools !== undefined) refuse(response, 400, 'this model does not support tools')
    else whole(response, 'Yes.')
  })
  const { chat } = chatAt(t, url)
  const messages: Turn['messages'] = [
    { role: 'assistant', content: '', calls: [{ id: 'a', name: 'search', arguments: '{}' }] },
    { role: 'tool', id: 'a', content: 'found' },
  ]
  assert.deepEqual((await turn(chat, { messages }))[0], { kind: 'text', text: 'Yes.' })
  assert.deepEqual(heard.at(-1)?.body.messages, [
    { role: 'assistant', content: '' },
    { role: 'user', content: 'found' },
  ])
  await turn(chat)
  assert.equal(heard.length, 4, 'it is learned once')
})

test('tools stay after a refusal that is not about their support', async (t) => {
  const refusals: [number, string][] = [
    [400, 'tool call validation failed: parameters for tool search did not match schema'],
    [503, 'the tool server does not support that many requests'],
  ]
  const { url, heard } = await startEndpoint(t, (response, _, index) => {
    const refusal = refusals[index]
    if (refusal === undefined) whole(response, 'Yes.')
    else refuse(response, ...refusal)
  })
  const { chat } = chatAt(t, url)
  assert.deepEqual((await turn(chat))[0], { kind: 'text', text: 'Yes.' })
  assert.deepEqual(
    heard.map(({ body }) => (body as { tools?: unknown }).tools !== undefined),
    [true, true, true],
  )
})

test('it is asked again while nothing was said, and not after that', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, _, index) => {
    if (index === 0) refuse(response, 503, 'overloaded')
    else if (index === 1) whole(response, 'Yes.')
    else {
      stream(response, delta({ content: 'Half' }))
      response.write('', () => response.destroy())
    }
  })
  const { chat } = chatAt(t, url)
  assert.equal((await turn(chat))[0]?.kind, 'text')
  const parts: ChatPart[] = []
  await assert.rejects(async () => {
    for await (const part of chat.turn(TURN, new AbortController().signal)) parts.push(part)
  }, /broke off/)
  assert.deepEqual([parts, heard.length], [[{ kind: 'text', text: 'Half' }], 3])
})

test('a stream that ends early, an error in it and one that is too long are no answers', async (t) => {
  const bodies: ((response: ServerResponse) => void)[] = [
    (response) => {
      stream(response, delta({ content: 'Half' }))
      response.end('data: [DONE]\n\n')
    },
    (response) => {
      stream(response, delta({ content: 'Half' }), { error: { message: 'out of memory', code: 500 } })
      response.end()
    },
    (response) => {
      stream(response, delta({ content: 'Half' }))
      response.on('error', () => undefined)
      for (let n = 0; n < 10; n++) response.write(`: ${'x'.repeat(1_000_000)}\n\n`)
      response.end()
    },
  ]
  const { url } = await startEndpoint(t, (response, _, index) => bodies[index]?.(response))
  const { chat } = chatAt(t, url)
  for (const _ of bodies) await assert.rejects(turn(chat), { code: 'BAD_ANSWER' })
})

test('the fallback is asked where the main model cannot be, and an answer that is not streamed counts, too', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) => {
    if (body.model === 'main-model') return refuse(response, 404, 'model main-model does not exist')
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ choices: [{ message: { content: 'Yes.' }, finish_reason: 'stop' }] }))
  })
  const { chat } = chatAt(t, url, { fallbackModel: 'other' })
  assert.deepEqual(await turn(chat), [
    { kind: 'text', text: 'Yes.' },
    { kind: 'end', finish: 'stop', calls: [] },
  ])
  assert.deepEqual(
    heard.map(({ body }) => body.model),
    ['main-model', 'other'],
  )
})

test('an answer that is not streamed may call tools', async (t) => {
  const call = { id: 'a', type: 'function', function: { name: 'find', arguments: '{"name":"x"}' } }
  const { url } = await startEndpoint(t, (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ choices: [{ message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' }] }),
    )
  })
  assert.deepEqual(await turn(chatAt(t, url).chat), [
    { kind: 'end', finish: 'stop', calls: [{ id: 'a', name: 'find', arguments: '{"name":"x"}' }] },
  ])
})

test('keys and secrets are masked in all that is sent', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => whole(response, 'Yes.'))
  const { chat } = chatAt(t, url)
  const secret = `AKIA${'ABCDEFGH12345678'}`
  await turn(chat, { messages: [{ role: 'tool', id: 'a', content: `key-of-the-test ${secret}` }] })
  assert.ok(!heard[0]?.text.includes(secret) && !heard[0]?.text.includes('key-of-the-test'))
})

test('a long text comes in short parts, and one that is too long ends the turn', async (t) => {
  const long = 'word '.repeat(40_000)
  const json = (text: string): string =>
    JSON.stringify({ choices: [{ message: { content: text }, finish_reason: 'stop' }] })
  const { url } = await startEndpoint(t, (response, { body }) => {
    const [, what, times] = /^(\w+) (\d+)$/.exec(String((body.messages as { content: string }[])[0]?.content)) ?? []
    const text = long.repeat(Number(times))
    if (what === 'event') return whole(response, text)
    if (what === 'json') return response.writeHead(200, { 'content-type': 'application/json' }).end(json(text))
    stream(
      response,
      ...Array.from({ length: text.length / 1_000 }, (_, at) => delta({ content: text.slice(at, at + 1_000) })),
    )
    return response.end(`data: ${JSON.stringify(delta({}, 'stop'))}\n\n`)
  })
  const { chat } = chatAt(t, url)
  const ask = (content: string) => turn(chat, { messages: [{ role: 'user', content }] })
  for (const what of ['event', 'json', 'events']) {
    const texts = (await ask(`${what} 1`)).flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    assert.equal(texts.join('').length, long.length, what)
    assert.ok(Math.max(...texts.map(({ length }) => length)) <= 4_096, what)
  }
  await assert.rejects(ask('events 2'), /the answer has more than 262144 characters/)
  for (const what of ['event 2', 'json 2', 'event 5', 'json 5'])
    await assert.rejects(ask(what), /more than (?:262144 characters|524288 bytes)/, what)
})
