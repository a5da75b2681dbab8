import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareReleases, releaseOf } from '#http/versions/release-order.ts'

test('releases are recognised in the usual forms of tags', () => {
  for (const name of [
    '1.2.3',
    'v1.2',
    'v3',
    'release-1.2.3',
    'release/1.0',
    'curl-8_1_0',
    '1.0.0-rc.1',
    '1.0.0+build.5',
    '2024.01.31',
    '2.0.0a1',
    'pkg@1.0.0',
  ])
    assert.ok(releaseOf(name), name)
  for (const name of [
    'main',
    'a1b2c3d4',
    'a'.repeat(40),
    'feature/login',
    '8.0.x',
    '',
    '1.2.3 4',
    'v',
    '1'.repeat(200),
    '1.2.3.4.5.6.7.8',
  ])
    assert.equal(releaseOf(name), undefined, name)
})

test('a later release is after an earlier one', () => {
  const order = [
    '0.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    'v1.0.1',
    '1.2',
    '1.10.0',
    '2.0.0a1',
    '2.0.0',
  ]
  assertOrder(order)
  const [a, b] = [releaseOf('v1.0'), releaseOf('1.0.0')]
  assert.ok(a && b && compareReleases(a, b) === 0)
})

/** From the earliest. */
function assertOrder(order: readonly string[]): void {
  for (const [index, name] of order.entries()) {
    for (const other of order.slice(index + 1)) {
      const [a, b] = [releaseOf(name), releaseOf(other)]
      assert.ok(a && b && compareReleases(a, b) < 0 && compareReleases(b, a) > 0, `${name} < ${other}`)
    }
  }
}

test('a letter after the number is a patch release', () => {
  assertOrder(['3.3-rc', '3.3', '3.3a', '3.3b', '3.4'])
  assertOrder(['OpenSSL_1_1_1', 'OpenSSL_1_1_1o', 'OpenSSL_1_1_1p', 'OpenSSL_1_1_1w'])
})

test('semantic versions have the precedence of the specification', () => {
  assertOrder([
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
  ])
  // Identifiers that are not numbers are compared by their characters.
  assertOrder(['v1.0.0-1', 'v1.0.0-9', 'v1.0.0-10', 'v1.0.0-1a', 'v1.0.0-rc10', 'v1.0.0-rc2', 'v1.0.0-x-y-z'])
  const [a, b] = [releaseOf('1.0.0+one'), releaseOf('1.0.0+two')]
  assert.ok(a && b && compareReleases(a, b) === 0, 'build metadata does not count')
  assertOrder(['1.0rc2', '1.0rc10', '1.0', '1.0.post1', '1.0.post2', '1.0.1'])
})

test('versions are releases; builds, dates and pre-releases are not', () => {
  assertOrder(['nightly-20240131', '3.0.0-rc.1', '3.0.0', '3.1.0'])
  assertOrder(['20240', 'v0.9.0'])
  assertOrder(['docs-9.0.0', 'pkg@8.0.0', '1.0.0'].slice(1))
  for (const name of ['5.3.0.RELEASE', '4.1.0.Final', '1.0.post1', 'release-1.2.3', 'v3'])
    assert.equal(releaseOf(name)?.preRelease, '', name)
  for (const name of ['nightly-2024.01.31', 'canary/1.2.3', '1.0.0-SNAPSHOT', '1.0b2', '3.0.dev0'])
    assert.notEqual(releaseOf(name)?.preRelease, '', name)
})
