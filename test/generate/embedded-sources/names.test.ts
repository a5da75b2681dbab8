import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { namesOf } from '#generate/embedded-sources/file-names.ts'

const nameOf = (path: string): string => namesOf([path]).get(path) ?? ''

test('an ordinary path is its own name', () => {
  for (const path of [
    'README.md',
    'src/a.ts',
    '.github/workflows/ci.yml',
    'c++/x.cpp',
    '@scope/a_b.d.ts',
    'a/__init__.py',
  ])
    assert.equal(nameOf(path), path)
})

test('a path that is no name on some disk, or in an address, gets one that ends alike', () => {
  const odd = [
    'a b.ts',
    'ü.ts',
    'a/[id].ts',
    'x\n.ts',
    '%2e%2e/x.ts',
    'a?.ts',
    'a#b.ts',
    'a\\b.ts',
    '~/a.ts',
    '<script>.ts',
  ]
  for (const path of [...odd, 'aux.ts', 'src/NUL/a.ts', `${'long/'.repeat(40)}a.ts`, `${'x'.repeat(120)}.ts`])
    assert.match(nameOf(path), /^~\/[A-Za-z0-9_-]{0,40}-[0-9a-f]{12}\.ts$/, path)
  assert.match(nameOf('folder./a'), /^~\/a-[0-9a-f]{12}$/)
  assert.match(nameOf('a.'), /^~\/a-[0-9a-f]{12}$/)
})

test('names that a disk takes for the same are told apart', () => {
  for (const paths of [
    ['Makefile', 'makefile'],
    ['src/A.ts', 'src/a.ts'],
    ['Foo', 'foo/bar.ts'],
    ['a.ts', 'a.ts.html/b.ts'],
    ['a.ts.HTML/b.ts', 'a.ts'],
  ]) {
    const names = [...namesOf(paths).values()]
    assert.equal(names.filter((name) => name.startsWith('~/')).length, 1, names.join(' '))
  }
  assert.deepEqual([...namesOf(['Src/a.ts', 'src/b.ts']).values()], ['Src/a.ts', 'src/b.ts'])
})

/** Paths as git lets them be, often alike. */
const segment = fc.oneof(
  fc.constantFrom('a', 'A', 'a.html', 'A.HTML', 'b', '~', 'con', '%2e', '..', 'ä', 'x'.repeat(101), '-', '.a', 'a.'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((text) => !/[/\0]/.test(text)),
)
const paths = fc.uniqueArray(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  { maxLength: 40 },
)

test('whatever the paths are: safe, unique without case, no file a folder of another, with .html as well', () => {
  fc.assert(
    fc.property(paths, (given) => {
      const names = namesOf(given)
      assert.deepEqual([...names.keys()].sort(), [...given].sort())
      for (const suffix of ['', '.html']) {
        const files = new Set([...names.values()].map((name) => `${name}${suffix}`.toLowerCase()))
        assert.equal(files.size, given.length)
        for (const name of names.values()) {
          assert.match(name, /^[A-Za-z0-9_.@+~/-]+$/)
          assert.ok(name.length <= 160 && !/(?:^|\/)\.{0,2}(?:\/|$)|\.(?:\/|$)/.test(name), name)
          const parts = name.toLowerCase().split('/')
          for (let count = 1; count < parts.length; count++)
            assert.ok(!files.has(parts.slice(0, count).join('/')), name)
        }
      }
      assert.deepEqual(namesOf([...given].reverse()), names, 'in any order')
    }),
    { numRuns: 500 },
  )
})
