import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasTexts, isLanguage, LANGUAGES } from '#base/language.ts'
import { CATALOGUES } from '#generate/pages/texts/texts-in.ts'

test('every language has one tag and its own name', () => {
  const tags = LANGUAGES.map(({ tag }) => tag)
  assert.equal(new Set(tags).size, tags.length)
  assert.deepEqual(Intl.getCanonicalLocales(tags), tags)
  assert.ok(LANGUAGES.every(({ name }) => name !== ''))
  assert.ok(isLanguage('ja') && !isLanguage('tlh') && !isLanguage('DE'))
})

test('the languages that have texts are those that there are catalogues for', () => {
  assert.deepEqual(LANGUAGES.map(({ tag }) => tag).filter(hasTexts), [...CATALOGUES.keys()])
})
