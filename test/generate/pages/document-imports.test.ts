/** The imports in the code of documents. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importsFrom } from '#generate/pages/readme/document-imports.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** The names that a README with one block of code imports from `orbit`. */
function namesIn(value: string): string[] {
  const guide = { path: 'README.md', blocks: [{ type: 'code', lang: 'python', value }] }
  const writing = { guides: { guides: new Map([[guide.path, guide]]) } } as unknown as Writing
  return [...importsFrom(writing, 'orbit').names.keys()]
}

test('imports after the prompts of Python are read, over several lines too', () => {
  assert.deepEqual(namesIn('>>> from orbit import plan\n>>> plan()\n'), ['plan'])
  assert.deepEqual(namesIn('>>> if True:\n...     from orbit import plan\n'), ['plan'])
  assert.deepEqual(namesIn('>>> from orbit import (\n...     plan,\n...     burn,\n... )\n'), ['plan', 'burn'])
})
