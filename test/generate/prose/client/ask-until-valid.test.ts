import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadAnswer, QuestionTooLong } from '#generate/prose/ask.ts'
import { ask, fail, fakeTime, GOOD, never, PROSE, say, setUp, startEndpoint } from './endpoint.ts'

test('a bad form is asked for again with its faults, once', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, _, index) =>
    say(response, index === 0 ? '{"title": 1}' : GOOD),
  )
  const { model } = setUp(t, url)
  assert.deepEqual((await model.ask(ask('a'), never)).value, PROSE)
  const turns = heard[1]?.body.messages ?? []
  assert.deepEqual(
    turns.map(({ role }) => role),
    ['system', 'user', 'assistant', 'user'],
  )
  assert.equal(turns[2]?.content, '{"title": 1}')
  assert.match(turns[3]?.content ?? '', /- title: .*\n- lines: /)
})

test('a secret in an invalid answer is masked before the answer is cut', async (t) => {
  const key = ['sk', '-ant-api03-', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5', '-AA'].join('')
  const { url, heard } = await startEndpoint(t, (response, _, index) =>
    say(response, index === 0 ? `${'a '.repeat(7_990)}${key}` : GOOD),
  )
  await setUp(t, url).model.ask(ask('a'), never)
  const shown = heard[1]?.body.messages[2]?.content ?? ''
  assert.ok(shown.length > 15_000 && !shown.includes(key.slice(0, 10)), shown.slice(-40))
})

test('a form that is bad twice is a bad answer, which is kept with all its steps', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, 'no'))
  const { model, spool } = setUp(t, url)
  await assert.rejects(model.ask(ask('a'), never), BadAnswer)
  assert.equal(heard.length, 2)
  await assert.rejects(setUp(t, url, { spool }).model.ask(ask('a'), never), BadAnswer)
  assert.equal(heard.length, 2)
})

test('a bad answer of another day is asked for anew, a good one is not', async (t) => {
  let said = 'no'
  const { url, heard } = await startEndpoint(t, (response) => say(response, said))
  const { model, spool } = setUp(t, url)
  await assert.rejects(model.ask(ask('a'), never), BadAnswer)
  said = GOOD
  const later = fakeTime(Date.now() + 2 * 86_400_000)
  assert.equal((await setUp(t, url, { spool, time: later }).model.ask(ask('a'), never)).isCached, false)
  assert.equal(heard.length, 3)
  const evenLater = fakeTime(Date.now() + 20 * 86_400_000)
  assert.equal((await setUp(t, url, { spool, time: evenLater }).model.ask(ask('a'), never)).isCached, true)
  assert.equal(heard.length, 3)
})

test('the fallback is asked when the form was bad twice', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    say(response, body.model === 'other' ? GOOD : 'no'),
  )
  const { model } = setUp(t, url, { fallbackModel: 'other' })
  assert.equal((await model.ask(ask('a'), never)).model, 'other')
  assert.equal((await model.ask(ask('b'), never)).model, 'other')
  assert.deepEqual(
    heard.map(({ body }) => body.model),
    ['main-model', 'main-model', 'other', 'main-model', 'main-model', 'other'],
  )
})

test('an answer that had no room is asked for with twice the room, once', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, { body }) =>
    (body.max_tokens ?? 0) >= 1_000 ? say(response, GOOD) : say(response, GOOD.slice(0, 20), { finish: 'length' }),
  )
  await setUp(t, url).model.ask(ask('a'), never)
  assert.deepEqual(
    heard.map(({ body }) => body.max_tokens),
    [500, 1_000],
  )
})

test('an answer that has no room twice is a bad one', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, GOOD.slice(0, 20), { finish: 'length' }))
  await assert.rejects(setUp(t, url).model.ask(ask('a'), never), BadAnswer)
  assert.equal(heard.length, 2)
})

test('there is no more room than the context has', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, '{', { finish: 'length' }))
  await assert.rejects(setUp(t, url, { contextTokens: 510 }).model.ask(ask('a'), never), BadAnswer)
  assert.deepEqual(
    heard.map(({ body }) => body.max_tokens),
    [500, 506],
  )
})

test('an answer that is whole is taken, though the model went on', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, `${GOOD}\n\n\n`, { finish: 'length' }))
  assert.deepEqual((await setUp(t, url).model.ask(ask('a'), never)).value, PROSE)
  assert.equal(heard.length, 1)
})

test('a second turn that does not fit is a bad answer, not a question that is too long', async (t) => {
  const { url } = await startEndpoint(t, (response, _, index) =>
    index === 0 ? say(response, 'no') : fail(response, 400, { code: 'context_length_exceeded' }),
  )
  await assert.rejects(setUp(t, url).model.ask(ask('a'), never), (error) => {
    return error instanceof BadAnswer && error.cause instanceof QuestionTooLong
  })
})

test('keys that nobody asked for are ignored, content may come in parts, and nothing at all is a bad form', async (t) => {
  const { url, heard } = await startEndpoint(t, (response, _, index) => {
    if (index === 0) return say(response, null)
    return say(response, [
      { type: 'thinking', text: null },
      { type: 'text', text: JSON.stringify({ ...PROSE, more: 1 }) },
    ])
  })
  assert.deepEqual((await setUp(t, url).model.ask(ask('a'), never)).value, PROSE)
  assert.equal(heard[1]?.body.messages[2]?.content, '(nothing)')
})
