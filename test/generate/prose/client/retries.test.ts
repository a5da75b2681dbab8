import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadAnswer, ModelUnusable } from '#generate/prose/ask.ts'
import { ask, completion, fail, fakeTime, GOOD, never, say, setUp, startEndpoint } from './endpoint.ts'

for (const [title, headers, expected] of [
  ['in seconds', { 'retry-after': '7' }, 7_000],
  ['in milliseconds', { 'retry-after-ms': '250', 'retry-after': '7' }, 250],
  ['for an hour, as a minute', { 'retry-after': '3600' }, 60_000],
  ['in words, as its own', { 'retry-after': 'soon' }, 750],
  ['in words with a number, as its own', { 'retry-after': 'try 5' }, 750],
] as const) {
  test(`a wait ${title} is kept to`, async (t) => {
    const { url } = await startEndpoint(t, (response, _, index) =>
      index === 0 ? fail(response, 429, {}, { ...headers }) : say(response, GOOD),
    )
    const { model, time } = setUp(t, url)
    await model.ask(ask('a'), never)
    assert.deepEqual(time.slept, [expected])
  })
}

test('a wait until a date is kept to', async (t) => {
  const { url } = await startEndpoint(t, (response, _, index) => {
    const headers = { 'retry-after': new Date(Date.now() + 30_000).toUTCString() }
    return index === 0 ? fail(response, 503, {}, headers) : say(response, GOOD)
  })
  const { model, time } = setUp(t, url)
  await model.ask(ask('a'), never)
  assert.ok((time.slept[0] ?? 0) > 25_000 && (time.slept[0] ?? 0) <= 30_000, String(time.slept))
})

for (const status of [408, 409, 429, 500, 502, 503, 529]) {
  test(`${status} is asked again, after longer each time, five times in all`, async (t) => {
    const { url, heard } = await startEndpoint(t, (response) => fail(response, status))
    const { model, time } = setUp(t, url)
    await assert.rejects(model.ask(ask('a'), never), ModelUnusable)
    assert.equal(heard.length, 5)
    assert.deepEqual(time.slept, [750, 1_500, 3_000, 6_000])
    assert.equal((await model.spend()).calls, 5)
    assert.equal((await model.spend()).inputTokens, 0)
  })
}

test('after five minutes there is no further try', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => fail(response, 503, {}, { 'retry-after': '60' }))
  const time = fakeTime()
  const slow = { ...time, sleep: (ms: number, signal: AbortSignal) => time.sleep(ms * 3, signal) }
  await assert.rejects(setUp(t, url, { time: slow }).model.ask(ask('a'), never), ModelUnusable)
  assert.equal(heard.length, 3)
})

test('one 429 stops all questions until its time is over', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }, index) => {
    if (index === 0) return fail(response, 429, {}, { 'retry-after': '9' })
    return say(response, GOOD, { usage: { prompt_tokens: body.messages.length, completion_tokens: 1 } })
  })
  const time = fakeTime()
  const start = time.now()
  const heardAt: number[] = []
  const { model } = setUp(t, url, { time, concurrency: 1 })
  await Promise.all(
    ['a', 'b', 'c'].map(async (words) => {
      await model.ask(ask(words), never)
      heardAt.push(time.now() - start)
    }),
  )
  assert.deepEqual(heardAt, [9_000, 9_000, 9_000])
  assert.equal(heard.length, 4)
})

test('a pause holds those that have a turn already', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, _, index) =>
    index === 0 ? fail(response, 429, {}, { 'retry-after': '9' }) : say(response, GOOD),
  )
  let nowMs = Date.now()
  const sleepers: (() => void)[] = []
  const slept: number[] = []
  const sleep = (ms: number): Promise<void> => {
    slept.push(ms)
    return new Promise((resolve) => sleepers.push(resolve))
  }
  const { model } = setUp(t, url, { concurrency: 4, time: { slept, now: () => nowMs, sleep } })
  const first = model.ask(ask('a'), never)
  while (sleepers.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const second = model.ask(ask('b'), never)
  while (sleepers.length < 2 && heard.length < 2) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(heard.length, 1)
  assert.deepEqual(slept, [9_000, 9_000])
  nowMs += 9_000
  for (const wake of sleepers) wake()
  await Promise.all([first, second])
  assert.equal(heard.length, 3)
})

test('a question that alone gets no answer fails alone', async (t) => {
  const { url } = await startEndpoint(t, (response, { text }) =>
    text.includes('bad') ? fail(response, 500) : say(response, GOOD),
  )
  const { model } = setUp(t, url)
  const bad = model.ask(ask('bad'), never)
  bad.catch(() => {})
  for (let at = 0; at < 8; at += 1) await model.ask(ask(`good ${at}`), never)
  await assert.rejects(bad, BadAnswer)
  await model.ask(ask('good again'), never)
})

test('an endpoint where nobody listens is unusable, and nothing is counted', async (t) => {
  const { url } = await startEndpoint(t, () => {})
  const gone = url.replace(/:\d+/, ':9')
  const { model } = setUp(t, gone, { perDay: { costUsd: 0, tokens: 100_000, calls: 0 } })
  await assert.rejects(model.ask(ask('a'), never), /ECONNREFUSED/)
  await assert.rejects(model.ask(ask('b'), never), ModelUnusable)
  assert.deepEqual(await model.spend(), { calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 })
})

test('an answer that never comes ends at the time limit, and counts in full', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, _, index) => {
    if (index > 0) say(response, GOOD)
  })
  const { model } = setUp(t, url, { timeoutMs: 300 })
  await model.ask(ask('a'), never)
  assert.equal(heard.length, 2)
  const { calls, outputTokens } = await model.spend()
  assert.deepEqual({ calls, outputTokens }, { calls: 2, outputTokens: 510 })
})

test('a body that trickles ends at the time limit too', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, _, index) => {
    if (index > 0) return say(response, GOOD)
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 20)
    return response.on('close', () => clearInterval(timer))
  })
  const { model } = setUp(t, url, { timeoutMs: 400 })
  await model.ask(ask('a'), never)
  assert.equal(heard.length, 2)
})

for (const [title, cut] of [
  ['with a length', { 'content-length': '5000' }],
  ['in chunks', {}],
] as const) {
  test(`an answer that is cut off, sent ${title}, is asked for again and counts in full`, async (t) => {
    const { url, heard } = await startEndpoint(t, (response, _, index) => {
      if (index > 0) return say(response, GOOD)
      response.writeHead(200, { 'content-type': 'application/json', ...cut })
      return response.write(completion(GOOD).slice(0, 60), () => response.destroy())
    })
    const { model } = setUp(t, url)
    await model.ask(ask('a'), never)
    assert.equal(heard.length, 2)
    assert.equal((await model.spend()).outputTokens, 510)
  })
}

test('an answer of 10 MB is not read to its end, and not asked for again', async (t) => {
  let closed = false
  const { url, heard } = await startEndpoint(t, (response) => {
    response.on('close', () => {
      closed = true
    })
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(completion('x'.repeat(10_000_000)))
  })
  const { model } = setUp(t, url)
  await assert.rejects(
    model.ask(ask('a'), never),
    (error) => error instanceof BadAnswer && /1048576 bytes/.test(error.message),
  )
  assert.equal(heard.length, 1)
  while (!closed) await new Promise((resolve) => setImmediate(resolve))
})

for (const [title, body] of [
  ['a page of a proxy', '<html>wait</html>'],
  ['an error under 200', JSON.stringify({ error: { code: 502, message: 'Provider returned error' } })],
  ['a provider that broke off', completion('half', { finish: 'error' })],
  ['no choices', JSON.stringify({ choices: [] })],
] as const) {
  test(`${title} is no answer, is not kept, and is asked again`, async (t) => {
    const { url, heard } = await startEndpoint(t, (response, _, index) =>
      index === 0 ? response.end(body) : say(response, GOOD),
    )
    await setUp(t, url).model.ask(ask('a'), never)
    assert.equal(heard.length, 2)
  })
}
