import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstSentence } from '#generate/pages/words.ts'
import { plainText } from '#markdown/build.ts'

test('the first sentence ends before the fields of a doc comment', () => {
  const of = (text: string): string => plainText({ type: 'paragraph', children: firstSentence(text) ?? [] })
  assert.equal(of('Starts the session\nParameters:\n- id: which'), 'Starts the session')
  assert.equal(of('Starts it\n:param id: which'), 'Starts it')
  assert.equal(of('Says e.g. this. And that.'), 'Says e.g. this.')
  assert.equal(of('Returns: what it says'), 'Returns: what it says')
})
