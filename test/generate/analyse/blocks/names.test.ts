/** What nested blocks are called. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from '../inventory-of.ts'

async function namesIn(path: string, text: string): Promise<string[]> {
  const { occurrences } = await analyse(await inventoryOf({ [path]: text }), {
    signal: new AbortController().signal,
    onProgress: () => {},
  })
  return occurrences.blocksOf(path).map(({ startLine, name }) => `${startLine} ${name ?? '-'}`)
}

test('Ruby: a variable names the closure that it holds, not one that is given to a call whose result it holds', async () => {
  const text =
    'def start\n a = foo do\n  one\n end\n b = lambda { one }\n c = foo(1) { one }\n d = -> { one }\n e = proc { one }\n f = Proc.new { one }\nend\ndef one\nend\n'
  assert.deepEqual(await namesIn('a.rb', text), ['2 -', '5 b', '6 -', '7 d', '8 e', '9 f'])
})
