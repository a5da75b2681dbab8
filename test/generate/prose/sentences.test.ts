import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plainPieces, readSentences, textOf } from '#generate/prose/sentences.ts'
import { parse } from '#markdown/parse.ts'

const parts = ['`', ' ', '` ', 'a', '. ', '1.', '-', '+', '`a`', '`b c`', '\t', 'é', '(', '"', ':', '$', '=', '---']
const odd = ['`*_x_*`', '`a<b>`', '%', 'ftp:', '``', '&amp;', '\\', '_a_']

test('what is read without a parser is what the parser reads', () => {
  let read = 0
  const written = fc.array(fc.oneof(fc.constantFrom(...parts, ...odd), fc.string({ maxLength: 3 })), { maxLength: 12 })
  fc.assert(
    fc.property(written, (words) => {
      const source = words.join('').trim()
      const pieces = source === '' ? undefined : plainPieces(source)
      if (pieces === undefined) return
      read += 1
      const [block, ...others] = parse(source).children
      assert.deepEqual(others, [])
      assert.equal(block?.type, 'paragraph')
      const parsed = (block as { children: { type: string; value: string }[] }).children.map(({ type, value }) => {
        assert.match(type, /^(?:text|inlineCode)$/)
        return { text: value.replace(/\s+/g, ' '), isCode: type === 'inlineCode' }
      })
      assert.deepEqual(
        pieces.filter(({ text }) => text !== ''),
        parsed,
      )
    }),
    { numRuns: 20_000 },
  )
  assert.ok(read > 1_000, `${read} were read without a parser`)
})

test('abbreviations and closing marks do not split sentences', () => {
  const texts = {
    'Accepts a name, e.g. `main`, and returns it. Done.': ['Accepts a name, e.g. `main`, and returns it.', 'Done.'],
    'It needs a database, e.g. PostgreSQL, for storage.': ['It needs a database, e.g. PostgreSQL, for storage.'],
    'Compares YAML vs. JSON. `X` runs.': ['Compares YAML vs. JSON.', '`X` runs.'],
    '它说「完成。」然后结束。好。': ['它说「完成。」', '然后结束。', '好。'],
  }
  for (const [text, sentences] of Object.entries(texts))
    assert.deepEqual(
      readSentences(text).sentences.map(textOf),
      sentences.map((sentence) => sentence.replaceAll('`', '').trim()),
    )
})
