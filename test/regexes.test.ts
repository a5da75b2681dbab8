/** Shows that the checker of regular expressions finds them, and that it bites. The project itself is judged by `make check`. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { type Pattern, sitesOf } from './regexes/collect.ts'
import { judge, keyOf } from './regexes/verdicts.ts'

describe('the checker of regular expressions finds', () => {
  const found = (file: string, text: string): (string | undefined)[] =>
    sitesOf(file, text).map(({ pattern }) => pattern && keyOf(pattern))

  it('literals, whatever stands around them', () => {
    assert.deepEqual(found('a.ts', 'const a = x / /b\\/c/g.exec(d) / 2 // /e/'), ['/b\\/c/g'])
  })
  it('strings that methods make patterns of', () => {
    assert.deepEqual(found('a.ts', "a.match('b+$')"), ['/b+$/'])
  })
  it('places that construct some', () => {
    assert.deepEqual(found('a.ts', 'new RegExp(`a$' + '{b}`); RegExp(c)'), [undefined, undefined])
  })
  it('patterns of queries', () => {
    assert.deepEqual(found('a.scm', '((a) @b (#not-match? @b "^c\\\\s"))'), ['/^c\\s/'])
  })
})

describe('the checker of regular expressions judges', () => {
  const verdictOf = async (pattern: Pattern): Promise<string | undefined> => {
    const folder = await mkdtemp(path.join(tmpdir(), 'docspool-regexes-'))
    try {
      const file = path.join(folder, 'verdicts.json')
      const first = (await judge([pattern], file)).get(keyOf(pattern))
      assert.deepEqual((await judge([pattern], file)).get(keyOf(pattern)), first, 'kept')
      return first?.is
    } finally {
      await rm(folder, { recursive: true })
    }
  }
  it('what takes powers of the length', async () => {
    assert.equal(await verdictOf({ source: '^(?:a|b|ab)*c$', flags: '' }), 'vulnerable')
  })
  it('what takes squares of the length', async () => {
    assert.equal(await verdictOf({ source: '\\s+$', flags: '' }), 'vulnerable')
  })
  it('the same, entered at its first character only', async () => {
    assert.notEqual(await verdictOf({ source: '(?<!\\s)\\s+$', flags: '' }), 'vulnerable')
  })
  it('a bounded repeat', async () => {
    assert.notEqual(await verdictOf({ source: '<[^>]{0,20}>', flags: 'g' }), 'vulnerable')
  })
})
