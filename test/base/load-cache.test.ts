import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOfString, createLoadCache } from '#base/load-cache.ts'

function counted(bytes: number) {
  const loads: string[] = []
  const cache = createLoadCache<{ key: string }>(100, async (key) => {
    loads.push(key)
    await new Promise((resolve) => setImmediate(resolve))
    if (key === 'broken') throw new Error('away')
    return key === 'none' ? undefined : { value: { key }, bytes }
  })
  return { cache, loads }
}

test('requests for a value that is being read wait for it', async () => {
  const { cache, loads } = counted(10)
  const values = await Promise.all(Array.from({ length: 64 }, () => cache.read('a')))
  assert.equal(new Set(values).size, 1)
  assert.deepEqual(loads, ['a'])
})

test('the least recently used make room; of those above the limit, three are cached', async () => {
  const { cache, loads } = counted(30)
  for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await cache.read(key)
  assert.deepEqual(loads, ['a', 'b', 'c', 'd', 'b'])
  const large = counted(1_000)
  for (const key of ['a', 'a', 'b', 'b', 'a']) assert.deepEqual(await large.cache.read(key), { key })
  assert.deepEqual(large.loads, ['a', 'b'])
  for (const key of ['c', 'a', 'd', 'a', 'b']) await large.cache.read(key)
  assert.deepEqual(large.loads, ['a', 'b', 'c', 'd', 'b'])
})

test('a value above the limit leaves room to small ones', async () => {
  const loads: string[] = []
  const cache = createLoadCache<string>(100, async (key) => {
    loads.push(key)
    return { value: key, bytes: key === 'large' ? 1_000 : 10 }
  })
  for (let round = 0; round < 3; round++) for (const key of ['a', 'b', 'large', 'c', 'd']) await cache.read(key)
  assert.deepEqual(loads, ['a', 'b', 'large', 'c', 'd'])
})

test('neither absence nor a failure is cached, and a failure reaches all who wait', async () => {
  const { cache, loads } = counted(1)
  assert.deepEqual([await cache.read('none'), await cache.read('none')], [undefined, undefined])
  const failed = await Promise.allSettled([cache.read('broken'), cache.read('broken')])
  assert.deepEqual(
    failed.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  await assert.rejects(cache.read('broken'), /away/)
  assert.deepEqual(loads, ['none', 'none', 'broken', 'broken'])
})

test('who waits for a value gets it though it is forgotten meanwhile', async () => {
  const { cache, loads } = counted(1)
  const reading = cache.read('a')
  cache.forget('a')
  assert.deepEqual(await reading, { key: 'a' })
  await cache.read('a')
  assert.deepEqual(loads, ['a', 'a'])
})

test('a value is loaded from the source of the call that finds it missing', async () => {
  const cache = createLoadCache<string, string>(100, async (key, source) => ({ value: `${key} ${source}`, bytes: 1 }))
  assert.deepEqual(await Promise.all([cache.read('a', 'one'), cache.read('a', 'two')]), ['a one', 'a one'])
})

test('a string counts twice its length if a character is beyond Latin-1', () => {
  assert.equal(bytesOfString('\u03b1'.repeat(100)) - bytesOfString('é'.repeat(100)), 100)
})
