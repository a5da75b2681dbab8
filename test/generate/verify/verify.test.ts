import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '#generate/model.ts'
import { writePages } from '#generate/pages/pages.ts'
import { partition } from '#generate/partition/partition.ts'
import { type Verified, type VerifyInput, verify } from '#generate/verify/verify.ts'
import { component, edge, file, link, sample, subject } from '../pages/sample.ts'

const a = file('src/a.ts', 'export function first() {}\n')
const b = file('src/b.ts', 'export function second() {}\nexport function third() {}\n')
const input = sample(
  [a, b],
  [component(a, 'first'), component(b, 'second'), component(b, 'third')],
  [edge(`${a.path}#first`, `${b.path}#second`)],
)
const root = partition(input.inventory, input.analysis, subject)
const written = writePages({ subject, link, root, commitSubject: '', ref: null, ...input })
const good: VerifyInput = { ...written, ...input, link }

/** Verify with the Markdown of every page changed. */
function after(change: (markdown: string) => string): Verified {
  return verify({ ...good, pages: good.pages.map((page): Page => ({ ...page, markdown: change(page.markdown) })) })
}

function kinds({ verification }: Verified): string[] {
  return [...new Set(verification.faults.map((fault) => fault.kind))].sort()
}

test('a good set has no fault and is not changed', () => {
  const result = verify(good)
  assert.deepEqual(result.verification.faults, [])
  assert.deepEqual(result.pages, written.pages)
  assert.equal(result.verification.checked.entries, 3)
  assert.equal(result.verification.checked.diagram_edges, 1)
})

test('links to pages and anchors that are not there are found and become text', () => {
  const result = after((markdown) => `${markdown}\nSee [one](gone.md), [two](#gone) and [three](overview.md#gone).\n`)
  assert.deepEqual(kinds(result), ['broken_link'])
  assert.equal(result.verification.repaired, 3 * written.pages.length)
  for (const page of result.pages) assert.match(page.markdown, /See one, two and three\.\n$/)
})

test('an address of another kind than web, mail or page becomes text', () => {
  const result = after((markdown) => `${markdown}\n[x](javascript:alert(1)) [y](file:///etc/passwd)\n`)
  assert.deepEqual(kinds(result), ['unsafe_link'])
  for (const page of result.pages) assert.match(page.markdown, /x y\n$/)
})

test('a link to a source file that the inventory does not have is found', () => {
  const result = after((markdown) => `${markdown}\n[x](${link('src/gone.ts')})\n`)
  assert.deepEqual(kinds(result), ['source_path'])
})

test('lines after the end of a file and lines without the name are found', () => {
  const sources = written.sources.map((source) => (source.symbol === 'first' ? { ...source, endLine: 99 } : source))
  assert.deepEqual(kinds(verify({ ...good, sources })), ['source_lines'])
  const moved = written.sources.map((source) =>
    source.symbol === 'second' ? { ...source, startLine: 2, endLine: 2 } : source,
  )
  assert.deepEqual(kinds(verify({ ...good, sources: moved })), ['source_symbol'])
})

test('a diagram that nobody drew, and an arrow that is not in the graph, are found', () => {
  assert.deepEqual(kinds(after((markdown) => markdown.replace('n1 -->', 'n2 -->'))), ['diagram_unknown'])
  const reversed = written.diagrams.map((diagram) => ({ ...diagram, nodes: { n1: [b.path], n2: [a.path] } }))
  assert.deepEqual(kinds(verify({ ...good, diagrams: reversed })), ['diagram_edge'])
  const guessed = {
    ...input.analysis,
    edges: input.analysis.edges.map((one) => ({ ...one, origin: 'unique-name' as const })),
  }
  assert.deepEqual(kinds(verify({ ...good, analysis: guessed })), ['diagram_edge'])
})

test('an exported component without an entry, and an index entry without an anchor, are found', () => {
  assert.deepEqual(kinds(verify({ ...good, index: written.index.slice(1) })), ['index_anchor'])
  const wrong = written.index.map((entry) => ({ ...entry, anchor: written.index[0]?.anchor ?? '' }))
  assert.deepEqual(kinds(verify({ ...good, index: wrong })), ['missing_entry'])
})

test('a heading with nothing under it is found', () => {
  assert.deepEqual(kinds(after((markdown) => `${markdown}\n## Empty\n`)), ['empty_section'])
  assert.deepEqual(kinds(after((markdown) => `${markdown}\n### Empty\n\n## Full\n\nText\n`)), ['empty_section'])
})
