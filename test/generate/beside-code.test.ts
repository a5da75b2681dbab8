import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSideline } from '#generate/beside-code.ts'

test('folders beside the code are recognised by name, unless they are in the sources', () => {
  const folders = [
    ...['documentation-website/snippets', 'docs-examples', 'doc_src', 'tools/src', 'integration-tests'],
    ...['docspool', 'documents', 'docs-loader', 'src/docs-site', 'core'],
  ]
  assert.deepEqual(folders.filter(isSideline), [
    'documentation-website/snippets',
    'docs-examples',
    'doc_src',
    'tools/src',
    'integration-tests',
  ])
})
