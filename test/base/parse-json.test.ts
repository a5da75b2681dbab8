import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseJson } from '#base/parse-json.ts'
import { atOnce, type Steps } from '#base/slices.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const parse = (text: string): unknown => atOnce(parseJson(bytesOf(text)))

function countSteps<T>(steps: Steps<T>): number {
  for (let count = 1; ; count += 1) if (steps.next().done === true) return count
}

test('what it parses is what JSON.parse makes of it, however large its parts are', () => {
  const long = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('x'.repeat(70_000), '\\"]},'.repeat(20_000), 'ä\u2028"'.repeat(30_000), '__proto__'),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      long,
      fc.double(),
      fc.constantFrom(null, true, false),
      fc.array(tie('tree'), { maxLength: 6 }),
      fc.dictionary(long, tie('tree'), { maxKeys: 5 }),
    ),
  }))
  fc.assert(
    fc.property(tree, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = ` ${JSON.stringify(value, null, indent)}\n`
      assert.deepEqual(parse(text), JSON.parse(text))
    }),
    { numRuns: 200 },
  )
})

test('a large text takes many steps', () => {
  const rows = Array.from({ length: 8_000 }, (_, n) => ({ name: `page-${n}`, at: n, headings: [{ text: `${n}` }] }))
  const text = JSON.stringify({ rows, tree: [{ title: 'all', children: rows }] })
  assert.deepEqual(parse(text), JSON.parse(text))
  assert.ok(countSteps(parseJson(bytesOf(text))) > text.length / 100_000)
})

test('what is not JSON is an error', () => {
  const row = `{"name":"${'x'.repeat(1_000)}"},`
  const long = `"${'x'.repeat(70_000)}"`
  for (const text of [
    '',
    '{',
    `[${row.repeat(200)}`,
    `[${row.repeat(200)}]`,
    `{"a":[${row.repeat(200)}{}]`,
    `[${long},]`,
    `[,${long}]`,
    `[${long},,${long}]`,
    `[${long}, ,1]`,
    `[1,${long},]`,
    `{"a":${long},}`,
    `\ufeff[${long}]`,
    '\ufeff1',
    `[${row.repeat(200)}{}}`,
  ])
    assert.throws(() => parse(text), SyntaxError, text.slice(-20))
})

test('a large array may be empty', () => {
  assert.deepEqual(parse(`[${' '.repeat(70_000)}]`), [])
  assert.deepEqual(parse(`{"a": {${' '.repeat(70_000)}}}`), { a: {} })
})
