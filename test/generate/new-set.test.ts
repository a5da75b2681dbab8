import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Incidents } from '#generate/incidents.ts'
import { type Documented, headingsToList, summaryOf } from '#generate/new-set.ts'
import type { Heading } from '#markdown/headings.ts'

const heading = (depth: Heading['depth'], n: number): Heading => ({ depth, id: `h${n}`, text: `${n}` })
const many = Array.from({ length: 600 }, (_, n) => heading(2, n))

test('a manifest lists the headings of tables of contents, those of the second level first', () => {
  const few = [heading(1, 0), heading(2, 1), heading(3, 2), heading(4, 3)]
  assert.deepEqual(headingsToList([few, []]), [[heading(2, 1), heading(3, 2)], []])
  const mixed = Array.from({ length: 600 }, (_, n) => heading(n % 100 === 0 ? 2 : 3, n))
  assert.deepEqual(
    headingsToList([mixed])[0]?.map(({ text }) => text),
    ['0', '100', '200', '300', '400', '500'],
  )
})

test('all pages together list at most 2 MiB of headings; short pages keep theirs longer', () => {
  const most = [1, 200, 2_000, 10_000].map((pages) => {
    const listed = headingsToList([many.slice(0, 3), ...Array.from({ length: pages }, () => many)])
    assert.ok(JSON.stringify(listed).length < 2_200_000)
    assert.equal(listed[0]?.length, Math.min(3, listed[1]?.length ?? 0))
    return listed[1]?.length
  })
  assert.deepEqual(most, [500, 250, 15, 3])
  assert.deepEqual(headingsToList([[{ depth: 2, id: 'x', text: 'ä'.repeat(2_000_000) }]]), [[]])
})

test('a summary counts one of each in the singular', () => {
  const documented = (count: number): unknown => ({
    written: { pages: Array(count) },
    studied: { graph: { components: Array(count), edges: Array(count) } },
    shaped: { ignored: Array(count) },
  })
  const summary = (count: number): string =>
    summaryOf(
      documented(count) as Documented,
      { files: new Set(Array.from({ length: count }, (_, at) => `${at}`)) } as unknown as Incidents,
    )
  assert.equal(
    summary(1),
    '1 page on 1 definition and 1 reference between them; 1 ignored request of steering files, see the log; 1 file could not be read completely, see verification.json',
  )
  assert.match(summary(2), /^2 pages on 2 definitions .*; 2 ignored requests .*; 2 files could/)
})
