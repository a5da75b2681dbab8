import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMatcher, PatternWork, segmentsOf } from '#generate/inventory/glob.ts'
import { selectorOf } from '#generate/inventory/selection.ts'

const isExcluded = (pattern: string, path: string): boolean =>
  selectorOf({ include: [], exclude: [pattern] }).isExcluded(path)

const cases: [pattern: string, inside: string[], outside: string[]][] = [
  ['legacy', ['legacy', 'legacy/a.ts', 'src/legacy/b/c.ts'], ['legacy2/a.ts', 'src/not-legacy/a.ts']],
  ['src/legacy', ['src/legacy/a.ts'], ['a/src/legacy/a.ts', 'src/legacy.ts']],
  ['src/legacy/', ['src/legacy/a.ts', 'src/legacy/b/c.ts'], ['src/legacy.ts']],
  ['src/**', ['src/a.ts', 'src/b/c.ts'], ['a/src/b.ts']],
  ['*.gen.ts', ['a.gen.ts', 'src/b.gen.ts'], ['a.ts']],
  ['src/*/index.ts', ['src/a/index.ts'], ['src/index.ts', 'src/a/b/index.ts']],
  ['**/test/**', ['test/a.ts', 'src/test/a.ts'], ['src/tests/a.ts']],
  ['./docs', ['docs/a.ts'], ['x/docs/a.ts']],
]
for (const [pattern, inside, outside] of cases) {
  test(`the pattern ${pattern}`, () => {
    for (const path of inside) assert.ok(isExcluded(pattern, path), path)
    for (const path of outside) assert.ok(!isExcluded(pattern, path), path)
  })
}

test('paths that share folders match as they do alone', () => {
  const patterns = ['a/*/c', '**/b/**', 'a/**/b/*', '**', 'a/b', '**/a/**/a/b', 'c/**'].map((glob) => glob.split('/'))
  const names = ['a', 'b', 'c']
  const paths = names.flatMap((one) => [
    one,
    ...names.flatMap((two) => [`${one}/${two}`, ...names.map((three) => `${one}/${two}/${three}`)]),
  ])
  const inOrder = createMatcher(patterns)
  for (const path of [
    ...paths,
    ...paths.toReversed(),
    ...paths.toSorted((a, b) => (a.at(-1) ?? '').localeCompare(b.at(-1) ?? '')),
  ]) {
    assert.deepEqual(inOrder(path), createMatcher(patterns)(path), path)
  }
  assert.deepEqual(inOrder('a/b/c'), [0, 1, 2, 3])
  assert.deepEqual(inOrder('a/b'), [1, 3, 4])
  assert.deepEqual(inOrder('a/a/b'), [1, 3, 5])
  assert.deepEqual(inOrder('c'), [3, 6])
})

test('include chooses among code, tests and examples; manifests and documents stay', () => {
  const { isIncluded, isExcluded: isOut } = selectorOf({ include: ['src'], exclude: [] })
  assert.ok(isIncluded('src/a.ts', 'code') && !isIncluded('lib/a.ts', 'code') && !isIncluded('test/a.ts', 'test'))
  assert.ok(isIncluded('package.json', 'manifest') && isIncluded('README.md', 'docs'))
  assert.ok(!isOut('lib/a.ts'))
})

test('a pattern made to be slow is not', () => {
  const exclude = Array.from({ length: 50 }, (_, n) => `${'*a'.repeat(10)}${n}b`)
  const selector = selectorOf({ include: [], exclude })
  const path = `${'a'.repeat(255)}/`.repeat(20) + 'a'.repeat(255)
  const begin = performance.now()
  for (let n = 0; n < 20; n++) assert.ok(!selector.isExcluded(path))
  assert.ok(performance.now() - begin < 5_000, `${performance.now() - begin} ms`)
})

test('text between stars is found in order, without the text before the first and behind the last', () => {
  const cases: [pattern: string, inside: string[], outside: string[]][] = [
    ['a*a', ['aa', 'aba'], ['a', 'ab']],
    ['ab*ba', ['abba', 'ab-ba'], ['aba']],
    ['*ab*cd*', ['abcd', 'xabxcdx', 'aabacd'], ['cdab', 'abc']],
    ['a*b[0-9]*?c', ['ab1xc', 'abb2-c'], ['ab1c', 'abxc']],
    ['a**b', ['ab', 'axb'], ['a']],
    ['*[!a]b*b', ['xbb', 'abxb-b'], ['abb', 'bb']],
    ['a[*', [], ['a[', 'a[b']],
    ['?*?', ['ab', 'abc'], ['a']],
  ]
  for (const [pattern, inside, outside] of cases) {
    const matches = createMatcher([segmentsOf(pattern)])
    for (const name of inside) assert.deepEqual(matches(name), [0], `${pattern} ${name}`)
    for (const name of outside) assert.deepEqual(matches(name), [], `${pattern} ${name}`)
  }
})

test('names longer than those of file systems match no pattern with text between stars', () => {
  const matches = createMatcher(['a*b', 'a*b*b'].map(segmentsOf))
  assert.deepEqual(matches(`a${'b'.repeat(254)}`), [0, 1])
  assert.deepEqual(matches(`a${'b'.repeat(255)}`), [0])
})

for (const [about, rule, character] of [
  ['text before the first star', (n: number) => `${'a'.repeat(110)}b${n}*`, 'a'],
  ['text behind the last star', (n: number) => `*${'a'.repeat(110)}b${n}`, 'a'],
  ['text between stars', (n: number) => `*${'a'.repeat(110)}b${n}*`, 'a'],
  ['classes between stars', (n: number) => `*${'[a-b]'.repeat(60)}c${n}*`, 'a'],
  ['names with few of the characters', (n: number) => `*${'a'.repeat(110)}b${n}*`, 'b'],
] as const)
  test(`many patterns on many long names take bounded time: ${about}`, () => {
    const work = new PatternWork(100_000_000)
    const patterns = Array.from({ length: 500 }, (_, n) => segmentsOf(rule(n)))
    const matches = createMatcher(patterns, work, 'a')
    const before = process.cpuUsage()
    for (let n = 0; n < 1_000; n++) matches(`s/${character.repeat(220)}${n}.txt`)
    const { user } = process.cpuUsage(before)
    assert.ok(user < 6_000_000, `${user} µs`)
    assert.ok(work.left > -1_000_000, `${work.left}`)
    // Only what costs much is left out.
    assert.deepEqual([...work.exceeded], about.endsWith('between stars') ? ['a'] : [])
  })
