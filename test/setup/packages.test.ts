import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

/**
 * Debian's npm, 9.2, does not apply an override to a package that asks for a commit of git or has the version of a
 * prerelease: it would ask the host for that commit, by ssh. So the lock file itself says what the override says.
 */
test('every package of the lock file asks for versions, not for commits of git', async () => {
  const lock = JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8'))
  const asked = Object.entries<Record<string, Record<string, string>>>(lock.packages).flatMap(([place, entry]) =>
    ['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) =>
      Object.entries(entry[kind] ?? {}).map(([name, wanted]) => `${place} ${name} ${wanted}`),
    ),
  )
  assert.ok(asked.length > 500)
  const fromElsewhere = asked.filter((line) => /[/:]/.test(line.replace(/^\S* \S+ (?:npm:(?:@[\w-]+\/)?)?/, '')))
  assert.deepEqual(fromElsewhere, [])
})
