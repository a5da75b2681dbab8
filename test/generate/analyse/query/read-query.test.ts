import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileQuery } from '#generate/analyse/query/compile.ts'
import { BadQuery, readQuery } from '#generate/analyse/query/read-query.ts'

test('reads what a pattern says', () => {
  const [root, ...more] = readQuery(`; a comment
(call function: [(name) "x"] @f @g . (args . (_)? @a .) !body
  (#any-of? @f "a\\"b" "c"))`)
  assert.equal(more.length, 0)
  assert.deepEqual(root?.predicates, [{ name: 'any-of?', capture: 'f', values: ['a"b', 'c'] }])
  assert.equal(root.line, 2)
  const [choice, args] = root.pattern.children
  assert.deepEqual(root.pattern.absent, ['body'])
  assert.equal(choice?.field, 'function')
  assert.deepEqual(choice.captures, ['f', 'g'])
  assert.deepEqual([args?.isImmediate, args?.isLastImmediate], [true, true])
  const [any] = args?.children ?? []
  assert.deepEqual([any?.isImmediate, any?.isOptional, any?.captures], [true, true, ['a']])
})

for (const [text, expected] of [
  ['(a', /line 1: the text ends within a pattern/],
  ['\n(a (b) (c)', /line 2: the text ends/],
  [')', /line 1: "\)" begins no pattern/],
  ['((a) (b))', /a group of several siblings/],
  ['(a (b)* @c)', /line 1: "\*/],
  ['(a (#eq? "x" "y"))', /#eq\? without a capture/],
  ['(a (#eq? @x @y))', /takes texts/],
] as const) {
  test(`refuses ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => readQuery(text),
      (error) => error instanceof BadQuery && expected.test(error.message),
    )
  })
}

const names = {
  kinds: [
    { symbol: 1, name: 'a', isNamed: true },
    { symbol: 2, name: 'b', isNamed: true },
    { symbol: 3, name: 'b', isNamed: false },
  ],
  field: (name: string) => (name === 'left' ? 1 : undefined),
}

for (const [text, expected] of [
  ['(a) @x\n(a (c))', /line 2: the grammar has no node c/],
  ['(a "a")', /line 1: the grammar has no node a/],
  ['(a right: (b))', /no field right/],
  ['(a !right)', /no field right/],
  ['((a) @x (#is? @x "local"))', /#is\? is not known/],
] as const) {
  test(`refuses ${JSON.stringify(text)} for a grammar that does not have it`, () => {
    assert.throws(
      () => compileQuery(readQuery(text), names),
      (error) => error instanceof BadQuery && expected.test(error.message),
    )
  })
}

test('makes a pattern of each branch, and one set of plain ones', () => {
  const patterns = (text: string): number => new Set(compileQuery(readQuery(text), names).byKind.flat()).size
  assert.equal(patterns('(a [(a) (b) "b"] @x)'), 1)
  assert.equal(patterns('(a [(a) @y (b)] @x)'), 2)
  assert.equal(patterns('(a [(a (b)) (b (a))] [(a) @y (b)])'), 4)
})
