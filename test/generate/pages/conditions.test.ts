import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf } from '#generate/pages/calls/calls.ts'
import { conditionsOf } from '#generate/pages/calls/conditions.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { analysedSample } from './real-sample.ts'
import { subject } from './sample.ts'

/** The conditions of the only call of a function in `start`, each as its kind and code. */
async function conditionsIn(path: string, text: string, callee = 'go'): Promise<string[] | null> {
  const { inventory, analysis } = await analysedSample({ [path]: text })
  const repo = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  const named = (name: string): string =>
    [...repo.components.values()].find((one) => one.name === name)?.id ?? assert.fail(`no ${name}`)
  const [start, go] = [named('start'), named(callee)]
  const [use] = repo.occurrences.usesOf(start, go).filter(({ kind }) => kind === 'calls')
  assert.ok(use, 'the call is resolved')
  const component = repo.components.get(start)
  assert.ok(component)
  return conditionsOf(repo, bodyOf(repo, component), use)?.map(({ kind, code }) => `${kind} ${code}`.trim()) ?? null
}

/** Statements of `start(x)` by language. */
const IN: Record<string, (body: string) => [string, string]> = {
  python: (body) => ['a.py', `def go(x=0): return x\n\ndef start(x):\n${body.replace(/^/gm, '    ')}\n`],
  javascript: (body) => ['a.js', `function go (x) {}\nfunction start (x) {\n${body.replace(/^/gm, '  ')}\n}\n`],
  java: (body) => [
    'A.java',
    `class A {\n  static int go(int x) { return x; }\n  static void start(int x) {\n${body.replace(/^/gm, '    ')}\n  }\n}\n`,
  ],
  ruby: (body) => ['a.rb', `def go(x)\n  x\nend\n\ndef start(x)\n${body.replace(/^/gm, '  ')}\nend\n`],
  rust: (body) => ['src/lib.rs', `fn go() {}\nfn start(x: u8) {\n${body.replace(/^/gm, '    ')}\n}\n`],
}

const LONG = 'x.first && x.second && x.third && x.fourth && x.fifth && x.sixth && x.seventh'

const CASES: [language: string, body: string, conditions: string[] | null][] = [
  ['python', 'go(x)', []],
  ['python', 'if x > 1:\n    go(x)', ['if x > 1']],
  ['python', 'if not x:\n    go(x)', ['unless x']],
  ['python', 'if go(x):\n    x = 1', []],
  ['python', 'if x:\n    y = 1\nelse:\n    go(x)', ['unless x']],
  ['python', 'if x:\n    y = 1\nelif x > 2:\n    go(x)', ['if x > 2']],
  ['python', 'if x:\n    y = 1\nelif x > 2:\n    y = 2\nelse:\n    go(x)', null],
  ['python', 'for y in x:\n    if y:\n        go(y)', ['inside for y in x', 'if y']],
  ['python', 'while True:\n    go(x)', ['repeated']],
  ['python', 'if x is None:\n    return\ngo(x)', ['unless x is None']],
  ['python', 'if not x.ready:\n    return\ngo(x)', ['if x.ready']],
  ['python', 'if x is None:\n    raise ValueError()\ngo(x)', []],
  ['python', 'if x: return 1\nif x > 1: return 2\nif x > 2: return 3\ngo(x)', null],
  ['python', 'y = go(x) if x else 1', null],
  ['python', 'if (\n    x\n    and x > 1\n):\n    go(x)', ['if ( x and x > 1 )']],
  ['python', '"""\nif a: return\n"""\nif x:\n    go(x)', ['if x']],
  ['python', 'def later():\n    go(x)\nreturn later', ['whenCalled later']],
  ['javascript', 'if (x.ok) go(x)', ['if x.ok']],
  [
    'javascript',
    `if (${LONG}) {\n  go(x)\n}`,
    ['if x.first && x.second && x.third && x.fourth && x.fifth && x.sixth && x.seventh'],
  ],
  [
    'javascript',
    `if (${LONG} && x.eighth) {\n  go(x)\n}`,
    ['if x.first && x.second && x.third && x.fourth && x.fifth && x.sixth && x.seventh && …'],
  ],
  ['javascript', 'if (x) {\n  y()\n} else {\n  go(x)\n}', ['unless x']],
  ['javascript', 'x.on("end", () => {\n  go(x)\n})', ['callback x.on']],
  ['javascript', 'x && go(x)', null],
  ['javascript', 'return () => {\n  go(x)\n}', null],
  ['javascript', 'switch (x) {\n  case "a":\n    go(x)\n}', ['inside case "a"']],
  ['java', 'for (int i = 0; i < x; i++) {\n  go(i);\n}', ['inside for (int i = 0; i < x; i++)']],
  ['java', 'if (x < 1\n    || x > 9) {\n  go(x);\n}', ['if x < 1 || x > 9']],
  ['ruby', 'if x\n  go(x)\nend', ['if x']],
  ['ruby', 'unless x\n  go(x)\nend', ['unless x']],
  ['rust', 'if x > 1 {\n    go();\n}', ['if x > 1']],
  ['rust', 'match x {\n    1 => {\n        go();\n    }\n    _ => {}\n}', null],
]

for (const [language, body, conditions] of CASES)
  test(`${language}: ${body.replaceAll('\n', '⏎')}`, async () => {
    assert.deepEqual(await conditionsIn(...(IN[language] ?? assert.fail())(body)), conditions)
  })

test('a check for an error of Go is no condition', async () => {
  const text =
    'package a\n\nfunc run() {}\nfunc start(f func() error) error {\n\tif err := f(); err != nil {\n\t\treturn err\n\t}\n\trun()\n\treturn nil\n}\n'
  assert.deepEqual(await conditionsIn('a.go', text, 'run'), [])
})
