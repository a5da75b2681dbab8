import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXml } from '#generate/formats/read-xml.ts'

test('the text of an element has at most 2,000 characters, in however many parts it arrives', () => {
  const part = 'a'.repeat(1_999)
  assert.equal(readXml(`<a>${part}<![CDATA[${part}]]></a>`)?.text, 'a'.repeat(2_000))
})
