import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellingSentence } from '#generate/pages/telling.ts'
import { plainText } from '#markdown/build.ts'

const said = (doc: string): string | null => {
  const found = tellingSentence(doc)
  return found === null ? null : plainText({ type: 'paragraph', children: found })
}

test('settings of editors and shells, banners and headings say nothing of what they stand in', () => {
  for (const doc of [
    'vim: ts=2:sw=2:expandtab',
    'vim: set ts=2 sw=2:',
    '-*- mode: c++; tab-width: 2 -*-',
    'frozen-string-literal: true',
    'compdef fx',
    '-------------------------- $fetch API --------------------------',
  ])
    assert.equal(said(doc), null, doc)
  assert.equal(said('Plans burns with vim: it reads a script.'), 'Plans burns with vim: it reads a script.')
})
