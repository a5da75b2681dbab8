import assert from 'node:assert/strict'
import { test } from 'node:test'
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
