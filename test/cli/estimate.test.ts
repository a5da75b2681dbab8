import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { readConfig, userCacheFolder } from '#base/config.ts'
import { runEstimate } from '#cli/estimate.ts'
import type { Estimate, GenerateOptions } from '#generate/options.ts'

const config = readConfig({}, { LLM_BASE_URL: 'http://127.0.0.1:9/v1', MAIN_MODEL: 'gpt-x' })
const command = {
  source: 'https://github.com/acme/a',
  ...{ commitId: 'v1', language: 'de', notes: 'For us.', json: false },
}
const { signal } = new AbortController()
const found: Estimate = { calls: 42, inputTokens: 120_000, outputTokens: 30_000, costUsd: 0.45 }

const tell = (change: Partial<Estimate>, json = false, seen: GenerateOptions[] = []) =>
  runEstimate({ ...command, json }, config, signal, {
    estimate: async (options) => {
      seen.push(options)
      return { ...found, ...change }
    },
  })

test('an estimate is told in two sentences, or as JSON', async () => {
  assert.equal(
    await tell({}),
    'About 42 requests to gpt-x: 120,000 tokens in and 30,000 tokens out.\nAbout $0.45 at the price of gpt-x.',
  )
  assert.match(await tell({ costUsd: null }), /The price of gpt-x is unknown; set it with DOCSPOOL_PRICES/)
  assert.deepEqual(JSON.parse(await tell({ costUsd: null }, true)), {
    ...{ model: 'gpt-x', calls: 42, input_tokens: 120_000, output_tokens: 30_000, cost_usd: null },
  })
})

test('it is made with what generate would be given, and leaves no folder', async () => {
  const seen: GenerateOptions[] = []
  await tell({}, false, seen)
  const [options] = seen
  assert.deepEqual(
    [options?.repository.url, options?.commitId, options?.language, options?.notes],
    ['https://github.com/acme/a', 'v1', 'de', 'For us.'],
  )
  const { job, ...model } = options?.model ?? assert.fail('no model')
  assert.match(job, /^[0-9a-f-]{36}$/)
  assert.deepEqual(model, {
    ...{ settings: config.llm, mainModel: 'gpt-x', maxCostUsd: null },
    ...{ spendDir: userCacheFolder(), answersDir: path.join(userCacheFolder(), 'answers') },
  })
  assert.ok(!(await readdir(tmpdir())).includes(path.basename(options?.workDir ?? '')))
})

test('offline nothing is asked', async () => {
  const deps = { estimate: () => assert.fail('asked') }
  const offline = { ...config, llm: null }
  assert.match(await runEstimate(command, offline, signal, deps), /so there is no cost/)
  const json = JSON.parse(await runEstimate({ ...command, json: true }, offline, signal, deps))
  assert.deepEqual([json.model, json.calls, json.cost_usd], ['offline', 0, 0])
})

test('the cache of a user is where XDG says', () => {
  assert.equal(userCacheFolder({ XDG_CACHE_HOME: '/var/x' }), '/var/x/docspool')
  for (const odd of [{}, { XDG_CACHE_HOME: '' }, { XDG_CACHE_HOME: 'relative' }]) {
    assert.match(userCacheFolder(odd), /^\/.*\/\.cache\/docspool$/)
  }
})
