import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fences } from '#markdown/fences.ts'

/** The lines outside fenced code. */
function outside(...lines: string[]): string[] {
  const fences = new Fences()
  return lines.filter((line) => !fences.isCode(line))
}

test('a fence is closed by one of the same character and at least its length', () => {
  assert.deepEqual(outside('a', '```js', 'b', '~~~', '```', 'c'), ['a', 'c'])
  assert.deepEqual(outside('````', '```', 'a', '```', '`````', 'b'), ['b'])
  assert.deepEqual(outside('~~~', '```', '~~~~', 'a'), ['a'])
})

test('a fence with an info string closes nothing, and inline code is no fence', () => {
  assert.deepEqual(outside('```', 'a', '```js', 'b', '```  ', 'c'), ['c'])
  assert.deepEqual(outside('```a```', 'b'), ['```a```', 'b'])
  assert.deepEqual(outside('    ```', 'a'), ['    ```', 'a'])
})
