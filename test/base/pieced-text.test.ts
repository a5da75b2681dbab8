import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PiecedText, piecesOf } from '#base/pieced-text.ts'

test('a text in pieces is the text, each time it is read, and small parts come together', () => {
  const text = new PiecedText(function* make() {
    for (let number = 0; number < 100_000; number++) yield `${number},`
  })
  const whole = Array.from({ length: 100_000 }, (_, number) => `${number},`).join('')
  assert.ok(String(text) === whole && String(text) === whole)
  const pieces = [...text]
  assert.ok(pieces.length < 12, `${pieces.length} pieces`)
  assert.deepEqual([...new PiecedText(() => [])], [])
})

test('no piece of a text ends within a character', () => {
  const text = `x${'𝄞'.repeat(200_000)}`
  const pieces = [...piecesOf(text)]
  assert.ok(pieces.length > 2 && pieces.join('') === text)
  assert.ok(Buffer.concat(pieces.map((piece) => Buffer.from(piece))).equals(Buffer.from(text)))
  assert.deepEqual([[...piecesOf('')], [...piecesOf('\ud834')]], [[], ['\ud834']])
})
