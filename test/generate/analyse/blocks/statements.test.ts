/** The statements around calls and the marks of tests, as each engine finds them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import type { Analysis } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

async function analysed(path: string, text: string): Promise<Analysis> {
  const inventory = await inventoryOf({ [path]: text })
  return await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
}

/** The statement around each call in a function, `()` behind one whose result is not used; '-' where there is none. */
async function statementsIn(path: string, from: string, text: string): Promise<string[]> {
  const { occurrences } = await analysed(path, text)
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return occurrences
    .usesIn(`${path}#${from}`)
    .filter(({ kind }) => kind === 'calls')
    .sort((a, b) => a.line - b.line)
    .map(({ line, column }) => {
      const found = occurrences.statementAt(path, (starts[line - 1] ?? 0) + column - 1)
      return found === undefined ? '-' : text.slice(found.start, found.end) + (found.isCall ? ' ()' : '')
    })
}

const C = 'int plan(int n) { return n; }\n'
const CASES: readonly [path: string, from: string, text: string, expected: readonly string[]][] = [
  [
    'a.py',
    'use',
    'def plan(n):\n    return n\n\n\ndef use(n):\n    plan(1)\n    if plan(2):\n        x = plan(3)\n    return [\n        plan(4),\n    ]\n',
    ['plan(1) ()', '-', 'x = plan(3)', 'return [\n        plan(4),\n    ]'],
  ],
  [
    'a.ts',
    'use',
    'function plan(n: number) { return n }\nexport function use() {\n  plan(1);\n  const x = [1].map((n) => plan(n))\n  for (const y of [plan(2)]) { x.push(y) }\n  return plan(3)\n}\n',
    ['plan(1); ()', 'const x = [1].map((n) => plan(n))', '-', 'return plan(3)'],
  ],
  [
    'a.go',
    'use',
    'package a\n\nfunc plan(n int) int { return n }\n\nfunc use() int {\n\tplan(1)\n\tx := plan(2)\n\tif x > plan(3) {\n\t\treturn plan(4)\n\t}\n\treturn 0\n}\n',
    ['plan(1) ()', 'x := plan(2)', '-', 'return plan(4)'],
  ],
  [
    'a.rb',
    'use',
    'def plan(n)\n  n\nend\n\ndef use\n  plan(1)\n  x = plan(2)\n  [1].each do |n|\n    plan(n) + 1\n  end\nend\n',
    ['plan(1) ()', 'x = plan(2)', 'plan(n) + 1'],
  ],
  [
    'a.rs',
    'run',
    'fn plan(n: u8) -> u8 { n }\nfn run() -> u8 {\n    plan(1);\n    let x = plan(2);\n    plan(x)\n}\n',
    ['plan(1); ()', 'let x = plan(2);', 'plan(x) ()'],
  ],
  [
    'a.c',
    'use',
    `${C}int use(void) {\n  plan(1);\n  int x = plan(2);\n  while (plan(x)) { x++; }\n  return plan(3);\n}\n`,
    ['plan(1); ()', 'int x = plan(2);', '-', 'return plan(3);'],
  ],
  [
    'a.kt',
    'use',
    'fun plan(n: Int): Int { return n }\nfun use(): Int {\n    plan(1)\n    val x = plan(2)\n    return plan(x)\n}\n',
    ['plan(1) ()', 'val x = plan(2)', 'return plan(x)'],
  ],
  [
    'a.php',
    'run',
    '<?php\nfunction plan($n) { return $n; }\nfunction run() {\n  plan(1);\n  $x = plan(2);\n  return plan(3);\n}\n',
    ['plan(1); ()', '$x = plan(2);', 'return plan(3);'],
  ],
  [
    'a.swift',
    'use',
    'func plan(_ n: Int) -> Int { return n }\nfunc use() -> Int {\n    plan(1)\n    let x = plan(2)\n    return plan(x)\n}\n',
    ['plan(1) ()', 'let x = plan(2)', 'return plan(x)'],
  ],
  [
    'A.java',
    'A.use',
    'class A {\n  static int plan(int n) { return n; }\n  int use() {\n    plan(1);\n    int x = plan(2);\n    return plan(x);\n  }\n}\n',
    ['plan(1); ()', 'int x = plan(2);', 'return plan(x);'],
  ],
  [
    'A.cs',
    'A.Use',
    'class A {\n  static int Plan(int n) { return n; }\n  int Use() {\n    Plan(1);\n    var x = Plan(2);\n    return Plan(x);\n  }\n}\n',
    ['Plan(1); ()', 'var x = Plan(2);', 'return Plan(x);'],
  ],
  ['a.sh', 'use', 'plan() { :; }\nuse() {\n  plan 1\n  plan 2 && echo x\n}\n', ['plan 1 ()', 'plan 2 && echo x']],
]

for (const [path, from, text, expected] of CASES)
  test(`the statements of ${path}`, async () => {
    assert.deepEqual(await statementsIn(path, from, text), expected)
  })

test('a long statement is none, and what contains another one is none', async () => {
  const long = `x = plan(${'1, '.repeat(60)}1)`
  const text = `def plan(*n):\n    return n\n\n\ndef use():\n    ${long}\n    with plan(1):\n        pass\n`
  assert.deepEqual(await statementsIn('a.py', 'use', text), ['-', '-'])
})

test('what is marked as a test, or compiled for tests only, is a test', async () => {
  const cases: [path: string, text: string, tests: readonly string[]][] = [
    [
      'a.rs',
      '#[tokio::test]\nasync fn one() {}\n#[cfg(test)]\nmod tests {\n  #[test]\n  fn two() {}\n}\n#[cfg(not(test))]\nfn real() {}\n#[inline]\nfn plan() {}\n',
      ['one', 'tests', 'tests.two'],
    ],
    [
      'A.java',
      'class A {\n  @Test void one() {}\n  @ParameterizedTest @ValueSource(ints = {1}) void two(int n) {}\n  @Override public String toString() { return ""; }\n}\n',
      ['A.one', 'A.two'],
    ],
    [
      'A.cs',
      'class A {\n  [Fact] void One() {}\n  [TestCase(1)] void Two(int n) {}\n  [Obsolete] void Three() {}\n}\n',
      ['A.One', 'A.Two'],
    ],
    ['a.kt', 'class A {\n    @Test fun one() {}\n    fun two() {}\n}\n', ['A.one']],
  ]
  for (const [path, text, tests] of cases) {
    const { components } = await analysed(path, text)
    const found = components.filter(({ isTest }) => isTest === true).map(({ qualifiedName }) => qualifiedName)
    assert.deepEqual(found, tests, path)
  }
})
