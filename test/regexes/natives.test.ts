/** Natives that take squares of their text are called in one place each, which bounds the text. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { unboundedCalls } from './natives.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('calls are found however they are written, and those of paths are not meant', () => {
  for (const code of ["a.normalize('NFC')", 'a?.normalize()', "a['normalize']()", 'String.prototype.normalize.call(a)'])
    assert.equal(unboundedCalls('src/a.ts', code).length, 1, code)
  for (const code of ['path.normalize(a)', 'path.posix.normalize(a)', 'normalize(a)', "a['other']()"])
    assert.deepEqual(unboundedCalls('src/a.ts', code), [], code)
})

test('no text is normalised but by the function that bounds its combining marks', () => {
  const paths = ['src', 'queue', 'templates'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map(
      (name) => `${folder}/${String(name).split(sep).join('/')}`,
    ),
  )
  const sources = paths.filter((path) => /\.[cm]?[jt]sx?$/.test(path))
  assert.ok(sources.length > 500)
  assert.deepEqual(
    sources.flatMap((path) => unboundedCalls(path, readFileSync(join(root, path), 'utf8'))),
    [],
  )
})
