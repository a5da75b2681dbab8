import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { completeWish, formatEvery, parseEvery } from '#base/followed-refs.ts'
import { createRefMatcher, isRefPattern, newestFirst } from '#base/ref-patterns.ts'

test('a star stands for any text, also with slashes', () => {
  for (const [pattern, name, expected] of [
    ['v*', 'v1.2.3', true],
    ['v*', 'V1', false],
    ['*', 'a/b', true],
    ['release/*', 'release/1/x', true],
    ['release/*', 'release', false],
    ['*-stable', 'a-stable', true],
    ['a*a', 'a', false],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'acb', false],
    ['main', 'main', true],
    ['main', 'mains', false],
    ['v1.2', 'v1x2', false],
  ] as const) {
    assert.equal(createRefMatcher([pattern])(name), expected, `${pattern} ${name}`)
  }
})

test('a pattern with stars means what the same regular expression means', () => {
  const letter = fc.constantFrom('a', 'b')
  fc.assert(
    fc.property(
      fc.string({ unit: fc.oneof(letter, fc.constant('*')), minLength: 1, maxLength: 8 }),
      fc.string({ unit: letter, maxLength: 10 }),
      (pattern, name) => {
        assert.equal(createRefMatcher([pattern])(name), new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name))
      },
    ),
  )
})

test('a range takes versions as tags write them, and prereleases only where it names one', () => {
  for (const [range, name, expected] of [
    ['>=2 <4', 'v3.1.4', true],
    ['>=2 <4', '3.0', true],
    ['>=2 <4', '3', true],
    ['>=2 <4', 'v4.0.0', false],
    ['>=2', '3.0.0rc1', false],
    ['>=3.0.0-rc.0', '3.0.0-rc.1', true],
    ['^1', 'release-1.2.3', false],
    ['*', '2024.10.1.5', false],
    ['*', 'latest', false],
  ] as const) {
    assert.equal(createRefMatcher([`semver:${range}`])(name), expected, `${range} ${name}`)
  }
})

test('patterns are checked', () => {
  for (const good of ['v*', 'semver:>=2 <4', 'semver:^1 || ^2', 'a/b', 'x@*']) assert.ok(isRefPattern(good), good)
  for (const bad of ['', 'a b', 'a\n', 'semver:nonsense', 'v?', '[a]', '^x', 'a'.repeat(101), '*'.repeat(9), '{x}']) {
    assert.ok(!isRefPattern(bad), bad)
  }
})

test('versions come first, the highest before the others, then names, the last first', () => {
  const names = ['v1.9', 'zeta', 'v1.10', 'alpha', 'v2.0.0-rc.1', 'v2.0.0', '1.10', 'x9', 'x10', 'v'.repeat(200)]
  assert.deepEqual(newestFirst(names), [
    ...['v2.0.0', 'v2.0.0-rc.1', 'v1.10', '1.10', 'v1.9'],
    ...['zeta', 'x10', 'x9', 'v'.repeat(200), 'alpha'],
  ])
})

test('names that are versions only loosely break neither the order nor a range', () => {
  const odd = ['v1.0.0-00099999999999999999', 'v2.0.0-0000000000000000000000001.x', '1.0.0-beta.01']
  assert.deepEqual(newestFirst([...odd, 'v1.0.1', 'v1.0.0']), [
    ...['v2.0.0-0000000000000000000000001.x', 'v1.0.1', 'v1.0.0', '1.0.0-beta.01'],
    'v1.0.0-00099999999999999999',
  ])
  const isMatch = createRefMatcher(['semver:>=1.0.0-0', 'semver:<1.0.0-a || >3'])
  for (const name of odd) assert.equal(typeof isMatch(name), 'boolean')
})

test('a letter after the number is a patch release', () => {
  assert.deepEqual(newestFirst(['3.3', '3.3a', '3.4-rc', '3.3b']), ['3.4-rc', '3.3b', '3.3a', '3.3'])
  const isMatch = createRefMatcher(['semver:>=3.3 <3.4'])
  assert.deepEqual(['3.3', '3.3a', '3.3-rc', '3.2a'].map(isMatch), [true, true, false, false])
})

test('intervals are 15 minutes to 30 days', () => {
  assert.deepEqual(['15m', '6h', '2d', '30d', '720h'].map(parseEvery), [15, 360, 2_880, 43_200, 43_200])
  for (const bad of ['14m', '31d', '', '6', 'h', '1.5h', '-1h', '6 h', '99999d', '6H'])
    assert.equal(parseEvery(bad), undefined)
  assert.deepEqual([15, 360, 90, 2_880].map(formatEvery), ['15m', '6h', '90m', '2d'])
})

test('a repository completes a wish, and may keep fewer, not more', () => {
  const said = { branches: ['x'], tags: ['v*'], keep: 90 }
  assert.deepEqual(completeWish({}, said), { branches: ['x'], tags: ['v*'], keep: 20 })
  assert.deepEqual(completeWish({ tags: [], keep: 50 }, { ...said, keep: 3 }), { branches: ['x'], tags: [], keep: 3 })
  assert.deepEqual(completeWish({}, {}), { branches: [], tags: [], keep: 20 })
})
