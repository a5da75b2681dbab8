import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '#generate/model.ts'
import { llmsFullText, llmsText } from '#generate/pages/data/llms.ts'
import { partition } from '#generate/partition/partition.ts'
import { file, sample, subject } from './sample.ts'

const page = (name: string, size: number): Page =>
  ({
    file: `${name}.md`,
    title: name,
    about: 'module',
    module: name,
    markdown: `# ${name}\n\n${'x'.repeat(size)}\n`,
  }) as Page

test('all pages are in one file; what would make it too long is a link, and the file says so', () => {
  const { inventory, analysis } = sample([file('a.ts', 'export const a = 1\n')])
  const input = { subject, inventory, packages: [], root: partition(inventory, analysis, subject) }
  const pages = [page('one', 600_000), page('two', 600_000), page('three', 300_000)]
  const whole = String(llmsFullText({ ...input, pages }))
  assert.doesNotMatch(whole, /links only/)
  for (const { markdown } of pages) assert.ok(whole.includes(markdown))
  const cut = String(llmsFullText({ ...input, pages }, 1))
  assert.match(cut, /^1 of the 3 pages are links only, to keep this file below 1 million characters\.$/m)
  assert.ok(cut.includes('<!-- two.md -->\n\n[two](two.md)\n') && cut.includes(pages[2]?.markdown ?? ''))
  assert.ok(cut.length < 1_000_000)
  const german = String(llmsFullText({ ...input, language: 'de', pages }, 1))
  assert.match(german, /^1 der 3 Seiten stehen hier nur als Link/m)
})

test('a long summary is cut between words, or anywhere in a script without spaces', () => {
  const { inventory, analysis } = sample([file('a.ts', 'export const a = 1\n')])
  const input = { subject, inventory, packages: [], root: partition(inventory, analysis, subject) }
  const noteOf = (summary: string): string | undefined =>
    /^- \[one\]\(one\.md\): (.*)$/m.exec(llmsText({ ...input, pages: [{ ...page('one', 10), summary }] }))?.[1]
  assert.equal(noteOf('word '.repeat(100).trim()), `${'word '.repeat(48)}…`)
  assert.equal(noteOf('軌'.repeat(1_000)), `${'軌'.repeat(240)} …`)
})

test('type parameters stay in the summaries of pages, and are no HTML', () => {
  const { inventory, analysis } = sample([file('a.ts', 'export const a = 1\n')])
  const input = { subject, inventory, packages: [], root: partition(inventory, analysis, subject) }
  const pages = [{ ...page('one', 10), summary: 'Handler<TRequest, TResponse>: handles [one].' }]
  assert.match(llmsText({ ...input, pages }), /^- \[one\]\(one\.md\): Handler\\<TRequest, TResponse>: handles one\.$/m)
})
