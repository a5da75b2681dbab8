import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createOnePerTurn } from '#http/one-per-turn.ts'

test('of those who wait, one goes on in each turn of the event loop, in their order', async () => {
  const nextTurn = createOnePerTurn(setImmediate)
  const happened: string[] = []
  let isOver = false
  const turn = (): void => {
    happened.push('|')
    if (!isOver) setImmediate(turn)
  }
  const goOn = async (name: string, times: number): Promise<void> => {
    for (let time = 0; time < times; time++) {
      await nextTurn()
      happened.push(name)
    }
  }
  setImmediate(turn)
  await Promise.all([goOn('a', 3), goOn('b', 2), goOn('c', 1)])
  isOver = true
  assert.deepEqual(
    happened.filter((name) => name !== '|'),
    ['a', 'b', 'c', 'a', 'b', 'a'],
  )
  assert.doesNotMatch(happened.join(''), /[abc]{2}/)
})

test('what has gone on is forgotten though others wait all the time', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let turn: (() => void) | undefined
  const nextTurn = createOnePerTurn((next) => {
    turn = next
  })
  let begun = 0
  const wait = (): unknown => nextTurn().then(() => (begun += 1))
  wait()
  wait()
  collect()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 200_000; n++) {
    wait()
    turn?.()
    await undefined
  }
  collect()
  assert.ok(begun > 199_000, `${begun}`)
  assert.ok(process.memoryUsage().heapUsed - before < 10_000_000)
})
