import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type RawSentence, SentenceReader } from '#ask-model/read-sentences.ts'

function read(text: string, sizes: readonly number[] = [text.length]): RawSentence[] {
  const reader = new SentenceReader()
  const found: RawSentence[] = []
  let at = 0
  for (let n = 0; at < text.length; n++) {
    const size = Math.max(1, sizes[n % sizes.length] ?? 1)
    found.push(...reader.push(text.slice(at, at + size)))
    at += size
  }
  return [...found, ...reader.end()]
}

const shown = (text: string): string[] =>
  read(text).map(({ text, citations }) => `${text}|${citations.map(({ file, from, to }) => `${file}:${from}-${to}`)}`)

test('sentences are split with their citations, before the stop, after it, and several in one bracket', () => {
  assert.deepEqual(
    shown(
      '`Shop.sell` checks the price [src/shop.ts:3-9]. It then sells. [src/a.ts:4][src/b.ts:L5-L6] Last one [`a b.py`:1, src/c.py:2–3].',
    ),
    [
      '`Shop.sell` checks the price.|src/shop.ts:3-9',
      'It then sells.|src/a.ts:4-4,src/b.ts:5-6',
      'Last one [`a b.py`:1, src/c.py:2–3].|',
    ],
  )
})

test('names, numbers and abbreviations end no sentence', () => {
  assert.deepEqual(shown('It is `a. B` at 1.5, e.g. Paris, in v2.0 of x.y [a.ts:1].\nNext [b.ts:2]'), [
    'It is `a. B` at 1.5, e.g. Paris, in v2.0 of x.y.|a.ts:1-1',
    'Next|b.ts:2-2',
  ])
  assert.deepEqual(shown('商店出售物品 [a.ts:1]。它检查价格。[b.ts:2]'), [
    '商店出售物品。|a.ts:1-1',
    '它检查价格。|b.ts:2-2',
  ])
})

test('lines begin paragraphs, marks of lists are dropped, thoughts are no answer', () => {
  const found = read('<think>Let me see. A thing [a.ts:1].</think>\n- One [a.ts:1].\n2. Two [a.ts:2]. Three [a.ts:3].')
  assert.deepEqual(
    found.map(({ text, startsParagraph }) => [text, startsParagraph]),
    [
      ['One.', true],
      ['Two.', true],
      ['Three.', false],
    ],
  )
  assert.deepEqual(read('<think>never ends. [a.ts:1]'), [])
})

test('what is no sentence ends in bounded time', () => {
  for (const text of [
    '['.repeat(50_000),
    '`'.repeat(50_001),
    '. '.repeat(20_000),
    'a'.repeat(50_000),
    '[a:1]'.repeat(10_000),
  ])
    for (const { text: sentence } of read(text, [997])) assert.ok(sentence.length <= 50_000)
})

test('how a text arrives does not change its sentences', () => {
  const piece = fc.constantFrom(
    'A ',
    'word',
    '. ',
    ' [a.ts:1-2]',
    '`x.y`',
    '\n',
    '。',
    ' e.g. ',
    '? ',
    '[',
    ']',
    'Next',
    '<think>',
    '</think>',
    '- ',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      (pieces, sizes) => {
        const text = pieces.join('')
        assert.deepEqual(read(text, sizes), read(text))
      },
    ),
  )
})

test('a text without the end of a sentence is read in time that grows with it', () => {
  const [only, ...others] = read('a. '.repeat(100_000))
  assert.equal(only?.text.length, 299_999)
  assert.deepEqual(others, [])
})
