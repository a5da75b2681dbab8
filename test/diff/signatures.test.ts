import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSignature } from '#diff/signatures.ts'

test('the result type is found behind what may stand before it', () => {
  for (const [language, signature, type] of [
    ['swift', 'func f(a: Int) -> Plan', 'Plan'],
    ['swift', 'func f(a: Int) async throws -> Plan', 'Plan'],
    ['swift', 'func f() throws(Lost) -> [Int]', '[Int]'],
    ['scala', 'def f(a: Int)(b: Int)(implicit c: Context): Plan', 'Plan'],
    ['scala', 'def f(a: Int): Plan', 'Plan'],
    ['cpp', 'auto f(int a) const noexcept -> Plan', 'Plan'],
    ['cpp', 'auto f(int a)', 'auto'],
    ['cpp', 'const Plan f(int a) const', 'const Plan'],
    ['typescript', 'function f(a: string): Plan', 'Plan'],
    ['rust', 'pub const fn f<T>(a: T) -> Plan where T: Copy', 'Plan'],
  ] as const)
    assert.equal(readSignature(signature, 'f', 'function', language).type, type, signature)
})

test('TypeScript in components of Vue and Svelte is read as elsewhere', () => {
  for (const language of ['typescript', 'tsx', 'vue', 'svelte'])
    assert.equal(readSignature('a?: string', 'a', 'field', language).isOptional, true, language)
})
