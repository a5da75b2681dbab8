import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerText } from '#ask/answer.ts'
import { findEvidence } from '#ask/evidence.ts'

test('documents of the repository are listed as documents, and not among the files', async () => {
  const hit = { title: 'Signing', page: 'guide.md', pageTitle: 'Guide', anchor: 'signing', address: null, text: '' }
  const found = await findEvidence(
    {
      search: async () => ({
        hits: [
          { ...hit, kind: 'guide', file: 'README.md', line: 7 },
          { ...hit, kind: 'document', anchor: '', address: 'https://x.example/a.md#L9', file: 'a.md', line: 9 },
        ],
        work: 0,
      }),
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
    ['README.md', 'a.md'],
  )
  // What is on no page is named by its line.
  const told = found === undefined ? '' : answerText(found.answer)
  assert.match(told, /Signing, guide\.md#signing\n[^\n]*Signing, a\.md:9\n/)
})

test('names that the repository does not have are unknown, unless they may be folders or words', async () => {
  const found = await findEvidence(
    {
      search: async () => ({ hits: [], work: 0 }),
      graph: async ({ ask }) =>
        ask === 'outline'
          ? { is: 'no such symbol', symbol: '', work: 0 }
          : { is: 'answer', answer: { commit: 'c'.repeat(40), symbols: [], total: 0, next: null }, work: 0 },
      files: async () => ({ files: [], work: 0 }),
    },
    'Is the client/server code in src/net or src/gone.py, or in `Gone`?',
  )
  assert.deepEqual(found?.answer.unknown_names, ['src/gone.py', 'Gone'])
})

test('files of tests come after others, and before them when the question is about tests', async () => {
  const ask = async (question: string) => {
    const found = await findEvidence(
      {
        search: async () => ({ hits: [], work: 0 }),
        graph: async () => ({
          is: 'answer',
          answer: { commit: 'c'.repeat(40), symbols: [], total: 0, next: null },
          work: 0,
        }),
        files: async () => ({
          files: [
            { path: 'test/sign_test.py', score: 1, isTest: true },
            { path: 'src/sign.py', score: 0.9, isTest: false },
            { path: 'test/cookie_test.py', score: 0.8, isTest: true },
          ],
          work: 0,
        }),
      },
      question,
    )
    return found?.answer.files
  }
  assert.deepEqual(await ask('sign cookies'), ['src/sign.py', 'test/sign_test.py', 'test/cookie_test.py'])
  assert.deepEqual(await ask('Add specs for signing'), ['test/sign_test.py', 'test/cookie_test.py', 'src/sign.py'])
})
