import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FairQueue } from '#base/fair-queue.ts'

const lineOf = (width: number) => new FairQueue<{ client: string | undefined; n: number }>(width)

function takeAll(line: ReturnType<typeof lineOf>): string[] {
  const order: string[] = []
  for (let task = line.next(); task !== undefined; task = line.next()) {
    order.push(`${task.client}${task.n}`)
    line.done(task)
  }
  return order
}

test('clients take turns, each in the order in which its tasks came', () => {
  const line = lineOf(64)
  for (const client of ['a', 'b']) for (let n = 0; n < 3; n++) line.add({ client, n })
  line.add({ client: 'c', n: 0 })
  assert.deepEqual(takeAll(line), ['a0', 'b0', 'c0', 'a1', 'b1', 'a2', 'b2'])
  for (let n = 0; n < 3; n++) line.add({ client: undefined, n })
  assert.deepEqual(takeAll(line), ['undefined0', 'undefined1', 'undefined2'])
})

test('what runs counts, too', () => {
  const line = lineOf(64)
  line.add({ client: 'a', n: 0 })
  const running = line.next()
  line.add({ client: 'a', n: 1 })
  line.add({ client: 'b', n: 0 })
  assert.deepEqual([line.length, line.waitingOf('a'), line.waitingOf('b'), line.waitingOf('c')], [2, 1, 1, 0])
  assert.deepEqual(takeAll(line), ['b0', 'a1'])
  if (running !== undefined) line.done(running)
  assert.deepEqual(line.clear(), [])
})

test('who leaves is not taken, and was there once', () => {
  const line = lineOf(64)
  const [one, other] = [
    { client: 'a', n: 0 },
    { client: 'a', n: 1 },
  ]
  line.add(one)
  line.add(other)
  assert.deepEqual([line.leave(one), line.leave(one)], [true, false])
  assert.equal(line.next(), other)
  assert.equal(line.leave(other), false)
})

test('a task waits for a bounded number of others, whoever comes', () => {
  const width = 8
  const comer = fc.constantFrom('a', 'b', 'c', 'd', undefined)
  fc.assert(
    fc.property(fc.array(comer, { minLength: 1, maxLength: 300 }), (comers) => {
      const line = lineOf(width)
      const mine = Array.from({ length: width }, (_, n) => ({ client: 'me', n }))
      for (const task of mine) line.add(task)
      const order: unknown[] = []
      const take = (): void => {
        const task = line.next()
        order.push(task)
        if (task !== undefined) line.done(task)
      }
      // As many come as are taken: the line never ends.
      for (const [n, client] of comers.entries()) {
        line.add({ client, n })
        take()
      }
      while (line.length > 0) take()
      for (const [own, task] of mine.entries()) assert.ok(order.indexOf(task) <= own * (width + 1) + width, `${own}`)
    }),
  )
})
