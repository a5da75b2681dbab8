import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '#base/caller.ts'
import { ServerBusy } from '#base/overload-errors.ts'
import { Refusal } from '#http/problem.ts'
import { createRequestTurns } from '#http/request-turns.ts'

const caller = (client: string, signal = new AbortController().signal): Caller => ({ client, signal })

/** Tasks that run until they are released. */
function heldTasks() {
  const releases: Array<() => void> = []
  const task = (): Promise<void> => new Promise((resolve) => releases.push(resolve))
  return { task, releases }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('eight lists run at once and the ninth starts when one has ended', async () => {
  const { list } = createRequestTurns()
  const { task, releases } = heldTasks()
  const all = Array.from({ length: 9 }, () => list(caller('a'), task))
  await settled()
  assert.equal(releases.length, 8)
  releases[0]?.()
  await all[0]
  await settled()
  assert.equal(releases.length, 9)
  for (const release of releases) release()
  await Promise.all(all)
})

test('searches run one at a time and do not delay lists', async () => {
  const { list, search } = createRequestTurns()
  const { task, releases } = heldTasks()
  const searches = [search(caller('a'), task), search(caller('a'), task)]
  await settled()
  assert.equal(releases.length, 1)
  assert.equal(await list(caller('a'), async () => 'listed'), 'listed')
  releases[0]?.()
  await searches[0]
  await settled()
  releases[1]?.()
  await searches[1]
})

test('a client with many waiting tasks is refused, another one is served before they are', async () => {
  const { search } = createRequestTurns()
  const { task, releases } = heldTasks()
  const order: string[] = []
  const running = search(caller('a'), task)
  const waiting = Array.from({ length: 16 }, (_, at) => search(caller('a'), async () => void order.push(`a${at}`)))
  await assert.rejects(
    search(caller('a'), async () => undefined),
    (error) => error instanceof ServerBusy,
  )
  const other = search(caller('b'), async () => void order.push('b'))
  releases[0]?.()
  await Promise.all([running, other, ...waiting])
  assert.equal(order[0], 'b')
  assert.equal(order.length, 17)
})

test('a task that failed gives its turn back; one of a caller who has left does not run', async () => {
  const { search } = createRequestTurns()
  await assert.rejects(
    search(caller('a'), async () => Promise.reject(new Error('broken'))),
    /broken/,
  )
  await assert.rejects(
    search(caller('a', AbortSignal.abort()), async () => assert.fail('ran')),
    Refusal,
  )
  assert.equal(await search(caller('a'), async () => 1), 1)
})
