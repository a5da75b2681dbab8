import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zlibSync } from 'fflate'
import { createFileSearcher } from '#search/file-searcher.ts'
import { buildFileWords, MAX_INFLATED, readFileWords } from '#search/file-words.ts'
import { rankFiles } from '#search/rank-files.ts'

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

test('words for what is done to code count less than those for the code', () => {
  const text = (path: string, text: string) => ({ path, text, isTest: false })
  const others = ['a', 'b', 'c', 'd'].map((name) => text(`${name}.py`, 'pass'))
  const index = load([...others, text('one.py', 'fixed supported'), text('two.py', 'cookies cookies')])
  assert.equal(rankFiles(index, 'fix support of cookies', 10).files[0]?.path, 'two.py')
})

test('where the words say little, longer files come first, but none without a word of the question', () => {
  const words = (path: string, count: number, more = '') => ({
    path,
    text: `${Array.from({ length: count }, (_, at) => `word${at}`).join(' ')} ${more}`,
    isTest: false,
  })
  const typos = 'typo typo typo typo'
  const index = load([words('long.py', 400, typos), words('none.py', 900), words('short.py', 100, typos)])
  assert.deepEqual(
    rankFiles(index, 'fix a typo', 10).files.map(({ path }) => path),
    ['long.py', 'short.py'],
  )
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

/** Files of one text at paths of 3,000 characters, which take little room when compressed. */
const atLongPaths = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ path: `${'d'.repeat(3_000)}/f${at}.c`, text: 'shared', isTest: false }))

test('files above the limit of the inflated size are left out, and the rest can be read', () => {
  const index = load([...atLongPaths(6_000), { path: 'z.c', text: 'last', isTest: false }])
  assert.ok(index.inflatedBytes <= MAX_INFLATED, `${index.inflatedBytes}`)
  assert.ok(index.inflatedBytes > 0.9 * MAX_INFLATED, `${index.inflatedBytes}`)
  assert.equal(rankFiles(index, 'shared', 10_000).files.length, index.files.length)
  const words = Array.from({ length: 200 }, (_, file) => ({
    path: `f${file}.c`,
    text: Array.from(
      { length: 10_000 },
      (_, word) => `${'w'.repeat(20)}${(file * 10_000 + word).toString(36).replace(/[0-9]/g, 'é')}`,
    ).join(' '),
    isTest: false,
  }))
  assert.ok(load(words).inflatedBytes <= MAX_INFLATED)
})

test('cached indexes count the memory that they occupy, and reading one is charged by its inflated size', async () => {
  const bytes = buildFileWords(atLongPaths(300))
  const held = readFileWords(bytes)?.heldBytes ?? 0
  assert.ok(held > 900_000 && held > 50 * bytes.length, `${held}, ${bytes.length} stored`)
  const reads: string[] = []
  const readFile = async (key: string): Promise<Uint8Array> => {
    reads.push(key)
    return bytes.slice()
  }
  const searcher = createFileSearcher({ readFile }, 3 * held)
  const work: number[] = []
  for (const key of ['a', 'b', 'c', 'a', 'd', 'b']) work.push((await searcher.find(key, 'unknown', 5))?.work ?? 0)
  assert.deepEqual(reads, ['a', 'b', 'c', 'd', 'b'])
  assert.ok((work[0] ?? 0) >= 900_000 / 32, `${work}`)
  assert.equal(work[3], 0)
})

test('a damaged file counts as none', () => {
  const bytes = buildFileWords(FILES)
  for (let length = 0; length < bytes.length; length++)
    assert.equal(readFileWords(bytes.subarray(0, length)), undefined)
  const header = new TextEncoder().encode('{"version":1,"files":[],"words":"plan"}')
  const withoutPostings = new Uint8Array(4 + header.length)
  withoutPostings.set([header.length], 0)
  withoutPostings.set(header, 4)
  for (const content of [withoutPostings, new Uint8Array(8)])
    assert.equal(readFileWords(Uint8Array.from([content.length, 0, 0, 0, ...zlibSync(content)])), undefined)
})
