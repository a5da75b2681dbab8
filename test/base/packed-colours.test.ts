import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { COLOURS, packColours, type Run, unpackColours } from '#base/packed-colours.ts'

const runs = fc
  .array(
    fc.record({
      gap: fc.nat(1_000_000),
      length: fc.integer({ min: 1, max: 1_000_000 }),
      colour: fc.nat(COLOURS.length - 1),
    }),
  )
  .map((parts) => {
    let at = 0
    return parts.map(({ gap, length, colour }): Run => {
      const start = at + gap
      at = start + length
      return { start, end: at, colour }
    })
  })

test('runs come out as they went in', () => {
  fc.assert(fc.property(runs, (given) => assert.deepEqual([...unpackColours(packColours(given))], given)))
})

test('torn or foreign bytes end, with runs in order', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      let at = 0
      for (const { start, end } of unpackColours(bytes)) {
        assert.ok(start >= at && end >= start)
        at = end
      }
    }),
  )
})
