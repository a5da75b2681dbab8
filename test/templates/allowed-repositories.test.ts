import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourcesText } from '#templates/allowed-repositories.ts'

test('the allowed sources are named as the settings allow them', () => {
  const text = (hosts: string[], isPrivateAllowed = false, isFolderAllowed = false): string =>
    sourcesText({ hosts, isPrivateAllowed, isFolderAllowed })
  const folders = 'folders of this machine that the operator has named (file://…)'
  assert.equal(text(['github.com', 'gitlab.com']), 'github.com and gitlab.com')
  assert.equal(text(['*']), 'every public host')
  assert.equal(text(['*'], true), 'every host, also in private networks and over http')
  assert.equal(
    text(['github.com', 'git.example.org'], true, true),
    `github.com and git.example.org, also at private addresses and over http and ${folders}`,
  )
  assert.equal(text([], true, true), folders)
  assert.equal(text([]), 'none. No host is configured (DOCSPOOL_ALLOWED_HOSTS)')
})
