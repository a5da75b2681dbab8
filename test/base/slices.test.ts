import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atOnce, inSlices, type Steps } from '#base/slices.ts'

/** Each step takes longer than a slice. */
function* slow(name: string, steps: number, done: string[]): Steps<string> {
  for (let step = 0; step < steps; step++) {
    for (const end = performance.now() + 6; performance.now() < end; );
    done.push(name)
    yield
  }
  return name
}

test('computations take turns, a slice in each turn of the event loop', async () => {
  const done: string[] = []
  let isOver = false
  const all = Promise.all([inSlices(slow('a', 3, done)), inSlices(slow('b', 2, done))]).finally(() => {
    isOver = true
  })
  for (; !isOver; await new Promise((resolve) => setImmediate(resolve))) done.push('|')
  assert.deepEqual(await all, ['a', 'b'])
  assert.match(done.join('').replace(/\|+/g, '|'), /^\|a\|b\|a\|b\|a\|?$/)
})

test('what throws rejects, and holds up nobody', async () => {
  // biome-ignore lint/correctness/useYield: it throws before
  function* broken(): Steps<void> {
    throw new TypeError('broken')
  }
  const [first, second] = await Promise.allSettled([inSlices(broken()), inSlices(slow('a', 1, []))])
  assert.deepEqual([first.status, second.status], ['rejected', 'fulfilled'])
  assert.equal(atOnce(slow('a', 1, [])), 'a')
})
