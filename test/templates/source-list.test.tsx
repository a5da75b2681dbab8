import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceRow } from '#store/model.ts'
import { type DocsLinks, serverLinks } from '#templates/links.ts'
import { SourceListPage } from '#templates/source-list.tsx'
import { fakeSet } from './fakes.ts'

const server = serverLinks('acme--orbit', () => '')

async function listed(paths: readonly string[], links: DocsLinks = server): Promise<string> {
  const files = paths.map((path): SourceRow => ({ name: path, path, language: null }))
  return String(await SourceListPage({ manifest: fakeSet().manifest, links, files }))
}

test('folders are sorted by path, the root first', async () => {
  const html = await listed(['src/a/x.ts', 'src/b.ts', 'src/c/y.ts', 'top.ts'])
  const titles = [...html.matchAll(/<h2 id="Folder[^>]*>([^<]*)/g)].map(([, title]) => title)
  assert.deepEqual(titles, ['Repository root', 'src', 'src/a', 'src/c'])
})

test('a list that is cut links to the whole one only where there is one', async () => {
  const paths = Array.from({ length: 10_001 }, (_, at) => `${at}.ts`)
  assert.match(await listed(paths), /The first 10,000 are listed here; <a href="[^"]*\/sources.json">/)
  const site = await listed(paths, { ...server, sources: null })
  assert.match(site, /The first 10,000 are listed here\./)
  assert.doesNotMatch(site, /sources\.json/)
  assert.doesNotMatch(await listed(paths.slice(1)), /are listed here/)
})
