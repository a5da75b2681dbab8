import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createStepCache } from '#store/step-cache.ts'

let root = ''
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'docspool-steps-'))
})
after(() => rm(root, { recursive: true, force: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('what was written is read, by its name alone', async () => {
  const folder = path.join(root, 'read')
  const cache = createStepCache(folder, { scope: 'r' })
  await cache.write('../a/b', bytes('one'))
  await cache.write('../a/b', bytes('two'))
  assert.deepEqual(Buffer.from((await cache.read('../a/b')) ?? []).toString(), 'two')
  assert.equal(await cache.read('other'), undefined)
  assert.deepEqual((await readdir(root)).sort(), ['read'])
  const [name = ''] = await readdir(folder)
  assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600)
})

test('a torn entry is none', async () => {
  const folder = path.join(root, 'torn')
  const cache = createStepCache(folder, { scope: 'r' })
  await cache.write('a', bytes('a long enough text'))
  const file = path.join(folder, (await readdir(folder))[0] ?? '')
  await writeFile(file, (await readFile(file)).subarray(0, 40))
  assert.equal(await cache.read('a'), undefined)
})

test('beyond its bytes what was written longest ago goes, and so does what was left half written', async () => {
  const folder = path.join(root, 'prune')
  const cache = createStepCache(folder, { scope: 'r', maxBytes: 300 })
  await cache.write('old', bytes('x'.repeat(100)))
  const [old = ''] = await readdir(folder)
  await utimes(path.join(folder, old), 1, 1)
  await writeFile(path.join(folder, '.tmp-1-x-0'), '')
  await utimes(path.join(folder, '.tmp-1-x-0'), 1, 1)
  await cache.write('new', bytes('x'.repeat(100)))
  await cache.write('newer', bytes('x'.repeat(100)))
  assert.equal(await cache.read('old'), undefined)
  assert.ok(await cache.read('new'))
  assert.ok(await cache.read('newer'))
  assert.equal((await readdir(folder)).length, 2)
})

test('the folder is not listed after each write', async () => {
  const folder = path.join(root, 'listed')
  const cache = createStepCache(folder, { scope: 'r', maxBytes: 3_200 })
  await cache.write('first', bytes('x'))
  const temporary = path.join(folder, '.tmp-1-x-0')
  await writeFile(temporary, '')
  await utimes(temporary, 1, 1)
  await cache.write('small', bytes('x'.repeat(50)))
  assert.equal((await readdir(folder)).length, 3)
  await cache.write('next', bytes('x'.repeat(51)))
  assert.equal((await readdir(folder)).length, 3, 'without the temporary file')
})

test('a stale temporary file does not count towards the limit', async () => {
  const folder = path.join(root, 'stale')
  const cache = createStepCache(folder, { scope: 'r', maxBytes: 300 })
  await cache.write('old', bytes('x'.repeat(100)))
  const [old = ''] = await readdir(folder)
  await utimes(path.join(folder, old), 1, 1)
  await writeFile(path.join(folder, '.tmp-1-x-0'), 'x'.repeat(900))
  await utimes(path.join(folder, '.tmp-1-x-0'), 2, 2)
  await cache.write('new', bytes('x'))
  assert.ok(await cache.read('old'))
  assert.ok(await cache.read('new'))
})

test('what cannot be kept is no failure', async () => {
  const file = path.join(root, 'a-file')
  await writeFile(file, '')
  await createStepCache(path.join(file, 'inside'), { scope: 'r' }).write('a', bytes('b'))
  assert.equal(await createStepCache(path.join(file, 'inside'), { scope: 'r' }).read('a'), undefined)
})
