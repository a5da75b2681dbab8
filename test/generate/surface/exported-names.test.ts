import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component, SourceFile, Surface } from '#generate/model.ts'
import { withExportedNames } from '#generate/surface/exported-names.ts'

/** The title of the default export of a package. */
function titleIn(readme: string, path = 'orbit'): string | undefined {
  const component = { id: 'a#default', name: 'default', qualifiedName: 'default', parent: null } as Component
  const paths = [{ language: 'javascript', path, names: [{ name: 'default', to: component.id }] }]
  const surfaces = [{ isPrivate: false, paths }] as unknown as Surface[]
  const files = [{ path: 'README.md', text: readme }] as SourceFile[]
  return withExportedNames([component], surfaces, files)[0]?.title
}

test('the default export has the name that the README imports it by', () => {
  assert.equal(titleIn("import o from 'orbit'"), 'o')
  assert.equal(titleIn("import { a } from 'orbit'\n\nimport o from 'orbit'"), 'o')
  assert.equal(titleIn('import type X from \'orbit\'\nimport o, { b } from "orbit"'), 'o')
  assert.equal(titleIn("const o = require('orbit')"), 'o')
  assert.equal(titleIn("const { a } = require('orbit')"), 'orbit')
})

test('without an import, its name is an identifier made of the path', () => {
  assert.equal(titleIn('', '@acme/orbit-http'), 'orbitHttp')
  assert.equal(titleIn('', '7zip-bin'), '_7zipBin')
})

test('the old name of something deprecated is no title', () => {
  for (const [details, title] of [
    [undefined, 'Parser'],
    [{ deprecated: 'Use another.' }, undefined],
  ] as const) {
    const one = { id: 'a#_Parser', name: '_Parser', qualifiedName: '_Parser', parent: null, details } as Component
    const paths = [{ language: 'python', path: 'orbit', names: [{ name: 'Parser', to: one.id }] }]
    const surfaces = [{ isPrivate: false, paths }] as unknown as Surface[]
    assert.equal(withExportedNames([one], surfaces, [])[0]?.title, title)
  }
})

test('a property of an exported function keeps the name that the README calls it by', () => {
  for (const [readme, title] of [
    ['res.send()', undefined],
    ['', 'response'],
  ] as const) {
    const one = { id: 'a.js#res', name: 'res', qualifiedName: 'res', parent: null } as Component
    const names = [
      { name: 'export=', to: 'a.js#make' },
      { name: 'response', to: one.id },
    ]
    const surfaces = [
      { isPrivate: false, paths: [{ language: 'javascript', path: 'a', names }] },
    ] as unknown as Surface[]
    const files = [{ path: 'README.md', text: readme }] as SourceFile[]
    assert.equal(withExportedNames([one], surfaces, files)[0]?.title, title)
  }
})
