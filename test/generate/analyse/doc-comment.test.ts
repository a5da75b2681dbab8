import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DocParts, docAsText, packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'

const raises = [{ name: 'E', type: '', text: 'when' }]

test('a comment goes through one text and comes out with its parts', () => {
  const packed = packDoc({ text: ' A. ', details: { raises, since: '1' } })
  assert.deepEqual(unpackDoc(packed), { doc: 'A.', details: { raises, since: '1' } })
  assert.deepEqual(unpackDoc(packDoc('A.')), { doc: 'A.' })
  assert.deepEqual(unpackDoc(packDoc({ text: '', details: { deprecated: '' } })), {
    doc: null,
    details: { deprecated: '' },
  })
  assert.equal(packDoc({ text: ' ', details: {} }), null)
})

test('no comment can pretend to have parts', () => {
  const own = packDoc({ text: 'A.', details: { since: '1' } }) ?? ''
  assert.equal(unpackDoc(packDoc(own)).details, undefined)
})

test('of more than people write the first is kept', () => {
  const parts = new DocParts()
  for (let at = 0; at < 5_000; at++) parts.add('parameters', { name: `p${at}`, text: 'x'.repeat(9_000) })
  const packed = packDoc({ text: 'y'.repeat(900_000), details: parts.details }) ?? ''
  assert.ok(packed.length < 250_000)
  assert.equal(unpackDoc(packed).details?.parameters?.[0]?.name, 'p0')
})

test('of a file the examples stay in the text', () => {
  assert.equal(docAsText(packDoc({ text: 'A.', details: { examples: ['`b`'], since: '1' } }) ?? ''), 'A.\n\n`b`')
})

test('a title above a sentence is a paragraph of its own', () => {
  assert.equal(
    packDoc('Parameter packing\nCall it with some names of arguments.'),
    'Parameter packing\n\nCall it with some names of arguments.',
  )
})

test('an origin, a placeholder and a relative comment are no description', () => {
  const url = 'https://example.org/a/728694'
  for (const text of [`via ${url}`, `Taken from ${url}`, url, `<${url}>`])
    assert.deepEqual(unpackDoc(packDoc(text)), { doc: null, details: { see: [url] } }, text)
  for (const text of ['Taken from list.c', 'Same as above, but shorter', '[description]', '[type description]'])
    assert.equal(packDoc(text), null, text)
  const parameters = [{ name: 'a', type: 'Object', text: '[description]' }]
  assert.deepEqual(unpackDoc(packDoc({ text: 'A.', details: { parameters } })).details, {
    parameters: [{ name: 'a', type: 'Object', text: '' }],
  })
  for (const text of [
    'Takes the item from list.c',
    'Same as above, but shorter. It returns a copy.',
    `See ${url} for b.`,
  ])
    assert.equal(packDoc(text), text)
})
