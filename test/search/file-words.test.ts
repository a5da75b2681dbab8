import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildFileWords, rankFiles, readFileWords } from '#search/file-words.ts'

const FILES = [
  { path: 'src/cookies.py', text: 'def dump(value):\n    return quote(value)\n', isTest: false },
  { path: 'src/session.py', text: '# signs cookies\ncookie = cookies.dump(secret)\nsign(cookie)\n', isTest: false },
  { path: 'test/test_session.py', text: 'assert session.signed\n', isTest: true },
]
const load = (files = FILES) => {
  const index = readFileWords(buildFileWords(files))
  assert.ok(index !== undefined)
  return index
}

test('files are found by words in any form and by their paths', () => {
  const paths = (question: string) => rankFiles(load(), question, 10).files.map(({ path }) => path)
  assert.deepEqual(paths('signing').sort(), ['src/session.py', 'test/test_session.py'])
  assert.deepEqual(paths('how are cookies quoted')[0], 'src/cookies.py')
  assert.deepEqual(paths('session')[0]?.includes('session'), true)
  assert.deepEqual(paths('entirely unrelated'), [])
  assert.equal(rankFiles(load(), 'assert', 10).files[0]?.isTest, true)
})

test('a word in the name of a file counts more than one in its folder, and that more than one in its text', () => {
  const files = ['cookies/read.py', 'src/cookies.py', 'src/py.py', 'src/written.py'].map((path) => ({
    path,
    text: path === 'src/written.py' ? 'cookies = cookies + cookies' : 'pass',
    isTest: false,
  }))
  const found = (question: string) => rankFiles(load(files), question, 10).files.map(({ path }) => path)
  assert.deepEqual(found('cookies'), ['src/cookies.py', 'cookies/read.py', 'src/written.py'])
  // An ending is no name.
  assert.deepEqual(found('py')[0], 'src/py.py')
})

test('the same files give the same bytes, whatever they hold', () => {
  assert.deepEqual(buildFileWords(FILES), buildFileWords(FILES))
  const text = fc.string({ unit: 'binary', maxLength: 500 })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), text, (texts, question) => {
      const index = load(texts.map((each, at) => ({ path: `f${at}.c`, text: each, isTest: false })))
      assert.equal(index.files.length, texts.length)
      const { files } = rankFiles(index, question, 5)
      assert.ok(files.length <= 5 && files.every(({ score }) => score > 0))
    }),
  )
  assert.equal(load([]).files.length, 0)
})

test('every file with a word is found, however many there are', () => {
  const many = Array.from({ length: 700 }, (_, at) => ({
    path: `f${at}.c`,
    text: 'shared '.repeat(1 + (at % 400)),
    isTest: false,
  }))
  assert.equal(rankFiles(load(many), 'shared', 1_000).files.length, 700)
})

test('what is no index is none', () => {
  assert.equal(readFileWords(new Uint8Array()), undefined)
  assert.equal(readFileWords(new Uint8Array([255, 255, 255, 255, 1])), undefined)
})
