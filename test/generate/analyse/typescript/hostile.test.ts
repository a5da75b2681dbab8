import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { typescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'
import { inventoryOf } from '../inventory-of.ts'
import { analyseTexts, edgesOf } from './analyse-texts.ts'

test('files that are nested too deeply are left out and the others are analysed as if they were not there', async () => {
  const good = {
    'good.ts': 'export function f(): void { g() }\nfunction g(): void {}\n',
    'use.ts': "import { f } from './good'\nf()\n",
  }
  const deep = 200_000
  const bad = {
    'arrays.ts': `export const a = ${'[\n'.repeat(deep)}${']\n'.repeat(deep)}`,
    'blocks.js': '{\n'.repeat(deep) + '}\n'.repeat(deep),
    'calls.ts': `export const c = x${'.y()\n'.repeat(deep)}`,
    'doc.js': `/** @type {${'Array<\n'.repeat(50_000)} */\nexports.d = 1\n`,
    'jsx.tsx': `export const e = ${'<a>\n'.repeat(50_000)}`,
    'plus.ts': `export const p = ${'1 +\n'.repeat(deep)}1`,
    'types.ts': `export type T = ${'A<\n'.repeat(deep)}`,
  }
  const analysis = await analyseTexts({ ...good, ...bad })
  assert.deepEqual(edgesOf(analysis), edgesOf(await analyseTexts(good)))
  const failed = analysis.reports.flatMap((report) => report.failed)
  assert.deepEqual(failed.sort(), Object.keys(bad).sort())
})

test('cycles of imports, re-exports and types end', async () => {
  const analysis = await analyseTexts({
    'a.ts': "export * from './b'\nexport { x } from './b'\nexport class A extends A {}\n",
    'b.ts': "export * from './a'\nexport { x } from './a'\nexport type T = T[] | { [K in keyof T]: T }\n",
    'c.js': "module.exports = require('./d')\n",
    'd.js': "module.exports = require('./c')\n",
    'e.js': "var c = require('./c')\nc.foo()\nc()\n",
    'f.ts': "import { x } from './a'\nx()\nimport * as self from './f'\nself.g()\nexport const g = () => g()\n",
  })
  assert.deepEqual(edgesOf(analysis), [
    'a.ts imports b.ts (import)',
    'b.ts imports a.ts (import)',
    'c.js imports d.js (import)',
    'd.js imports c.js (import)',
    'e.js imports c.js (import)',
    'f.ts calls f.ts#g (same-file)',
    'f.ts imports a.ts (import)',
  ])
})

test('a file with errors is analysed as far as it goes and named', async () => {
  const analysis = await analyseTexts({
    'broken.ts': 'export function f( { \nexport class Good { m() { } }\n>>>>>>> other',
    'flow.js': '// @flow\nexport type A = {| a: ?string |}\nexport function g(): void {}\n',
  })
  assert.deepEqual(
    analysis.reports.map(({ failed }) => failed),
    [['flow.js'], ['broken.ts']],
  )
  assert.ok(analysis.components.some(({ id }) => id === 'flow.js#g'))
})

test('paths and references that point outside read nothing', async () => {
  const analysis = await analyseTexts({
    'a.ts': `/// <reference path="/etc/passwd" />
/// <reference types="node" />
/// <reference lib="../../../etc/passwd" />
import x from '/etc/passwd'
import y from '../../../../../etc/hosts'
import z from 'typescript'
export const used = [x, y, z.createProgram()]
`,
    'node_modules/typescript/index.ts': 'export const createProgram = 1',
  })
  assert.deepEqual(edgesOf(analysis), [])
})

test('an analysis ends when its signal fires', async () => {
  const inventory = await inventoryOf(
    Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}.ts`, 'export {}'])),
  )
  const paths = new Set(inventory.files.map((file) => file.path))
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  const controller = new AbortController()
  const onProgress = (): void => controller.abort()
  const run = typescriptAnalyser.analyse(inventory.files, { signal: controller.signal, onProgress, paths, files })
  await assert.rejects(run, Aborted)
})
