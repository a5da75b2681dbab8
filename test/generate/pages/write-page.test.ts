/** Writing a page can be done again after an interruption, and has a substitute. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { linkedAnchors, type PageAddress, packDraft, placesOf, unpackDraft } from '#generate/pages/packed-draft.ts'
import { unwrittenPage, writePage } from '#generate/pages/write-page.ts'
import { code, heading, list, paragraph, refLink } from '#markdown/build.ts'
import { renderMarkdown } from '#markdown/render.ts'

const LISTED = 'src/c.ts'
const places = new Map<string, PageAddress>([
  [refTo.file('a'), { page: 'a.md', anchor: null }],
  [refTo.file('b'), { page: 'b.md', anchor: 'b-1' }],
  [refTo.file('c'), { page: 'a.md', anchor: 'c', listed: LISTED }],
])

function draft(): Draft {
  const quoted = code('quoted')
  quoted.data = { isQuoted: true }
  const links = ['a', 'c', 'none', 'b', 'c'].map((name) => refLink(refTo.file(name), 'to ', { ...quoted }, ` ${name}`))
  const page = newDraft('a.md', 'A page', null, 'guide')
  page.blocks = [heading(1, 'A page'), paragraph(...links), heading(2, 'C'), paragraph('Then ', ...links.slice(1))]
  return structuredClone(page)
}

test('a page whose writing was interrupted anywhere is the same when it is written again', () => {
  const addressOf = (): string => 'https://example.org/c'
  const whole = writePage(draft(), places, addressOf)
  assert.match(whole.page.markdown, /\[to `quoted` b\]\(b\.md#b-1\)/)
  let stops = 0
  for (; ; stops++) {
    const interrupted = draft()
    let calls = 0
    try {
      writePage(interrupted, places, () => {
        if (calls++ === stops) throw new Error('interrupted')
        return addressOf()
      })
      break
    } catch {}
    assert.deepEqual(writePage(interrupted, places, addressOf), whole)
  }
  assert.equal(stops, 4)
})

test('in place of a page that could not be written is its title, and why', () => {
  const { page, quoted } = unwrittenPage(draft(), 'It took too long.')
  assert.equal(page.markdown, '# A page\n\n_It took too long._\n')
  assert.deepEqual([page.file, page.about, quoted.size], ['a.md', 'guide', 0])
})

test('a list item has an anchor for other Markdown renderers if a page links to it', () => {
  const page = newDraft('b.md', 'B', null, 'guide')
  const lines = list([[code('run(at: State): void')], [code('stop(): void')]])
  page.blocks = [heading(2, code('Plan')), lines]
  const [run = null, stop = null] = lines.children
  page.homes.set(refTo.component('run'), run).set(refTo.component('stop'), stop)
  const user = newDraft('a.md', 'A', null, 'guide')
  user.blocks = [paragraph(refLink(refTo.component('run'), 'run'))]
  const drafts = [page, user].map(packDraft)
  const all = placesOf(drafts)
  const [written, using] = drafts.map(
    (one) => writePage(unpackDraft(one), all, () => null, linkedAnchors(drafts, all)).page.markdown,
  )
  assert.match(using ?? '', /\[run\]\(b\.md#planrun\)/)
  assert.match(written ?? '', /^- <a id="planrun"><\/a>`run\(at: State\): void`\n- `stop\(\): void`$/m)
  assert.match(renderMarkdown(written ?? '').html, /<li id="planrun"><code>run\(at: State\): void<\/code><\/li>/)
})
