/** The documentation for those who change docspool names files that are there. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { GENERATOR_VERSION } from '#base/version.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

for (const name of ['where-to-change.md', 'architecture.md']) {
  test(`${name} names files that are there`, async () => {
    const text = await readFile(path.join(root, 'docs', name), 'utf8')
    const named = [...text.matchAll(/`((?:src|queue|templates|test|setup)\/[\w./-]+)`/g)].map(([, file = '']) => file)
    assert.ok(named.length > 10)
    assert.deepEqual(
      named.filter((file) => !existsSync(path.join(root, file))),
      [],
    )
  })
}

test('the changelog has the notes of the version', async () => {
  const changelog = await readFile(path.join(root, 'CHANGELOG.md'), 'utf8')
  assert.match(changelog, /^## Unreleased$/m)
  assert.ok(changelog.includes(`\n## ${GENERATOR_VERSION} - 20`), GENERATOR_VERSION)
})

test('the README names the two commands that set up everything', async () => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8')
  for (const command of ['run', 'test']) assert.match(readme, new RegExp(`^make ${command} +#`, 'm'))
})
