import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packNumbers, unpackNumbers } from '#generate/analyse/typescript/packed-numbers.ts'

const EDGES = [-1, 0, 126, 127, 128, 16_382, 16_383, 2 ** 28 - 1, 2 ** 31 - 1, 2 ** 31]

test('numbers from -1 to 2^31 are the same after packing and unpacking, in at most five bytes each', () => {
  const number = fc.oneof(fc.integer({ min: -1, max: 2 ** 31 }), fc.constantFrom(...EDGES))
  fc.assert(
    fc.property(fc.array(number), (numbers) => {
      const packed = packNumbers(numbers)
      assert.deepEqual(unpackNumbers(packed), numbers)
      assert.ok(packed.length <= 5 * numbers.length)
    }),
  )
  assert.deepEqual(unpackNumbers(packNumbers(EDGES)), EDGES)
})
