import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Module } from '#generate/model.ts'
import { filePageNames } from '#generate/pages/module/file-page-names.ts'

test('names of pages of files fit every file system, however long the paths are, and are apart', () => {
  const module: Module = { id: 'm', slug: 'm'.repeat(100), title: 'm', path: 'm', files: [], children: [] }
  const long = 'a'.repeat(250)
  const paths = [
    `m/${long}/x.ts`,
    `m/${long}/y.ts`,
    `m/${'b'.repeat(131)}`,
    'm/Foo.ts',
    'm/foo.ts',
    'm/--.ts',
    'm/日本',
  ]
  const names = [...filePageNames(module, paths).values()]
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, paths.length)
  for (const name of names) assert.ok(name.replace(/md$/, 'html').length <= 255, name)
})
