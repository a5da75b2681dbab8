import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainLiteral, stringLiteral } from '#generate/analyse/reads/literals.ts'

test('numbers are shown as written, calls on numbers are not', () => {
  for (const text of ['1e-6', '1.5E+3', "1'000", '0x1F', '.5', '1_000', '1.0f', '10UL', '5u32', '-1', 'true'])
    assert.equal(plainLiteral(text), text)
  for (const text of ['3.days', '1.2.3', 'x1', '']) assert.equal(plainLiteral(text), null)
})

test('escapes are those of the language and the quote', () => {
  assert.equal(stringLiteral("'a\\tb'"), 'a\\tb')
  assert.equal(stringLiteral("'\\n'"), '\\n')
  assert.equal(stringLiteral("'it\\'s C:\\\\x'"), "it's C:\\x")
  assert.equal(stringLiteral("'a\\tb'", true), 'a\tb')
  assert.equal(stringLiteral('R"(abc)"', true), '(abc)')
  assert.equal(stringLiteral("R'\\d'", true), '\\d')
  assert.equal(stringLiteral('R"(abc)"'), 'abc')
  assert.equal(stringLiteral('"a\\tb"'), 'a\tb')
  assert.equal(stringLiteral('@"a""b"'), 'a"b')
  assert.equal(stringLiteral('"\\012"'), '\\012')
})
