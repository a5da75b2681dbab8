import assert from 'node:assert/strict'
import { test } from 'node:test'
import { directivesOf } from '#generate/formats/go-mod-directives.ts'

test('a word in quotes may contain spaces', () => {
  assert.deepEqual(directivesOf('use "./my module" ./b')[0]?.words, ['./my module', './b'])
})

test('directives of go.mod, alone and in blocks, without comments and quotes', () => {
  const text = [
    'module "example.com/x" // the module',
    'require (',
    '\texample.com/a v1.0.0 // indirect',
    '',
    '\texample.com/b v1.0.0',
    ')',
    'exclude()',
    'exclude ( )',
    'require(',
    '\texample.com/c v1.0.0',
    ')',
    'replace example.com/b => ./b',
  ].join('\n')
  assert.deepEqual(
    directivesOf(text).map(({ verb, words, isIndirect, line }) => [verb, words.join(' '), isIndirect, line]),
    [
      ['module', 'example.com/x', false, 1],
      ['require', 'example.com/a v1.0.0', true, 3],
      ['require', 'example.com/b v1.0.0', false, 5],
      ['require', 'example.com/c v1.0.0', false, 10],
      ['replace', 'example.com/b => ./b', false, 12],
    ],
  )
})

test('a dependency is indirect if Go reads its comment so', () => {
  const isIndirect = (comment: string): boolean => directivesOf(`require a v1 ${comment}`)[0]?.isIndirect === true
  assert.ok(isIndirect('//indirect'))
  assert.ok(isIndirect('// indirect; for tests'))
  assert.ok(!isIndirect('// indirect use of b'))
  assert.ok(!isIndirect('// not indirect'))
})
