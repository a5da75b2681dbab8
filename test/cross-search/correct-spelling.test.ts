import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { neighboursOf, replaceWords } from '#cross-search/correct-spelling.ts'
import { readCrossQuery } from '#cross-search/query.ts'

test('proposes words at a distance of one typing mistake, swapped letters first', () => {
  const words = neighboursOf('roter')
  equal(words[0], 'orter')
  ok(words.includes('router') && words.includes('rote') && words.includes('rotes'))
  ok(!words.includes('roter'))
  deepEqual(neighboursOf('rot'), [])
})

const corrections = new Map([['pars', 'parse']])

for (const [typed, expected] of [
  ['pars', 'parse'],
  ['Pars it', 'Parse it'],
  ['parser pars', 'parser parse'],
  ['isPars', 'isParse'],
  ['İ pars', 'İ pars'],
  ['other', 'other'],
]) {
  test(`replaces the word in ${typed}, on its own if it is`, () => {
    equal(replaceWords(typed ?? '', corrections), expected)
  })
}

for (const [typed, words] of [
  ['backgroundworker background worker', ['background', 'worker']],
  ['ab abc xd abcxd', ['ab', 'abc', 'xd']],
  ['ab abc abcxd', ['ab', 'abc', 'abcxd']],
] as const) {
  test(`leaves out a name made of other words: ${typed}`, () => {
    deepEqual(readCrossQuery(typed).words, words)
  })
}
