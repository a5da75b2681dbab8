import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barIn, versionFolders } from '#cli/version-folders.ts'
import type { Manifest } from '#store/model.ts'

const versionOf = (name: string, ...files: string[]) => ({
  name,
  folder: name,
  manifest: { pages: ['overview.md', ...files].map((file) => ({ file })) } as unknown as Manifest,
})

test('folders are safe and unique on any file system', () => {
  const names = ['latest', 'LATEST', 'feat/x', 'feat-x', '..', 'é', 'index.html', '.git', 'v1.0.0']
  const folders = versionFolders(names)
  assert.deepEqual(folders, [
    ...['latest', 'LATEST-2', 'feat-x', 'feat-x-2', 'version', 'version-2', 'index.html-2', 'git', 'v1.0.0'],
  ])
  const long = 'x'.repeat(300)
  assert.deepEqual(versionFolders([long, `${long}y`]), [long.slice(0, 200), `${long.slice(0, 200)}-2`])
})

test('a page leads to the same page of other versions, else to the nearest, and a release to the newest', () => {
  const all = [
    versionOf('latest', 'a.md'),
    versionOf('v2.0.0', 'a.md'),
    versionOf('v3.0.0-rc.1'),
    versionOf('v1.0.0', 'a.md', 'a-b.md'),
  ]
  const [latest, , , old] = all
  const bar = barIn(all, old ?? assert.fail())('a-b.md')
  assert.deepEqual(
    bar.versions.map(({ href, isCurrent }) => [href, isCurrent]),
    [
      ['../latest/a.html', false],
      ['../v2.0.0/a.html', false],
      ['../v3.0.0-rc.1/index.html', false],
      ['a-b.html', true],
    ],
  )
  assert.deepEqual(bar.newer, { name: 'v2.0.0', href: '../v2.0.0/a.html' })
  assert.equal(barIn(all, latest ?? assert.fail())('a.md').newer, null)
})
