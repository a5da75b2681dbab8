import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { createAnswerStore, pruneAnswers } from '#generate/prose/client/answer-store.ts'
import { ask, GOOD, never, say, setUp, startEndpoint, temporaryFolder } from './endpoint.ts'

const KEY = 'ab'.repeat(32)
const OTHER = `ab${'cd'.repeat(31)}`

test('an answer is kept under its key, for this user alone', async (t) => {
  const folder = path.join(temporaryFolder(t), 'answers')
  const store = createAnswerStore(folder)
  assert.equal(store.read(KEY), undefined)
  store.write(KEY, 'one')
  store.write(KEY, 'two')
  assert.equal(store.read(KEY)?.body, 'two')
  assert.deepEqual(await readdir(path.join(folder, 'ab')), [`${KEY}.json`])
  assert.equal((await stat(path.join(folder, 'ab', `${KEY}.json`))).mode & 0o777, 0o600)
})

test('a file that is torn, changed, of another key, or no file is no answer', async (t) => {
  const folder = temporaryFolder(t)
  const store = createAnswerStore(folder)
  const file = path.join(folder, 'ab', `${KEY}.json`)
  store.write(KEY, 'a body that is long enough')
  const whole = await readFile(file, 'utf8')
  for (const text of [
    whole.slice(0, -5),
    '',
    whole.replace('long', 'LONG'),
    whole.replace('"v":1', '"v":2'),
    '[]',
    'null',
  ]) {
    await writeFile(file, text)
    assert.equal(store.read(KEY), undefined, text)
  }
  await writeFile(path.join(folder, 'ab', `${OTHER}.json`), whole)
  assert.equal(store.read(OTHER), undefined)
  await writeFile(path.join(folder, 'real'), whole)
  await symlink(path.join(folder, 'real'), path.join(folder, 'ab', 'link.json'))
  assert.equal(store.read('link'), undefined)
  await writeFile(file, whole)
  assert.equal(store.read(KEY)?.body, 'a body that is long enough')
})

test('what is not used for 90 days goes, what is used stays, and so does what is not an answer', async (t) => {
  const folder = temporaryFolder(t)
  const store = createAnswerStore(folder)
  for (const key of [KEY, OTHER]) store.write(key, 'x')
  const old = new Date(Date.now() - 91 * 86_400_000)
  for (const key of [KEY, OTHER]) await utimes(path.join(folder, 'ab', `${key}.json`), old, old)
  await writeFile(path.join(folder, 'ab', '.tmp-1-x-0'), '')
  await utimes(path.join(folder, 'ab', '.tmp-1-x-0'), old, old)
  await writeFile(path.join(folder, 'ab', 'notes.txt'), '')
  assert.ok(store.read(KEY))
  await pruneAnswers(folder)
  assert.deepEqual((await readdir(path.join(folder, 'ab'))).sort(), [`${KEY}.json`, 'notes.txt'])
})

test('beyond their bytes those used least recently go, as answers are written', async (t) => {
  const folder = temporaryFolder(t)
  const store = createAnswerStore(folder, { maxBytes: 256 * 3_000, maxAgeMs: 86_400_000 })
  const keys = Array.from({ length: 20 }, (_, at) => `ab${at.toString(16).padStart(62, '0')}`)
  for (const [at, key] of keys.entries()) {
    store.write(key, 'x'.repeat(700))
    const usedAt = new Date(Date.now() - (keys.length - at) * 1_000)
    await utimes(path.join(folder, 'ab', `${key}.json`), usedAt, usedAt)
  }
  await pruneAnswers(folder, { maxBytes: 256 * 3_000, maxAgeMs: 86_400_000 })
  const left = await readdir(path.join(folder, 'ab'))
  assert.deepEqual(
    left.sort(),
    keys.slice(-3).map((key) => `${key}.json`),
  )
})

test('a question that was answered is not sent again, by another process either', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, GOOD))
  const { model, spool } = setUp(t, url)
  await model.ask(ask('a'), never)
  const again = setUp(t, url, { spool }).model
  assert.equal((await again.ask(ask('a'), never)).isCached, true)
  assert.equal((await again.spend()).kept, 1)
  assert.equal(heard.length, 1)
})

test('another question, model, limit or schema is another answer', async (t) => {
  const { url, heard } = await startEndpoint(t, (response) => say(response, GOOD))
  const { model, spool } = setUp(t, url)
  await model.ask(ask('a'), never)
  await model.ask(ask('b'), never)
  await model.ask(ask('a', { maxOutputTokens: 501 }), never)
  await model.ask(ask('a', { schemaName: 'other' }), never)
  await model.ask(ask('a', { about: 'something else' }), never)
  await setUp(t, url, { spool, mainModel: 'other' }).model.ask(ask('a'), never)
  assert.equal(heard.length, 5)
})

test('the same question at once is asked once, and one of the two may give up', async (t) => {
  const held: (() => void)[] = []
  const { url, heard } = await startEndpoint(t, (response) => held.push(() => say(response, GOOD)))
  const { model } = setUp(t, url)
  const leaving = new AbortController()
  const first = model.ask(ask('a'), leaving.signal)
  const others = [model.ask(ask('a'), never), model.ask(ask('a'), never)]
  while (held.length === 0) await new Promise((resolve) => setImmediate(resolve))
  leaving.abort()
  await assert.rejects(first)
  held[0]?.()
  assert.deepEqual(
    (await Promise.all(others)).map(({ isCached }) => isCached),
    [true, true],
  )
  assert.equal(heard.length, 1)
  assert.equal((await model.spend()).calls, 1)
})

test('an answer that cannot be kept is an answer all the same, and is in the log', async (t) => {
  const { url } = await startEndpoint(t, (response) => say(response, GOOD))
  const { model, spool, logged } = setUp(t, url)
  await writeFile(path.join(spool, 'answers'), 'in the way')
  await model.ask(ask('a'), never)
  assert.equal(logged.length, 1)
  assert.match(logged[0] ?? '', /cannot be cached/)
})

test('a folder in the place of an answer is no answer', async (t) => {
  const folder = temporaryFolder(t)
  await mkdir(path.join(folder, 'ab', `${KEY}.json`), { recursive: true })
  assert.equal(createAnswerStore(folder).read(KEY), undefined)
})
