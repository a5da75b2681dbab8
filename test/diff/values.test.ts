import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAssignable, NOTHING_KNOWN } from '#diff/assignable.ts'
import { typeOfGoValue } from '#diff/go-values.ts'
import { readType } from '#diff/type-syntax.ts'
import { changesIn } from './diff-of.ts'

test('the type of a Go value is inferred only if the whole value is understood', () => {
  for (const [value, type] of [
    ['"a"', 'string'],
    ['`a`', 'string'],
    [String.raw`"a\"b"`, 'string'],
    ['"a" == b', ''],
    ['"a"[0]', ''],
    ["'a'", 'rune'],
    [String.raw`'\n'`, 'rune'],
    ['true', 'bool'],
    ['1', 'int'],
    ['-1_000', 'int'],
    ['0xff', 'int'],
    ['0b11', 'int'],
    ['1.5', 'float64'],
    ['.5', 'float64'],
    ['1e5', 'float64'],
    ['1.5e-3', 'float64'],
    ['0x1p4', ''],
    ['5 * time.Second', ''],
    ['Add', ''],
    ['Fade', ''],
    ['A', ''],
    ['_', ''],
    ['errors.New("a")', 'error'],
    ['errors.New("a").Error()', ''],
    ['new(Foo)', ''],
    ['new(true)', ''],
    ['new(Foo).Bar()', ''],
    ['new(true)', ''],
    ['new(limit)', ''],
    ['new([]int)', ''],
    ['new(int64)', ''],
    ['make(chan int)', ''],
    ['make([]int, 3)', '[]int'],
    ['Config{}', 'Config'],
    ['&pkg.Config{A: "}"}', '*pkg.Config'],
    ['Config{}.Client()', ''],
    ['Config{…}…', ''],
    ['Config{}.X == (Config{})', ''],
    ['[]string{"a"}', '[]string'],
    ['map[string]int{"a": 1}', 'map[string]int'],
    ['struct{ A int }{1}', ''],
    ['[]struct{ A int }{{1}}', ''],
    ['interface{}(nil)', ''],
    ['func(err error) { log.Print(err) }', 'func(error)'],
    ['func(err error) {…}', 'func(error)'],
    ['func(a int) (n int, err error) { return }', 'func(int) (int, error)'],
    ['func(a int) interface{} { return a }', 'func(int) interface{}'],
    ['func() struct{ A int } { return x }', 'func() struct{ A int }'],
    ['func() int { return 1 }()', ''],
    ['func() int {…}…', ''],
  ] as const)
    assert.equal(typeOfGoValue(value), type, value)
})

test('separators and brackets in strings do not split a TypeScript type', () => {
  const answer = (from: string, to: string): string => isAssignable(from, to, NOTHING_KNOWN)
  assert.equal(answer("'a|b'", "'a|c' | 'x|b'"), 'no')
  assert.equal(answer("'a|b'", "'a|b' | 'c'"), 'yes')
  assert.equal(answer("'a(' | 'b'", "'a('"), 'no')
  assert.deepEqual(readType("Foo<'a,b'>"), {
    kind: 'name',
    name: 'Foo',
    arguments: [{ kind: 'literal', text: '"a,b"' }],
  })
})

test('object types within type arguments and rest parameters are compared by their members', () => {
  for (const [from, to, expected] of [
    ['Promise<{ a: string }>', 'Promise<{ a: string }>', 'yes'],
    ['Promise<{ a: string }>', 'Promise<{ b: number }>', 'no'],
    ['Box<{ a: string }>', 'Box<{ a: string }>', 'yes'],
    ['Box<{ a: string }>', 'Box<{ b: number }>', 'unknown'],
    ['(...all: { a: string }[]) => void', '(...all: { b: number }[]) => void', 'unknown'],
  ] as const)
    assert.equal(isAssignable(from, to, NOTHING_KNOWN), expected, `${from}, ${to}`)
})

test('an object type with overloads is not compared by its last one', async () => {
  assert.equal(readType('{ on(e: "a"): void; on(e: "b"): void }').kind, 'other')
  const manifest = { 'package.json': '{"name":"orbit","version":"1.0.0","main":"index.ts","types":"index.ts"}' }
  const before = 'export type Bus = { on(e: "a"): void; on(e: "b"): void } | null'
  const after = 'export type Bus = { on(e: "b"): void } | null'
  assert.notDeepEqual(await changesIn(manifest, 'index.ts', before, after), [])
  const plain = (text: string): string => text.replace(' | null', '')
  assert.notDeepEqual(await changesIn(manifest, 'index.ts', plain(before), plain(after)), [])
})

test('Go: another body of a function is no change; a long function that is called has no known type', async () => {
  const go = (before: string, after: string) =>
    changesIn(
      { 'go.mod': 'module example.org/orbit\n' },
      'orbit.go',
      `package orbit\nimport "log"\n${before}`,
      `package orbit\nimport "log"\n${after}`,
    )
  const hook = 'var OnError = func(err error) { log.Print(err) }'
  assert.deepEqual(await go(hook, hook.replace('Print', 'Println')), [])
  const call = `var Run = func() int { ${'log.Print(1); '.repeat(8)}return 1 }()`
  assert.deepEqual(
    (await go(call, 'var Run = "x"')).filter((change) => change.startsWith('breaking')),
    [],
  )
})
