import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { excessOf } from '#http/json-limits.ts'

const LIMITS = { depth: 4, items: 10, members: 5, tokens: 40 }

test('what is nested too deeply, or has too many members or values, is told, in texts that are no JSON as well', () => {
  const cases: [text: string, excess: RegExp | undefined][] = [
    ['[[[[]]]]', undefined],
    ['[[[[[]]]]]', /nested more than 4 levels deep/],
    ['['.repeat(1_000_000), /nested more than 4 levels deep/],
    ['{"a":'.repeat(100_000), /nested more than 4 levels deep/],
    ['[1,2,3,4,5,6,7,8,9,10]', undefined],
    ['[1,2,3,4,5,6,7,8,9,10,11]', /more than 10 members in one array/],
    ['[[1,2,3,4,5]]', undefined],
    ['[[1,2,3,4,5,6]]', /more than 5 members/],
    ['{"a":1,"b":1,"c":1,"d":1,"e":1}', undefined],
    ['{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}', /more than 5 members/],
    [`[${Array(10).fill('[1,2,3,4,5]').join(',')}]`, /more than 40 values/],
    [':'.repeat(41), /more than 40 values/],
    [','.repeat(6), /more than 5 members/],
    [']]]]}}}}[[[[', undefined],
    ['"[[[[[[", "\\"[[[[[["', undefined],
    ['"\\\\"[[[[[', /nested/],
    ['"[[[[[[', undefined],
    ['', undefined],
  ]
  for (const [text, excess] of cases) {
    const found = excessOf(text, LIMITS)
    if (excess === undefined) assert.equal(found, undefined, text.slice(0, 60))
    else assert.match(found ?? '', excess, text.slice(0, 60))
  }
})

test('of what is JSON it tells just what is there', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
  const membersOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Math.max(Object.keys(value).length, ...Object.values(value).map(membersOf))
      : 0
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const depth = depthOf(value)
      const members = membersOf(value)
      const exact = { depth, items: members, members, tokens: 1_000_000 }
      assert.equal(excessOf(text, exact), undefined)
      if (depth > 0) assert.match(excessOf(text, { ...exact, depth: depth - 1 }) ?? '', /nested/)
      if (members > 1) {
        const found = excessOf(text, { ...exact, items: members - 1, members: members - 1 })
        assert.match(found ?? '', /members/)
      }
    }),
  )
})
