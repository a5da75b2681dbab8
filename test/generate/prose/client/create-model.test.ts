import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { BudgetSpent, ModelRefused, ModelUnusable, QuestionTooLong } from '#generate/prose/ask.ts'
import { ask, completion, fail, GOOD, never, PROSE, say, setUp, startEndpoint } from './endpoint.ts'

test('an answer has its value, its text and its model, and its usage is counted', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, GOOD))
  const { model } = setUp(t, url)
  assert.deepEqual(await model.ask(ask('a'), never), { value: PROSE, text: GOOD, model: 'main-model', isCached: false })
  assert.deepEqual(await model.spend(), { calls: 1, kept: 0, inputTokens: 100, outputTokens: 10, costUsd: 0 })
  const { body, headers } = heard[0] ?? assert.fail()
  assert.equal(headers.authorization, 'Bearer key-of-the-test')
  assert.deepEqual(body.messages, ask('a').messages)
  assert.equal(body.max_tokens, 500)
  const { schema } = body.response_format?.json_schema ?? assert.fail()
  assert.deepEqual(schema.required, ['title', 'lines'])
  assert.equal(schema.additionalProperties, false)
})

test('nothing of the environment goes along', async (t) => {
  const names = ['ORG_ID', 'PROJECT_ID', 'ADMIN_KEY', 'WEBHOOK_SECRET', 'API_KEY'].map((name) => `OPENAI_${name}`)
  const values: Record<string, string> = Object.fromEntries(names.map((name) => [name, 'leaked']))
  Object.assign(values, {
    OPENAI_BASE_URL: 'http://127.0.0.1:9/',
    OPENAI_CUSTOM_HEADERS: 'x-leak: leaked',
    OPENAI_LOG: 'debug',
  })
  Object.assign(process.env, values)
  t.after(() => {
    for (const name of Object.keys(values)) delete process.env[name]
  })
  const { url, heard } = await startEndpoint(t, (response) => say(response, GOOD))
  await setUp(t, url, { apiKey: null }).model.ask(ask('a'), never)
  assert.deepEqual(Object.keys(heard[0]?.headers ?? {}).sort(), [
    'accept',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ])
  assert.ok(!JSON.stringify(heard).includes('leak'))
})

test('secrets and the key of the endpoint do not reach it', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, _, index) =>
    say(response, index === 0 ? 'no: password = "kX9$mQ2vLp8@zR4t"' : GOOD),
  )
  const { model } = setUp(t, url)
  const words = 'line\npassword = "kX9$mQ2vLp8@zR4t"\nkey key-of-the-test\nend'
  await model.ask(ask(words), never)
  assert.equal(heard.length, 2)
  for (const { text, body } of heard) {
    assert.ok(!text.includes('kX9$mQ2vLp8') && !text.includes('key-of-the-test'), text)
    assert.equal(body.messages[1]?.content, 'line\npassword = "[secret]"\nkey [secret]\nend')
  }
})

test('as many are asked at once as is set, in their order', async (t) => {
  let running = 0
  let most = 0
  const { url, heard } = await startEndpoint(t, (response) => {
    most = Math.max(most, ++running)
    setTimeout(() => {
      running -= 1
      say(response, GOOD)
    }, 20)
  })
  const { model } = setUp(t, url, { concurrency: 3 })
  await Promise.all(Array.from({ length: 12 }, (_, at) => model.ask(ask(`q${at}`), never)))
  assert.equal(most, 3)
  const order = heard.map(({ body }) => Number(body.messages[1]?.content.slice(1)))
  // Three go on the way together and may overtake each other there.
  for (const [at, number] of order.entries()) assert.ok(Math.abs(at - number) < 3, String(order))
})

test('what waits for its turn can be given up, and what is being answered too', async (t) => {
  const { url, heard } = await startEndpoint(t, () => {})
  const { model } = setUp(t, url, { concurrency: 1 })
  const first = new AbortController()
  const second = new AbortController()
  const asked = model.ask(ask('a'), first.signal)
  const waiting = model.ask(ask('b'), second.signal)
  second.abort()
  await assert.rejects(waiting, Aborted)
  while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve))
  first.abort()
  await assert.rejects(asked, Aborted)
  await assert.rejects(model.ask(ask('c'), first.signal), Aborted)
  assert.equal(heard.length, 1)
})

for (const [title, status, error] of [
  ['a wrong key', 401, {}],
  ['a key without rights', 403, {}],
  ['a model that is not there', 404, { code: 'model_not_found' }],
  ['a quota that is used up', 429, { code: 'insufficient_quota' }],
  ['an account without money', 402, {}],
  ['a model that LiteLLM does not know', 400, { message: 'Invalid model name passed in model=x' }],
] as const) {
  test(`${title} ends all questions, those that wait too, without another request`, async (t) => {
    const { url, heard } = await startEndpoint(t, (response) => fail(response, status, { ...error }))
    const { model } = setUp(t, url, { concurrency: 1 })
    const all = await Promise.allSettled(['a', 'b', 'c'].map((words) => model.ask(ask(words), never)))
    for (const { status, ...rest } of all) {
      assert.equal(status, 'rejected')
      assert.ok('reason' in rest && rest.reason instanceof ModelUnusable, String(Object.values(rest)))
    }
    await assert.rejects(model.ask(ask('d'), never), ModelUnusable)
    assert.equal(heard.length, 1)
    assert.deepEqual(await model.spend(), { calls: 1, kept: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 })
  })
}

test('the fallback answers for a model that cannot be used, which is asked no more', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    body.model === 'other' ? say(response, GOOD) : fail(response, 404),
  )
  const { model, logged } = setUp(t, url, { fallbackModel: 'other' })
  assert.equal((await model.ask(ask('a'), never)).model, 'other')
  assert.equal((await model.ask(ask('b'), never)).model, 'other')
  assert.deepEqual(
    heard.map(({ body }) => body.model),
    ['main-model', 'other', 'other'],
  )
  assert.equal(logged.length, 1)
})

test('when the fallback cannot be used either, the error is that of the main model', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    fail(response, body.model === 'other' ? 404 : 401),
  )
  const { model } = setUp(t, url, { fallbackModel: 'other' })
  await assert.rejects(
    model.ask(ask('a'), never),
    (error) => error instanceof ModelUnusable && /main-model/.test(error.message),
  )
  await assert.rejects(model.ask(ask('b'), never), ModelUnusable)
  assert.equal(heard.length, 2)
})

test('the model for clusters is asked for them, and the main one in its place', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    body.model === 'clusters' ? fail(response, 404) : say(response, GOOD),
  )
  const { model } = setUp(t, url, { clusterModel: 'clusters' })
  assert.equal((await model.ask(ask('a', { role: 'cluster' }), never)).model, 'main-model')
  assert.deepEqual(
    heard.map(({ body }) => body.model),
    ['clusters', 'main-model'],
  )
})

for (const [server, status, error] of [
  ['OpenAI', 400, { code: 'context_length_exceeded' }],
  ['vLLM', 400, { message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens" }],
  [
    'vLLM, of max_tokens',
    400,
    { message: "'max_tokens' is too large: 9. This model's maximum context length is 8 tokens" },
  ],
  ['llama.cpp', 500, { message: 'the request exceeds the available context size', type: 'exceed_context_size_error' }],
  ['Ollama', 400, { message: 'prompt too long; exceeded max context length by 12 tokens' }],
  ['Ollama, of the input', 500, { message: 'the input length exceeds the context length' }],
  ['LiteLLM', 400, { message: 'litellm.ContextWindowExceededError: x' }],
  ['Anthropic', 400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }],
  ['Google', 400, { message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).' }],
  ['a proxy', 413, {}],
] as const) {
  test(`a question that is too long is told by ${server}`, async (t) => {
    const { url, heard } = await startEndpoint(t, (response) => fail(response, status, { ...error }))
    const { model } = setUp(t, url, { fallbackModel: 'other' })
    await assert.rejects(model.ask(ask('a'), never), QuestionTooLong)
    assert.equal(heard.length, 1)
  })
}

for (const [title, answer] of [
  ['a refusal', completion(null, { refusal: 'I will not' })],
  ['a filter of the answer', completion('half', { finish: 'content_filter' })],
] as const) {
  test(`${title} is told, is kept, and no other model is asked`, async (t) => {
    const { url, heard } = await startEndpoint(t, (response) => response.end(answer))
    const { model, spool } = setUp(t, url, { fallbackModel: 'other' })
    await assert.rejects(model.ask(ask('a'), never), ModelRefused)
    await assert.rejects(setUp(t, url, { spool }).model.ask(ask('a'), never), ModelRefused)
    assert.equal(heard.length, 1)
  })
}

test('a filter of the question is told, and not kept', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => fail(response, 400, { code: 'content_filter' }))
  const { model } = setUp(t, url)
  await assert.rejects(model.ask(ask('a'), never), ModelRefused)
  await assert.rejects(model.ask(ask('a'), never), ModelRefused)
  assert.equal(heard.length, 2)
})

test('the words of the endpoint are masked', async (t) => {
  const { url } = await startEndpoint(t, (response) => fail(response, 401, { message: 'Wrong key: key-of-the-test' }))
  await assert.rejects(setUp(t, url).model.ask(ask('a'), never), /Wrong key: \[secret\]/)
})

test('a redirect is not followed', async (t) => {
  const other = await startEndpoint(t, (response) => say(response, GOOD))
  const { url } = await startEndpoint(t, (response) => {
    response.writeHead(307, { location: `${other.url}/chat/completions` })
    response.end()
  })
  await assert.rejects(setUp(t, url).model.ask(ask('a'), never), ModelUnusable)
  assert.equal(other.heard.length, 0)
})

test('a question that may cost more than is left is not sent', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, GOOD))
  const { model } = setUp(t, url, { perJob: { costUsd: 0, tokens: 1_500, calls: 0 } })
  await model.ask(ask('a'), never)
  await assert.rejects(model.ask(ask('b'.repeat(1_000)), never), BudgetSpent)
  assert.equal(heard.length, 1)
  await model.ask(ask('c'), never)
})

test('any number of questions may wait on one signal', async (t) => {
  const warnings: string[] = []
  const note = ({ name }: Error): void => void warnings.push(name)
  process.on('warning', note)
  t.after(() => process.off('warning', note))
  const { url } = await startEndpoint(t, (response) => say(response, GOOD))
  const { model } = setUp(t, url)
  const { signal } = new AbortController()
  await Promise.all(Array.from({ length: 30 }, (_, at) => model.ask(ask(`q${at}`), signal)))
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(warnings, [])
})
