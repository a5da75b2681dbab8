import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { after, before, test } from 'node:test'
import OpenAI from 'openai'
import { type ModelEndpoint, startAimock } from './aimock.ts'
import { inputTokensOf, tokensOf } from './protocol.ts'
import { sampleRequest } from './sample.ts'
import { startModelServer } from './server.ts'

let aimock: ModelEndpoint
/** Of all connections that this process opened. */
const peers: (string | undefined)[] = []
before(async () => {
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket }
    socket.once('lookup', (_error, address: string) => peers.push(address))
    socket.once('connect', () => peers.push(socket.remoteAddress))
  })
  aimock = await startAimock({ seed: 4, key: 'sk-right' })
})
after(() => aimock.close())

const clientOf = (url: string, apiKey = 'sk-right') => new OpenAI({ baseURL: url, apiKey, maxRetries: 0 })
const asked = (request = sampleRequest()) => request as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming

test('aimock gives the answers of the stand-in, streamed or not, and its journal agrees', async () => {
  const own = await startModelServer({ seed: 4 })
  try {
    const expected = await clientOf(own.url).chat.completions.create(asked())
    const text = expected.choices[0]?.message.content ?? ''
    const given = await clientOf(aimock.url).chat.completions.create(asked())
    assert.equal(given.choices[0]?.message.content, text)
    assert.equal(given.choices[0]?.finish_reason, 'stop')
    assert.deepEqual(given.usage, expected.usage)

    const stream = await clientOf(aimock.url).chat.completions.create({ ...asked(), stream: true })
    const pieces: string[] = []
    for await (const { choices } of stream) pieces.push(choices[0]?.delta.content ?? '')
    assert.ok(pieces.length > 2)
    assert.equal(pieces.join(''), text)
    assert.deepEqual(aimock.counters, {
      requests: 2,
      answered: 2,
      inputTokens: 2 * inputTokensOf(sampleRequest()),
      outputTokens: 2 * tokensOf(text),
    })
  } finally {
    await own.close()
  }
})

test('aimock listens on loopback, opens no connection to anywhere else and refuses a wrong key', async () => {
  assert.match(aimock.url, /^http:\/\/127\.0\.0\.1:\d+\/v1$/)
  await assert.rejects(clientOf(aimock.url, 'sk-wrong').chat.completions.create(asked()), OpenAI.AuthenticationError)
  assert.deepEqual([...new Set(peers)], ['127.0.0.1'])
})
