/** The order of the queue: by priority, and by waiting. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AGEING_MS, rankOf } from '#queue/ageing.ts'
import type { Entry } from '#queue/backend.ts'
import { entryName } from '#queue/spool/file-names.ts'
import { countBefore, findFirst } from '#queue/spool/queue-order.ts'

const NOW = 1_700_000_000_000
const entries = fc.uniqueArray(
  fc.record(
    {
      jobId: fc.integer({ min: 0, max: 99 }).map((n) => `acme--${n}`),
      priority: fc.integer({ min: 0, max: 9 }),
      // Few different times, some a whole step of ageing apart, so that ranks are often equal.
      submittedMs: fc
        .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 12 }))
        .map(([ms, steps]) => NOW + ms + steps * AGEING_MS),
    },
    { noNullPrototype: true },
  ),
  { selector: ({ jobId }) => jobId, maxLength: 40 },
)

/** What is promised, in the plainest words. */
const inOrder = (all: Entry[]): Entry[] =>
  all.toSorted((a, b) => rankOf(a) - rankOf(b) || a.priority - b.priority || (entryName(a) < entryName(b) ? -1 : 1))

test('the first is the lowest in rank, and a place counts those that are lower', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const names = all.map(entryName).sort()
      const sorted = inOrder(all)
      assert.deepEqual(
        findFirst(names, () => true),
        sorted[0],
      )
      assert.deepEqual(
        sorted.map((entry) => countBefore(names, entry)),
        sorted.map((_, index) => index),
      )
      const isAdmitted = ({ jobId }: Entry): boolean => jobId.endsWith('7')
      assert.deepEqual(findFirst(names, isAdmitted), sorted.find(isAdmitted))
    }),
  )
})

test('what is urgent goes first, but not before what has waited for hours', () => {
  const entry = (priority: number, waitedMs: number): Entry => ({
    jobId: `acme--${priority}`,
    priority,
    submittedMs: NOW - waitedMs,
  })
  const first = (...all: Entry[]) => findFirst(all.map(entryName).sort(), () => true)?.priority
  assert.equal(first(entry(9, 0), entry(0, 0), entry(5, 60_000)), 0)
  assert.equal(first(entry(9, 9 * AGEING_MS + 1), entry(0, 0)), 9)
  assert.equal(first(entry(9, 9 * AGEING_MS), entry(0, 0)), 0)
})
