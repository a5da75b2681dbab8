import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOTHING_KNOWN } from '#diff/assignable.ts'
import { rulesOf } from '#diff/language-rules.ts'
import { compareParameters } from '#diff/parameters.ts'
import { basesIn, readSignature } from '#diff/signatures.ts'
import { closingOf, splitAt } from '#diff/split-at.ts'

test('the result type is found behind what may stand before it', () => {
  for (const [language, signature, type] of [
    ['swift', 'func f(a: Int) -> Plan', 'Plan'],
    ['swift', 'func f(a: Int) async throws -> Plan', 'Plan'],
    ['swift', 'func f() throws(Lost) -> [Int]', '[Int]'],
    ['scala', 'def f(a: Int)(b: Int)(implicit c: Context): Plan', 'Plan'],
    ['scala', 'def f(a: Int): Plan', 'Plan'],
    ['cpp', 'auto f(int a) const noexcept -> Plan', 'Plan'],
    ['cpp', 'auto f(int a) & -> Plan', 'Plan'],
    ['cpp', 'auto f(int a) const && noexcept -> Plan', 'Plan'],
    ['cpp', 'auto f(int a)', 'auto'],
    ['java', '@Deprecated(since = "1 (x)") Plan f(int a)', 'Plan'],
    ['cpp', 'const Plan f(int a) const', 'const Plan'],
    ['typescript', 'function f(a: string): Plan', 'Plan'],
    ['rust', 'pub const fn f<T>(a: T) -> Plan where T: Copy', 'Plan'],
  ] as const)
    assert.equal(readSignature(signature, 'f', 'function', language).type, type, signature)
})

test('operators are no brackets', () => {
  for (const [text, ...parts] of [
    ['B = (N > 0), T', 'B = (N > 0)', 'T'],
    ['B = (N < 0), T', 'B = (N < 0)', 'T'],
    ['Map<A, B>, C', 'Map<A, B>', 'C'],
    ['(a: A) => B, C', '(a: A) => B', 'C'],
  ] as const)
    assert.deepEqual(splitAt(text, ','), parts, text)
  assert.equal(closingOf('(N > 0) T', 0), 6)
})

test('TypeScript in components of Vue and Svelte is read as elsewhere', () => {
  for (const language of ['typescript', 'tsx', 'vue', 'svelte'])
    assert.equal(readSignature('a?: string', 'a', 'field', language).isOptional, true, language)
})

test('parameters have the names that callers write, and those that take any number are recognised', () => {
  for (const [language, signature, expected] of [
    ['kotlin', 'fun f(a: Int, noinline vararg b: Int)', ['a either', 'b rest']],
    ['scala', 'def f(a: Int, b: Int*): Plan', ['a either', 'b rest']],
    ['csharp', 'int f(int a, params string[] b)', ['a either', 'b rest']],
    ['swift', 'func f(to end: Int, _ a: Int, _ b: Int...)', ['to either', 'a position', 'b rest']],
    ['c', 'int f(char *p, ...)', ['p either']],
    ['go', 'func f(a, b *int, c ...string)', ['a either', 'b either', 'c rest']],
  ] as const) {
    const found = readSignature(signature, 'f', 'function', language).parameters
    assert.deepEqual(
      found?.map(({ name, kind }) => `${name} ${kind}`),
      expected,
      signature,
    )
  }
})

test('the name behind a label of Swift is nobody’s, the label is that of callers', () => {
  const changes = (before: string, after: string): string[] => {
    const [old, now] = [before, after].map((one) => readSignature(one, 'f', 'function', 'swift').parameters ?? [])
    const context = { language: 'swift', rules: rulesOf('swift'), known: NOTHING_KNOWN }
    return compareParameters(old ?? [], now ?? [], context).map(({ rule, severity }) => `${severity} ${rule}`)
  }
  assert.deepEqual(changes('func f(to end: Int)', 'func f(to goal: Int)'), [])
  assert.deepEqual(changes('func f(_ a: Int)', 'func f(_ b: Int)'), ['compatible parameter-renamed'])
  assert.deepEqual(changes('func f(to a: Int)', 'func f(at a: Int)'), ['breaking parameter-renamed'])
  assert.deepEqual(changes('func f(_ a: Int)', 'func f(a: Int)'), ['breaking parameter-kind-changed'])
  assert.deepEqual(changes('func f(_ a: Int...)', 'func f(b: Int = 1, _ a: Int...)'), ['compatible parameter-added'])
  assert.deepEqual(changes('func f(_ a: Int...)', 'func f(_ b: Int = 1, _ a: Int...)'), ['breaking parameter-added'])
})

test('a thousand parameters that all move are compared within seconds', () => {
  const names = Array.from({ length: 1_000 }, (_, number) => `a${number}`)
  const [old, now] = [
    ['x', ...names],
    [...names, 'y'],
  ].map((all) => readSignature(`def f(${all.join(', ')})`, 'f', 'function', 'python').parameters ?? [])
  const start = performance.now()
  const found = compareParameters(old ?? [], now ?? [], {
    language: 'python',
    rules: rulesOf('python'),
    known: NOTHING_KNOWN,
  })
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ['parameter-removed', 'required-parameter-added'],
  )
  assert.ok(performance.now() - start < 5_000)
})

test('bases have their own names, without namespaces and type parameters', () => {
  for (const [language, signature, ...expected] of [
    ['cpp', 'class A : public n::B, private C', 'B', 'C'],
    ['cpp', 'class A final : public ::m::n::B<x::y>', 'B'],
    ['csharp', 'class A<T> : B, global::Ns.C where T : D', 'B', 'C'],
    ['kotlin', 'class A(val x: Int) : B(x), C by d', 'B', 'C'],
    ['swift', 'struct A: B, C where T: D', 'B', 'C'],
    ['python', 'class A[T: (int, str)](n.B, metaclass=M)', 'B'],
    ['python', 'class A[T]'],
  ] as const)
    assert.deepEqual(basesIn(signature, 'A', language), expected, signature)
})
