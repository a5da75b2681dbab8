import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { typescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'

test('the compiler is not loaded before something has changed', () => {
  assert.ok(typescriptAnalyser.languages.includes('typescript'))
  const loaded = Object.keys(createRequire(import.meta.url).cache)
  assert.deepEqual(
    loaded.filter((path) => path.endsWith('/typescript/lib/typescript.js')),
    [],
  )
})
