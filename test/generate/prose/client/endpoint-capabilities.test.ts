import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadAnswer, ModelUnusable } from '#generate/prose/ask.ts'
import { ask, fail, GOOD, type Heard, never, say, setUp, startEndpoint } from './endpoint.ts'

const formOf = ({ body }: Heard): string => body.response_format?.type ?? 'text'

for (const [title, error] of [
  [
    'that names response_format',
    { message: "'response_format' of type 'json_schema' is not supported with this model" },
  ],
  ['that names it as the parameter', { message: 'Bad request', param: 'response_format' }],
  ['of an unknown field', { message: 'Unsupported field' }],
  ['that says nothing', { message: 'Bad request' }],
] as const) {
  test(`a refusal ${title} leads one form down, once, and is remembered`, async (t) => {
    const { url, heard } = await startEndpoint(t, (response, one) =>
      formOf(one) === 'json_schema' ? fail(response, 400, { ...error }) : say(response, GOOD),
    )
    const { model, spool } = setUp(t, url)
    await model.ask(ask('a'), never)
    await model.ask(ask('b'), never)
    await setUp(t, url, { spool }).model.ask(ask('c'), never)
    assert.deepEqual(heard.map(formOf), ['json_schema', 'json_object', 'json_object', 'json_object'])
    const [first, second] = heard
    assert.ok(!first?.body.messages[0]?.content.includes('JSON schema'))
    assert.match(second?.body.messages[0]?.content ?? '', /^You write\.\n\n.*JSON schema:\n\{"type":"object"/s)
  })
}

test('the last form is words alone, with the schema among them', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, one) =>
    formOf(one) === 'text'
      ? say(response, `Sure!\n\`\`\`json\n${GOOD}\n\`\`\``)
      : fail(response, 422, { message: 'response_format?' }),
  )
  const { model } = setUp(t, url)
  await model.ask(ask('a'), never)
  await model.ask(ask('b'), never)
  assert.deepEqual(heard.map(formOf), ['json_schema', 'json_object', 'text', 'text'])
  assert.match(heard[2]?.body.messages[0]?.content ?? '', /JSON schema/)
})

test('a grammar that a server cannot make under 500 leads one form down', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, one) =>
    formOf(one) === 'json_schema' ? fail(response, 500, { message: 'failed to parse grammar' }) : say(response, GOOD),
  )
  await setUp(t, url).model.ask(ask('a'), never)
  assert.deepEqual(heard.map(formOf), ['json_schema', 'json_object'])
})

test('questions that are asked at once step down together, one form each', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, one) =>
    formOf(one) === 'json_schema' ? fail(response, 400, { message: 'no json_schema' }) : say(response, GOOD),
  )
  const { model } = setUp(t, url, { concurrency: 4 })
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((words) => model.ask(ask(words), never)))
  assert.ok(heard.filter((one) => formOf(one) === 'json_schema').length <= 4)
  assert.equal(heard.filter((one) => formOf(one) === 'json_object').length, 6)
})

test('max_tokens goes by its other name where that is wanted', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    body.max_tokens === undefined
      ? say(response, GOOD)
      : fail(response, 400, {
          message:
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          param: 'max_tokens',
          code: 'unsupported_parameter',
        }),
  )
  const { model } = setUp(t, url)
  await model.ask(ask('a'), never)
  await model.ask(ask('b'), never)
  assert.deepEqual(
    heard.map(({ body }) => [body.max_tokens, body.max_completion_tokens]),
    [
      [500, undefined],
      [undefined, 500],
      [undefined, 500],
    ],
  )
  assert.deepEqual(heard.map(formOf), ['json_schema', 'json_schema', 'json_schema'])
})

test('a temperature is left out where none is taken', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    body.temperature === undefined
      ? say(response, GOOD)
      : fail(response, 400, { message: "Unsupported value: 'temperature' does not support 0.2", param: 'temperature' }),
  )
  const { model } = setUp(t, url)
  await model.ask(ask('a'), never)
  await model.ask(ask('b'), never)
  assert.deepEqual(
    heard.map(({ body }) => body.temperature),
    [0.2, undefined, undefined],
  )
})

test('an answer is asked for with no more tokens than the model writes', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    (body.max_tokens ?? 0) > 400
      ? fail(response, 400, {
          message: 'max_tokens is too large: 500. This model supports at most 400 completion tokens',
        })
      : say(response, GOOD),
  )
  await setUp(t, url).model.ask(ask('a'), never)
  assert.deepEqual(
    heard.map(({ body }) => body.max_tokens),
    [500, 400],
  )
})

test('a question that is refused without a reason fails alone once the endpoint has answered', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { text }) =>
    text.includes('odd') ? fail(response, 400, { message: 'Bad request' }) : say(response, GOOD),
  )
  const { model } = setUp(t, url)
  await model.ask(ask('a'), never)
  await assert.rejects(model.ask(ask('odd'), never), BadAnswer)
  await model.ask(ask('b'), never)
  assert.equal(heard.length, 3)
})

test('an endpoint that refuses every form is unusable', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => fail(response, 400, { message: 'Bad request' }))
  await assert.rejects(setUp(t, url).model.ask(ask('a'), never), ModelUnusable)
  assert.deepEqual(heard.map(formOf), ['json_schema', 'json_object', 'text'])
})
