import assert from 'node:assert/strict'
import { test } from 'node:test'
import { licenceOf } from '#generate/pages/licence.ts'
import { document, file, sample } from './sample.ts'

const MIT = `Copyright (c) 2012 - present, somebody

Permission is hereby granted, free of charge, to any person obtaining
a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction.

--- Optional exception to the license ---
`

/** The overview of a repository of one file beside this licence. */
function overviewWith(path: string, text: string): string {
  const licence = file(path, text, { role: 'docs', language: null })
  return document(sample([file('src/a.ts', 'export {}\n'), licence], [], [])).markdown.get('overview.md') ?? ''
}

test('a licence without a title is known by its words, wherever its lines break', () => {
  assert.equal(licenceOf(MIT), 'MIT')
  assert.equal(licenceOf(MIT.replaceAll(' ', '\r\n  ')), 'MIT')
  assert.equal(licenceOf('GNU AFFERO GENERAL PUBLIC\nLICENSE\nVersion 3'), 'AGPL-3.0')
})

test('a licence that is not known is named by its file', () => {
  assert.equal(licenceOf('Do what you like.'), null)
  assert.match(overviewWith('COPYING.txt', 'Do what you like.'), /\[licence: COPYING\.txt\]\(.*COPYING\.txt\)/)
  assert.match(overviewWith('LICENSE', MIT), /\[MIT\]\(.*LICENSE\)/)
})
