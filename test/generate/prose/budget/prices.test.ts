import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ASSUMED_PRICE, createPrices, isLocalEndpoint, listedPrice } from '#generate/prose/budget/prices.ts'

const REMOTE = 'https://api.example.com/v1'

function open({
  baseUrl = REMOTE,
  prices = {},
  isMoneyLimited = true,
}: {
  baseUrl?: string
  prices?: Record<string, { input: number; output: number }>
  isMoneyLimited?: boolean
} = {}) {
  const logged: string[] = []
  const log = (_: 'warn', text: string) => void logged.push(text)
  return { priceOf: createPrices({ baseUrl, prices: new Map(Object.entries(prices)), isMoneyLimited, log }), logged }
}

test('the longest name that a model begins with gives its price', () => {
  for (const [model, input, output] of [
    ['gpt-4o-mini-2024-07-18', 0.15, 0.6],
    ['gpt-4o-2024-08-06', 2.5, 10],
    ['gpt-4o-2024-05-13', 5, 15],
    ['gpt-4-0613', 30, 60],
    ['gpt-4-1106-preview', 10, 30],
    ['gpt-4-0125-preview', 10, 30],
    ['gpt-4-32k-0613', 60, 120],
    ['o3-2025-04-16', 2, 8],
    ['o3-deep-research', 10, 40],
    ['o4-mini-deep-research-2025-06-26', 2, 8],
    ['openai/gpt-4.1-mini', 0.4, 1.6],
    ['anthropic/claude-sonnet-4.5', 3, 15],
    ['claude-sonnet-4-5-20250929', 3, 15],
    ['claude-opus-4-5@20251101', 5, 25],
    ['claude-opus-4-20250514', 15, 75],
    ['grok-4-0709', 3, 15],
    ['gemini-2.5-pro-preview-05-06', 1.25, 10],
    ['models/gemini-2.5-flash-lite', 0.1, 0.4],
    ['mistral-small-latest', 0.1, 0.3],
    ['deepseek/deepseek-chat', 0.27, 1.1],
    ['Qwen/Qwen3-Coder', 0.3, 1.5],
    ['meta-llama/llama-4:free', 0, 0],
  ] as const) {
    assert.deepEqual(listedPrice(model)?.value, { input, output }, model)
  }
  assert.equal(listedPrice('gpt-4ox'), undefined)
  assert.equal(listedPrice('gpt'), undefined)
  assert.equal(listedPrice('claude-opus'), undefined)
  assert.equal(listedPrice(''), undefined)
})

test('the price of a version says nothing about a later one', () => {
  for (const model of [
    'gpt-5.7',
    'openai/gpt-5-7-mini',
    'grok-4.1-fast',
    'kimi-k2.5',
    'claude-opus-4.9',
    'claude-haiku-5-5',
  ])
    assert.equal(listedPrice(model), undefined, model)
  const { priceOf, logged } = open({ prices: { 'own-2': { input: 1, output: 2 } } })
  assert.deepEqual(priceOf('own-2-2026-01-01'), { input: 1, output: 2 })
  assert.deepEqual(priceOf('own-2.1'), ASSUMED_PRICE)
  assert.match(logged[0] ?? '', /own-2\.1 is unknown/)
})

test('the price that is set goes first, also at an endpoint of this machine', () => {
  const prices = { 'gpt-4o': { input: 9, output: 9 } }
  assert.deepEqual(open({ prices }).priceOf('gpt-4o'), { input: 9, output: 9 })
  assert.deepEqual(open({ prices }).priceOf('gpt-4o-2024-08-06'), { input: 9, output: 9 })
  assert.deepEqual(open({ prices }).priceOf('gpt-4o-mini'), { input: 0.15, output: 0.6 })
  assert.deepEqual(open({ prices, baseUrl: 'http://localhost/v1' }).priceOf('gpt-4o'), { input: 9, output: 9 })
})

test('a model that no table knows is assumed to be expensive while money is limited, with one warning', () => {
  const { priceOf, logged } = open()
  assert.deepEqual(priceOf('unheard-of'), ASSUMED_PRICE)
  assert.deepEqual(priceOf('unheard-of'), ASSUMED_PRICE)
  assert.equal(logged.length, 1)
  assert.match(logged[0] ?? '', /unheard-of.*15.*75.*DOCSPOOL_PRICES/)
  const unlimited = open({ isMoneyLimited: false })
  assert.deepEqual(unlimited.priceOf('unheard-of'), { input: 0, output: 0 })
  assert.match(unlimited.logged[0] ?? '', /unheard-of is unknown; its cost counts as nothing.*DOCSPOOL_PRICES/)
})

test('an endpoint of this machine or of a private network costs nothing', () => {
  for (const host of [
    'localhost:11434',
    '127.0.0.1:8080',
    '127.9.9.9',
    '[::1]:1234',
    '10.1.2.3',
    '172.20.0.2',
    '192.168.1.5',
    '[fd00::1]',
    'ollama:11434',
    'host.docker.internal',
    'gpu.local',
    'box.lan',
  ]) {
    assert.ok(isLocalEndpoint(`http://${host}/v1`), host)
    assert.deepEqual(open({ baseUrl: `http://${host}/v1` }).priceOf('gpt-4o'), { input: 0, output: 0 })
  }
  for (const host of [
    'api.openai.com',
    '8.8.8.8',
    '172.32.0.1',
    '[2606:4700::1]',
    'localhost.example.com',
    '10.example.com',
  ]) {
    assert.ok(!isLocalEndpoint(`https://${host}/v1`), host)
  }
  assert.ok(!isLocalEndpoint('nonsense'))
})
