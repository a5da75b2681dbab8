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

test('a file or module that has moved is where it is now, a chapter that is gone at the contents', () => {
  const now = [
    ...['overview.md', 'src-flask.md', 'src-flask-json.md', 'src-flask--app.py.md', 'src-flask-sansio--app.py.md'],
    ...['src-flask-json--tag.py.md', 'guide--contents.md', 'guide--docs-app.py.md'],
  ].map(page)
  const cases = {
    'src.md': 'src-flask.md',
    'src--app.py.md': 'src-flask--app.py.md',
    'src--json-tag.py.md': 'src-flask-json--tag.py.md',
    'src--gone.py.md': 'overview.md',
    'src--.md': 'overview.md',
    'guide--docs-patterns-fabric.md': 'guide--contents.md',
  }
  for (const [name, nearest] of Object.entries(cases)) assert.equal(nearestPage({ pages: now }, name), nearest, name)
  assert.equal(nearestPage({ pages }, 'guide--readme.md'), 'overview.md')
})
