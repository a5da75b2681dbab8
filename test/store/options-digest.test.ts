import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optionsDigest } from '#store/options-digest.ts'

test('what is made by default has no digest, like sets of before', () => {
  for (const plain of [{}, { language: 'en' }, { notes: '' }, { notes: 'Nobody reads them.' }]) {
    assert.equal(optionsDigest(plain), undefined)
  }
})

test('another model, language or other notes are other sets', () => {
  const all = [
    { language: 'de' },
    { mainModel: 'a' },
    { mainModel: 'b' },
    { mainModel: 'a', language: 'de' },
    { mainModel: 'a', notes: 'x' },
    { mainModel: 'a', notes: 'y' },
  ].map(optionsDigest)
  assert.equal(new Set(all).size, all.length)
  assert.equal(optionsDigest({ language: 'de', notes: 'x' }), optionsDigest({ language: 'de' }), 'nobody reads them')
  for (const digest of all) assert.match(digest ?? '', /^[0-9a-f]{32}$/)
  assert.equal(optionsDigest({ mainModel: 'a', language: 'en', notes: '' }), optionsDigest({ mainModel: 'a' }))
})
