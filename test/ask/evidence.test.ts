import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findEvidence } from '#ask/evidence.ts'

test('documents of the repository are listed as documents, and not among the files', async () => {
  const hit = { title: 'Signing', page: 'guide.md', pageTitle: 'Guide', anchor: 'signing', address: null, text: '' }
  const found = await findEvidence(
    {
      search: async () => ({ hits: [{ ...hit, kind: 'guide', file: 'README.md', line: 7 }], work: 0 }),
      graph: async () => ({
        is: 'answer',
        answer: { commit: 'c'.repeat(40), symbols: [], total: 0, next: null },
        work: 0,
      }),
      files: async () => ({ files: [{ path: 'src/sign.py', score: 1, isTest: false }], work: 0 }),
    },
    'how are cookies signed',
  )
  assert.deepEqual(found?.answer.files, ['src/sign.py'])
  assert.deepEqual(
    found?.answer.documents.map(({ file }) => file),
    ['README.md'],
  )
})
