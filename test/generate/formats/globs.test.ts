import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesGlob } from '#generate/formats/globs.ts'

for (const [path, pattern, expected] of [
  ['a.md', '*.md', true],
  ['a/b.md', '*.md', false],
  ['ab.md', 'a?.md', true],
  ['abab', '*ab', true],
  ['.a.md', '*.md', false],
  ['.a.md', '.*.md', true],
  ['a/b/c.md', '**/*.md', true],
  ['c.md', '**/*.md', true],
  ['.github/a.md', '**/*.md', false],
  ['.github/a.md', '**/.github/*.md', true],
  ['a/.b/c/d', 'a/**/d', false],
  ['src', 'src/**', true],
  ['src/a/b', 'src/**', true],
  ['a/b/a/b/c', '**/a/b/c', true],
  ['a', '[a]', false],
] as const)
  test(`${path} ${expected ? 'matches' : 'does not match'} ${pattern}`, () =>
    assert.equal(matchesGlob(path, pattern), expected))
