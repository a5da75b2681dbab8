import assert from 'node:assert/strict'
import { test } from 'node:test'
import { licenceOf } from '#generate/pages/overview/licence.ts'
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

test('licences that begin alike are told apart by their conditions', () => {
  const mit = `${MIT.split(' without restriction')[0]} without restriction, including the rights to use it, and to permit persons to whom the Software is furnished to do so`
  const isc = 'Permission to use, copy, modify, and/or distribute this software for any\npurpose is hereby granted'
  const bsd = 'Redistribution and use in source and binary forms are permitted.\n2. Redistributions.\n'
  for (const [text, name] of [
    [`${mit}, subject to the following conditions:`, 'MIT'],
    [`${mit}.\n`, 'MIT-0'],
    [`${isc}, provided that the notice appears.`, 'ISC'],
    [`${isc}.`, '0BSD'],
    [bsd, 'BSD-2-Clause'],
    [`${bsd}Neither the name of X nor others.`, 'BSD-3-Clause'],
    [`${bsd}3. All advertising materials mentioning it.\nNeither the name of X nor others.`, 'BSD-4-Clause'],
  ] as const)
    assert.equal(licenceOf(text), name)
})

test('a licence that is not known is named by its file', () => {
  assert.equal(licenceOf('Do what you like.'), null)
  assert.match(overviewWith('COPYING.txt', 'Do what you like.'), /\[licence: COPYING\.txt\]\(.*COPYING\.txt\)/)
  for (const path of ['LICENSE', 'MIT-LICENSE'])
    assert.match(overviewWith(path, MIT), new RegExp(`\\[MIT\\]\\(.*/${path}\\)`))
})

const APACHE = 'Apache License\nVersion 2.0, January 2004\n'

/** The facts of an overview, without addresses. */
function factsOf(files: Record<string, string>): string {
  const all = Object.entries(files).map(([path, text]) => file(path, text, { role: 'docs', language: null }))
  const overview = document(sample([file('src/a.ts', 'export {}\n'), ...all])).markdown.get('overview.md') ?? ''
  return overview.split('\n\n')[1]?.replaceAll(/\]\([^)]*\)/g, ']') ?? ''
}

test('of several licences a manifest says how they go together', () => {
  const files = { 'LICENSE-MIT': MIT, UNLICENSE: 'This is free and unencumbered software', COPYING: 'Dual-licensed.' }
  const links = '([`COPYING`], [`LICENSE-MIT`], [`UNLICENSE`])'
  assert.ok(
    factsOf({ ...files, 'Cargo.toml': '[package]\nlicense = "Unlicense OR MIT"\n' }).includes(
      `Unlicense OR MIT ${links}`,
    ),
  )
  const one = (licence: string) => factsOf({ LICENCE: MIT, 'pyproject.toml': `[project]\nlicense = "${licence}"\n` })
  assert.ok(one('MPL-2.0 AND MIT').includes('[MPL-2.0 AND MIT]'))
  assert.ok(one('Apache-2.0').includes('[MIT]'))
  assert.ok(one('MIT-0').includes('[MIT-0]'))
  assert.ok(factsOf(files).includes(`MIT, Unlicense ${links}`))
  assert.ok(
    factsOf({ 'LICENSE-MIT': MIT, 'LICENSE-APACHE': APACHE }).includes(
      'Apache-2.0, MIT ([`LICENSE-APACHE`], [`LICENSE-MIT`])',
    ),
  )
})

test('of two files one licence is told only if both are known', () => {
  const both = '([`COPYING.txt`], [`LICENSE-2.0.txt`])'
  const files = (text: string) => factsOf({ 'COPYING.txt': text, 'LICENSE-2.0.txt': APACHE })
  assert.ok(files('Do what you like.').includes(`licence ${both}`))
  assert.ok(files('DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE').includes(`WTFPL, Apache-2.0 ${both}`))
  const parts = factsOf({ LICENSE: MIT, 'LICENSE-3rdparty': 'Parts are of others.' })
  assert.match(parts, / · \[MIT\] · /)
})

test('without a file the manifest tells, and only in the form of SPDX', () => {
  assert.match(factsOf({ 'composer.json': '{"license": "LGPL-2.1-or-later"}' }), / · LGPL-2\.1-or-later · commit/)
  assert.match(
    factsOf({ 'Cargo.toml': '[workspace.package]\nlicense = "MIT OR Apache-2.0"\n' }),
    / · MIT OR Apache-2\.0 · /,
  )
  assert.match(
    factsOf({ 'package.json': '{"license": "SEE LICENSE IN <b>x</b>"}' }),
    /^TypeScript, 1 file, 2 lines · commit /,
  )
})

test('of several texts in one file the first is the licence', () => {
  const bsd = 'Redistribution and use in source and binary forms. Neither the name of its contributors'
  assert.equal(licenceOf(`MIT License\n\n${MIT}\n---\nParts are distributed under this:\n${bsd}`), 'MIT')
  assert.equal(licenceOf(bsd), 'BSD-3-Clause')
  assert.equal(licenceOf(`SPDX-License-Identifier: ISC\n\n${bsd}`), 'ISC')
})
