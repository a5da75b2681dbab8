import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasTexts, Languages } from '#base/language.ts'
import { CATALOGUES } from '#generate/pages/texts/texts-in.ts'

test('every language has one tag, in the form of the standard', () => {
  assert.equal(new Set(Languages).size, Languages.length)
  assert.deepEqual(Intl.getCanonicalLocales([...Languages]), [...Languages])
})

test('the languages that have texts are those that there are catalogues for', () => {
  assert.deepEqual(Languages.filter(hasTexts), [...CATALOGUES.keys()])
})
