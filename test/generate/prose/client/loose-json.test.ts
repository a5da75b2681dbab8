import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { findObject } from '#generate/prose/client/loose-json.ts'

const VALUE = { a: 'x } { " \\ ,} ', b: [1, { c: null }], d: {} }
const JSON_TEXT = JSON.stringify(VALUE)

describe('an object is found', () => {
  const texts: Record<string, string> = {
    bare: JSON_TEXT,
    'in several lines': `\n${JSON.stringify(VALUE, null, 2)}\n`,
    'in a fence': `\`\`\`json\n${JSON_TEXT}\n\`\`\``,
    'in a fence that does not end': `\`\`\`\n${JSON_TEXT}`,
    'with words around': `Sure, here it is (with {braces}):\n${JSON_TEXT}\nIs that "right"?`,
    'after thoughts': `<think>maybe {"a": 1} or {"b"</think>\n${JSON_TEXT}`,
    'after thoughts that its template opened': `first {"x": 1\n</think>${JSON_TEXT}`,
    'with commas too many': JSON_TEXT.replace('null}', 'null,}').replace('{}}', '{}, \n}').replace(']', ',]'),
    'after a smaller one': `{"n": 1}\n${JSON_TEXT}`,
    'before a smaller one': `${JSON_TEXT}\n{"n": 1}`,
  }
  for (const [title, text] of Object.entries(texts)) {
    test(title, () => assert.deepEqual(findObject(text), { value: VALUE }))
  }
})

describe('there is none in', () => {
  const texts: Record<string, string> = {
    nothing: '',
    words: 'I cannot do that {yet}.',
    'an object that ends too early': JSON_TEXT.slice(0, -1),
    'a list that ends too early, though it holds objects': `{"list": [${JSON_TEXT}, ${JSON_TEXT}`,
    'an object that ends too early behind a whole one': `{"n": 1}\n${JSON_TEXT.slice(0, -1)}`,
    'a string that ends too early': '{"a": "x',
    'a fence that ends too early': `\`\`\`json\n{"a": {"b": 1},\n\`\`\``,
    'thoughts that do not end': `<think>it may be ${JSON_TEXT}`,
    'what is not JSON': '{"a": undefined, \'b\': 1}',
    code: '{"a": (() => 1)()}',
  }
  for (const [title, text] of Object.entries(texts)) {
    test(title, () => assert.ok('fault' in findObject(text), JSON.stringify(findObject(text))))
  }
})

test('thoughts that are part of the answer are left in it', () => {
  const value = { a: 'uses <think> and </think> as marks' }
  assert.deepEqual(findObject(JSON.stringify(value)), { value })
  assert.deepEqual(findObject(`\`\`\`json\n${JSON.stringify(value)}\n\`\`\``), { value })
})

test('every object comes back as it was written, and never when it is cut', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, at) => {
      const text = JSON.stringify(object)
      assert.deepEqual(findObject(`So:\n${text}\nThat is it.`), { value: JSON.parse(text) })
      assert.ok('fault' in findObject(`So:\n${text.slice(0, at % text.length)}`))
    }),
  )
})

test('a megabyte of braces, quotes or commas is read in time', () => {
  for (const part of ['{', '{"', '{}', '{"a":', '",', '}', '{ ', '<think>', '{"a":1},', ',]']) {
    const before = process.cpuUsage()
    findObject(part.repeat(Math.ceil(1_000_000 / part.length)))
    const { user, system } = process.cpuUsage(before)
    assert.ok((user + system) / 1_000 < 3_000, `${part}: ${(user + system) / 1_000} ms`)
  }
})
