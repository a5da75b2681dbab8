import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentStems, sharesWords } from '#generate/prose/content-words.ts'

const isShared = (sentence: string, lines: string): boolean => sharesWords(contentStems(sentence), contentStems(lines))
const stem = (word: string): string => [...contentStems(word)].join(' ')

test('code words are split at capitals, also after acronyms', () => {
  assert.ok(isShared('Parses the JSON file.', 'function parseJSONFile(path) {}'))
  assert.ok(isShared('Handles an HTTP request.', 'class HTTPRequestHandler {}'))
  assert.ok(isShared('Searches a tree.', 'const SEARCH_TREE = searchTree()'))
})

test('forms of a word have one stem, short words too', () => {
  for (const forms of [
    'send sends sending sender',
    'load loads loaded loading loader',
    'save saves saved saving',
    'copy copies copied',
    'stop stops stopped stopping',
    'call calls called caller',
    'route routes routed router routing',
    'class classes',
    'process processes processing',
    'filter filters filtered filtering',
    'string strings',
    'query queries queried',
    'datei dateien',
    'seite seiten',
  ])
    assert.equal(new Set(forms.split(' ').map(stem)).size, 1, forms)
  assert.ok(isShared('Sends mail.', 'function sendMail() {}'))
})

test('words that only share a beginning have different stems', () => {
  const stems = contentStems('interrupt internal interval interplay interface')
  assert.equal(stems.size, 5)
})

test('a single word, or less than half of the words, is not enough', () => {
  assert.ok(!isShared('Opens it.', 'function open() {}'))
  assert.ok(!isShared('Sends mail through relays of several providers.', 'function sendMail() {}'))
})

test('very long words take little time', () => {
  const start = process.cpuUsage()
  contentStems(`${'e'.repeat(1_000_000)} ${'eX'.repeat(500_000)}`)
  assert.ok(process.cpuUsage(start).user < 3_000_000)
})
