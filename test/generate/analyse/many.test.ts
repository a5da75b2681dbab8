/** Lists as long as a file of a megabyte can hold: more than a call takes arguments, more than a square of them allows. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from './inventory-of.ts'

const context = { signal: new AbortController().signal, onProgress() {} }

async function namesIn(texts: Record<string, string>): Promise<string[]> {
  return (await analyse(await inventoryOf(texts), context)).components.map((component) => component.name)
}

test('a list of 200,000 values in a manifest or an interface does not end the analysis', async () => {
  const values = '1,\n'.repeat(200_000)
  const names = await namesIn({
    'package.json': `{"name": "x", "exports": [${values}1]}`,
    'openapi.json': `{"openapi": "3.0.0", "paths": {"/x": {"get": {"a": [${values}1]}}}}`,
    'a.py': 'def kept(): pass\n',
  })
  assert.deepEqual(names, ['kept'])
})

test('140,000 names that a package takes from a module do not end the analysis', async () => {
  // Four letters each, so that the file is not too large to be read.
  const letter = (i: number): string => String.fromCharCode(97 + (i % 26))
  const many = Array.from(
    { length: 140_000 },
    (_, i) => `${letter(i)}${letter(i / 26)}${letter(i / 676)}${letter(i / 17_576)}=1\n`,
  ).join('')
  const names = await namesIn({ 'p/__init__.py': 'from .b import *\ndef kept(): pass\n', 'p/b.py': many })
  assert.ok(names.includes('kept'))
})

test('a namespace of 200,000 statements keeps what it declares', async () => {
  const names = await namesIn({
    'a.ts': `namespace n {\n${`${';'.repeat(80)}\n`.repeat(2_500)}}\nexport class Kept {}\n`,
  })
  assert.ok(names.includes('Kept'))
})

test('50,000 mixins of one class take no memory by their square', async () => {
  const names = await namesIn({ 'a.rb': `class C\n${'include M\n'.repeat(50_000)}end\ndef kept; end\n` })
  assert.ok(names.includes('kept'))
})

test('a list of CMake that is used again and again is written out only so often', async () => {
  const started = performance.now()
  const list = `set(A ${'b\n'.repeat(2_000)})\nadd_library(x\n${`\${A}\n`.repeat(45_000)})\n`
  assert.deepEqual(await namesIn({ 'CMakeLists.txt': list, 'a.py': 'def kept(): pass\n' }), ['kept'])
  assert.ok(performance.now() - started < 5_000)
})
