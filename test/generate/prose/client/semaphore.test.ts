import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { Semaphore } from '#generate/prose/client/request-limit.ts'
import { never } from './endpoint.ts'

/** Acquires it many times, and records who has it. */
function crowd(semaphore: Semaphore, count: number) {
  const running = new Map<number, () => void>()
  const order: number[] = []
  for (let at = 0; at < count; at += 1) {
    semaphore.take(never).then((giveBack) => {
      order.push(at)
      running.set(at, () => {
        running.delete(at)
        giveBack()
        giveBack()
      })
    })
  }
  return { running, order }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a semaphore is acquired in the order of requests, by so many at once', async () => {
  const { running, order } = crowd(new Semaphore(2), 6)
  await settled()
  assert.deepEqual([...running.keys()], [0, 1])
  for (const next of [1, 0, 2, 3, 4, 5]) {
    running.get(next)?.()
    await settled()
    assert.ok(running.size <= 2)
  }
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5])
})

test('who comes first takes the turn of those who wait, in the order of those who come first', async () => {
  const semaphore = new Semaphore(1)
  const order: string[] = []
  let next = await semaphore.take(never)
  const ask = (name: string, isFirst: boolean) =>
    semaphore.take(never, isFirst).then((giveBack) => {
      order.push(name)
      next = giveBack
    })
  for (const [name, isFirst] of Object.entries({ a: false, b: true, c: false, d: true })) ask(name, isFirst)
  for (let left = 4; left > 0; left -= 1) {
    next()
    await settled()
  }
  assert.deepEqual(order, ['b', 'd', 'a', 'c'])
})

test('a busy endpoint is asked by half as many, and by more again after it answered for a while', async () => {
  const semaphore = new Semaphore(4)
  const { running } = crowd(semaphore, 20)
  await settled()
  semaphore.narrow()
  for (const at of [...running.keys()]) running.get(at)?.()
  await settled()
  assert.equal(running.size, 2)
  for (let answers = 0; answers < 10; answers += 1) semaphore.widen()
  await settled()
  assert.equal(running.size, 3)
  for (let answers = 0; answers < 100; answers += 1) semaphore.widen()
  await settled()
  assert.equal(running.size, 4)
  for (let times = 0; times < 9; times += 1) semaphore.narrow()
  for (const at of [...running.keys()]) running.get(at)?.()
  await settled()
  assert.equal(running.size, 1)
})

test('who gives up leaves the queue, and takes nobody’s turn', async () => {
  const semaphore = new Semaphore(1)
  const giveBack = await semaphore.take(never)
  const leaving = new AbortController()
  const left = semaphore.take(leaving.signal)
  const staying = semaphore.take(never)
  leaving.abort()
  await assert.rejects(left, Aborted)
  giveBack()
  await staying
  await assert.rejects(semaphore.take(leaving.signal), Aborted)
})
