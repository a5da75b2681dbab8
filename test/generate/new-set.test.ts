import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headingsToList } from '#generate/new-set.ts'
import type { Heading } from '#markdown/headings.ts'

const heading = (depth: Heading['depth'], n: number): Heading => ({ depth, id: `h${n}`, text: `${n}` })

test('a manifest lists the headings of tables of contents, fewer a page the more pages there are', () => {
  const few = [heading(1, 0), heading(2, 1), heading(3, 2), heading(4, 3)]
  assert.deepEqual(headingsToList(few, 1), [heading(2, 1), heading(3, 2)])
  const many = Array.from({ length: 39_000 }, (_, n) => heading(2, n))
  assert.deepEqual(
    [1, 100, 1_000, 100_000].map((pages) => headingsToList(many, pages).length),
    [500, 500, 50, 30],
  )
  const mixed = Array.from({ length: 600 }, (_, n) => heading(n % 100 === 0 ? 2 : 3, n))
  assert.deepEqual(
    headingsToList(mixed, 1).map(({ text }) => text),
    ['0', '100', '200', '300', '400', '500'],
  )
})
