import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { COLOURS, packColours } from '#base/packed-colours.ts'
import { colourSource } from '#markdown/highlight-file.ts'
import type { SourceMarks } from '#store/model.ts'
import { countLines, sourceHtml } from '#templates/source-lines.ts'

const NONE: SourceMarks = { home: null, symbols: [], spans: [] }
const hrefOf = (page: string, anchor: string): string => `${page}#${anchor}`

function render(text: string, colours: Uint8Array = new Uint8Array(), marks = NONE): Document {
  return new JSDOM(`<pre>${sourceHtml({ text, colours, marks }, hrefOf)}</pre>`).window.document
}

const linesOf = (document: Document): string[] =>
  [...document.querySelectorAll('.line')].map((line) => line.textContent?.replace(/\n$/, '') ?? '')

test('each line is an element with its number; the text is that of the file alone', () => {
  const document = render('a\n\n  b <c> & "d"\r\ne')
  assert.deepEqual(linesOf(document), ['a', '', '  b <c> & "d"', 'e'])
  assert.deepEqual(
    [...document.querySelectorAll('.line')].map((line) => line.id),
    ['L1', 'L2', 'L3', 'L4'],
  )
  assert.equal(document.querySelector('pre')?.textContent, 'a\n\n  b <c> & "d"\ne\n')
  assert.equal(document.querySelector('#L3 .number')?.getAttribute('data-line'), '3')
})

test('a colour that goes over lines is opened and closed on each', () => {
  const text = 'a = 1 /* one\ntwo\n*/ b'
  const document = render(text, colourSource(text, 'c'))
  assert.deepEqual(
    [...document.querySelectorAll('.hljs-comment')].map((part) => part.textContent),
    ['/* one', 'two', '*/'],
  )
  assert.deepEqual(linesOf(document), ['a = 1 /* one', 'two', '*/ b'])
})

test('whatever the text and the colours are, the text is shown and nothing of it is markup', () => {
  const sign = fc.oneof(
    fc.constantFrom('\n', '\r\n', '<', '&', '"', "'", '</span>', '<script>', '😀', ' '),
    fc.string(),
  )
  const runs = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 20 }), fc.nat(COLOURS.length + 3)), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), runs, (signs, given) => {
      const text = signs.join('')
      let at = 0
      const packed = packColours(
        given.map(([gap, length, colour]) => {
          const start = at + gap
          at = start + length
          return { start, end: at, colour }
        }),
      )
      const document = render(text, packed)
      assert.equal(document.querySelectorAll('script').length, 0)
      assert.equal(document.querySelectorAll('.line').length, countLines(text))
      assert.deepEqual(
        [...new Set([...document.querySelectorAll('pre *')].map((each) => each.tagName))].sort().join(),
        text === '' ? '' : 'A,SPAN',
      )
      const wanted = text.replace(/\r\n/g, '\n').replace(/\r$/, '').replace(/\n$/, '').split('\n')
      // Odd characters stand in attributes; jsdom reads a lone carriage return as a line feed.
      if (!/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text.replace(/\n/g, '')) && text !== '')
        assert.deepEqual(linesOf(document), wanted)
    }),
    { numRuns: 300 },
  )
})

test('characters that hide or turn text are shown by their numbers', () => {
  const document = render('if (a\u202e) \u0000\u200b\t\u2028x\n')
  assert.deepEqual(
    [...document.querySelectorAll('.odd')].map((odd) => odd.getAttribute('data-code')),
    ['U+202E', 'U+0000', 'U+200B', 'U+2028'],
  )
  assert.deepEqual(linesOf(document), ['if (a) \tx'])
})

test('a run of one odd character is one element with its count', () => {
  const document = render('a\u0001\u0001\u0001\u202e\u202eb\r\r\n')
  assert.deepEqual(
    [...document.querySelectorAll('.odd')].map((odd) => odd.getAttribute('data-code')),
    ['U+0001 × 3', 'U+202E × 2', 'U+000D'],
  )
  assert.deepEqual(linesOf(document), ['ab'])
})

test('the page of a hostile file is a few times as large as the file', () => {
  const MIB = 1_048_576
  for (const unit of ['\u0001', '\u007f', '\u202e', '\u0001\u0002', 'a\u200b', '\n', '\r\n', '\u0001\n', '"', '\r']) {
    const text = unit.repeat(MIB / Buffer.byteLength(unit))
    const html = sourceHtml({ text, colours: new Uint8Array(), marks: NONE }, hrefOf)
    const bytes = Buffer.byteLength(html)
    assert.ok(bytes < 16 * MIB, `${JSON.stringify(unit)}: ${bytes}`)
  }
})

test('what follows the last line with a number of its own is shown as a whole, without numbers', () => {
  const html = sourceHtml(
    { text: `${'x\r\n'.repeat(100_000)}y\r\nz\u202e\r\n`, colours: new Uint8Array(), marks: NONE },
    hrefOf,
  )
  assert.equal(html.match(/class="line"/g)?.length, 100_001)
  assert.match(html, /data-line="100001"[^>]*><\/a>y\r\nz<span class="odd" data-code="U\+202E"><\/span>\r?\n/)
})

test('odd characters beyond the marks are still visible', () => {
  const html = sourceHtml({ text: 'a\u202e'.repeat(20_001), colours: new Uint8Array(), marks: NONE }, hrefOf)
  assert.equal(html.match(/class="odd"/g)?.length, 20_000)
  assert.ok(html.includes('a\ufffd\n'))
  assert.ok(!html.includes('\u202e'))
})

test('entries and ranges stand where they begin, outside of the text', () => {
  const name = '<b>"x'
  const marks: SourceMarks = {
    home: null,
    spans: [[1, 3]],
    symbols: [
      [1, 3, name, 'a.md', 'b"onclick="x'],
      [2, 2, 'a', 'a.md', 'a'],
      [2, 2, 'b', 'a.md', 'b'],
      [2, 2, 'c', 'a.md', 'c'],
      [2, 2, 'd', 'a.md', 'd'],
      [9, 9, 'gone', 'a.md', 'gone'],
    ],
  }
  const document = render('x\ny\nz\n', new Uint8Array(), marks)
  const mark = document.querySelector('#L1 .mark')
  assert.equal(mark?.getAttribute('href'), 'a.md#b"onclick="x')
  assert.equal(mark?.getAttribute('aria-label'), `Entry of ${name}`)
  assert.deepEqual(mark?.getAttributeNames().sort(), ['aria-label', 'class', 'data-name', 'href'])
  assert.equal(document.querySelector('#L1 > [id="L1-L3"]') !== null, true)
  assert.equal(document.querySelectorAll('#L2 .mark').length, 3)
  assert.deepEqual(linesOf(document), ['x', 'y', 'z'])
})

test('a long file takes no more than a moment', () => {
  const text = '  const value = compute("x", 12) // 34567890\n'.repeat(10_000)
  const colours = colourSource(text.slice(0, 400_000), 'typescript')
  const start = performance.now()
  const html = sourceHtml({ text, colours, marks: NONE }, hrefOf)
  assert.ok(performance.now() - start < 2_000)
  assert.equal(html.match(/class="line"/g)?.length, 10_000)
})
