import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tableKeys } from '#generate/pages/module/table-keys.ts'

const CASES: [language: string, text: string, expected: string[]][] = [
  [
    'ruby',
    'FORMATS = {\n  # the first\n  dots: { frames: ["a", "b"] },\n  :line => [1],\n  "bar" => 2\n}.freeze',
    ['dots', 'line', 'bar'],
  ],
  [
    'typescript',
    'export const SIZES: Record<string, number> = {\n  small: 1,\n  "x-large": f({ a: 1 }),\n}',
    ['small', 'x-large'],
  ],
  ['typescript', "const KINDS = ['a', 'b', Other]", ['a', 'b', 'Other']],
  ['ruby', 'LIMIT = 5', []],
  ['python', `X = {${'"'.repeat(50_000)}`, []],
  [
    'javascript',
    'const PORTS = { http: 80, // web\n https: 443, // secure\n ssh: 22, ftp: 21 }',
    ['http', 'https', 'ssh', 'ftp'],
  ],
  ['javascript', 'const X = {\n a: 1, // first, second: third\n b: 2 }', ['a', 'b']],
  ['javascript', "const X = {\n a: 1,\n // don't\n b: 2, /* it's */ c: 3 }", ['a', 'b', 'c']],
  ['python', "X: dict[str, int] = {'a': 1, 'b': 2}  # c: d", ['a', 'b']],
  ['python', "NAMES: list[str] = ['a', 'b']", ['a', 'b']],
  ['typescript', "const NAMES: string[] = ['a', 'b']", ['a', 'b']],
  ['typescript', 'const X: { low: number; high: number } = { a: 1, b: 2 }', ['a', 'b']],
  ['typescript', "const X: '=' | '{' = ['a', 'b']", ['a', 'b']],
  ['go', 'var X = []string{"a", "b"}', ['a', 'b']],
  ['go', 'var X = map[string][]int{\n\t"a": {1},\n\t"b": nil,\n}', ['a', 'b']],
  ['javascript', String.raw`const X = { 'it\'s': 1, 'b': 2, c: 'don\'t, d: 1' }`, ['b', 'c']],
  ['php', "const X = ['a' => 1, 'b' => [2]];", ['a', 'b']],
  ['java', 'static final List<String> X = List.of("a", "b");', ['a', 'b']],
  ['unknown', "X = ['a', 'b']", []],
]

for (const [language, text, expected] of CASES)
  test(`${language}: ${text.slice(0, 60)}`, () => assert.deepEqual(tableKeys(text.split('\n'), language), expected))
