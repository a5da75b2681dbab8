import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXml } from '#generate/formats/read-xml.ts'

test('the text of an element has at most 20,000 characters, in however many parts it arrives', () => {
  const part = 'a'.repeat(19_999)
  assert.equal(readXml(`<a>${part}<![CDATA[${part}]]></a>`)?.text, 'a'.repeat(20_000))
})
