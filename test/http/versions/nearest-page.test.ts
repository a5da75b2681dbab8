import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestPage } from '#http/versions/nearest-page.ts'

const page = (file: string) => ({ file, title: '', module: null, html: '', headings: [], diagrams: 0 })
const pages = ['overview.md', 'src.md', 'src-http.md', 'src-http--app.ts.md'].map(page)

test('a page that is there is itself, else the page of the module around it, else the overview', () => {
  const cases = {
    'src-http.md': 'src-http.md',
    'src-http-limits.md': 'src-http.md',
    'src-http-limits--rate-limit.ts.md': 'src-http.md',
    'src-http--gone.ts.md': 'src-http.md',
    'src-queue.md': 'src.md',
    'lib.md': 'overview.md',
    '-.md': 'overview.md',
    '.md': 'overview.md',
    [`${'-'.repeat(5_000)}.md`]: 'overview.md',
  }
  for (const [name, nearest] of Object.entries(cases)) assert.equal(nearestPage({ pages }, name), nearest, name)
})
