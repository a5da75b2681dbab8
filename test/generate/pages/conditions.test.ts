import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf } from '#generate/pages/calls/calls.ts'
import { conditionsOf } from '#generate/pages/calls/conditions.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { analysedSample } from './real-sample.ts'
import { subject } from './sample.ts'

/** The conditions of the only call of a function in `start`, each as its kind and code. */
async function conditionsIn(path: string, text: string, callee = 'go'): Promise<string[]> {
  const { inventory, analysis } = await analysedSample({ [path]: text })
  const repo = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  const named = (name: string): string =>
    [...repo.components.values()].find((one) => one.name === name)?.id ?? assert.fail(`no ${name}`)
  const [start, go] = [named('start'), named(callee)]
  const [use] = repo.occurrences.usesOf(start, go).filter(({ kind }) => kind === 'calls')
  assert.ok(use, 'the call is resolved')
  const component = repo.components.get(start)
  assert.ok(component)
  return conditionsOf(repo, bodyOf(repo, component), use).map(({ kind, code }) => `${kind} ${code}`.trim())
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
  typescript: (body) => ['a.ts', `function go(x?: unknown) {}\nfunction start(x: any) {\n${body}\n}\n`],
  go: (body) => [
    'a.go',
    `package a\n\nfunc goes(x int) int { return x }\nfunc start(x int) int {\n${body}\nreturn 1\n}\n`,
  ],
  kotlin: (body) => ['a.kt', `fun go(x: Int): Int { return x }\nfun start(x: Int) {\n${body}\n}\n`],
  c: (body) => ['a.c', `int go(int x) { return x; }\nint start(int x) {\n${body}\nreturn 0;\n}\n`],
  cpp: (body) => ['a.cpp', `int go(int x) { return x; }\nint start(int x) {\n${body}\nreturn 0;\n}\n`],
  csharp: (body) => [
    'A.cs',
    `class A {\n static int go(int x) { return x; }\n static void start(int x) {\n${body}\n }\n}\n`,
  ],
  php: (body) => ['a.php', `<?php\nfunction go($x) { return $x; }\nfunction start($x) {\n${body}\n}\n`],
  swift: (body) => ['a.swift', `func go(_ x: Int) -> Int { return x }\nfunc start(_ x: Int) {\n${body}\n}\n`],
  scala: (body) => [
    'a.scala',
    `object A {\n  def go(x: Int): Int = x\n  def start(x: Int): Unit = {\n${body}\n  }\n}\n`,
  ],
  shell: (body) => ['a.sh', `go() { :; }\nstart() {\n${body}\n}\n`],
}

const LONG = 'x.first && x.second && x.third && x.fourth && x.fifth && x.sixth && x.seventh'

const CASES: [language: string, body: string, conditions: string[]][] = [
  ['python', 'go(x)', []],
  ['python', 'if x > 1:\n    go(x)', ['if x > 1']],
  ['python', 'if not x:\n    go(x)', ['unless x']],
  ['python', 'if go(x):\n    x = 1', []],
  ['python', 'if x:\n    y = 1\nelse:\n    go(x)', ['unless x']],
  ['python', 'if x:\n    y = 1\nelif x > 2:\n    go(x)', ['unless x', 'if x > 2']],
  ['python', 'if x:\n    y = 1\nelif x > 2:\n    y = 2\nelse:\n    go(x)', ['unless x', 'unless x > 2']],
  ['python', 'if x:\n    y = 1\nelif go(x):\n    y = 2', ['unless x']],
  ['python', `if x:\n    y = 1\n${'elif x > 2:\n    y = 1\n'.repeat(4)}else:\n    go(x)`, ['unclear']],
  ['python', 'match x:\n    case 1 if x:\n        go(x)', ['inside match x … case 1 if x']],
  ['python', 'x and go(x)', ['if x']],
  ['python', 'y = x or go(x)', ['unless x']],
  ['python', 'run(x, lambda y: go(y))', ['callback run']],
  ['python', 'if x:\n    if x > 1:\n        return\ngo(x)', ['early']],
  ['python', 'for y in x:\n    if y: continue\n    go(y)', ['loop for y in x', 'unless y']],
  ['python', 'for y in x:\n    if y:\n        go(y)', ['loop for y in x', 'if y']],
  ['python', 'while True:\n    go(x)', ['repeated']],
  ['python', 'if x is None:\n    return\ngo(x)', ['unless x is None']],
  ['python', 'if x is None:\n    return\nif x > 1:\n    go(x)\n    return\ny = 1', ['unless x is None', 'if x > 1']],
  ['python', 'if not x.ready:\n    return\ngo(x)', ['if x.ready']],
  ['python', 'if x is None:\n    raise ValueError()\ngo(x)', []],
  ['python', 'if x: return 1\nif x > 1: return 2\nif x > 2: return 3\ngo(x)', ['early']],
  ['python', 'y = go(x) if x else 1', ['if x']],
  ['python', 'y = 1 if x else go(x)', ['unless x']],
  ['python', 'if (\n    x\n    and x > 1\n):\n    go(x)', ['if x and x > 1']],
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
  ['javascript', 'x && go(x)', ['if x']],
  ['javascript', 'x ?? go(x)', ['unclear']],
  ['javascript', 'if (!x) return\nif (x > 1) throw x\ngo(x)', ['if x']],
  ['javascript', 'f(x).then(() => go(x))', ['callback .then']],
  ['javascript', 'for (const y of x) go(y)', ['loop for (const y of x)']],
  ['javascript', 'do { go(x) } while (x)', ['repeated']],
  ['javascript', 'return () => {\n  go(x)\n}', ['unclear']],
  ['javascript', 'switch (x) {\n  case "a":\n    go(x)\n}', ['inside switch (x) … case "a"']],
  ['javascript', 'switch (x) {\n  case 1:\n  case 2:\n    go(x)\n}', ['inside switch (x) … case 1: case 2']],
  ['javascript', 'switch (x) {\n  case 1:\n    y()\n  default:\n    go(x)\n}', ['unclear']],
  ['typescript', 'if (x.ok) go(x as number)', ['if x.ok']],
  ['typescript', 'if (x) y()\nelse if (x.two) go(x)', ['unless x', 'if x.two']],
  ['typescript', 'const later = () => go(x)\nreturn later', ['whenCalled later']],
  ['java', 'for (int i = 0; i < x; i++) {\n  go(i);\n}', ['loop for (int i = 0; i < x; i++)']],
  ['java', 'if (x < 1\n    || x > 9) {\n  go(x);\n}', ['if x < 1 || x > 9']],
  ['ruby', 'if x\n  go(x)\nend', ['if x']],
  ['ruby', 'unless x\n  go(x)\nend', ['unless x']],
  ['rust', 'if x > 1 {\n    go();\n}', ['if x > 1']],
  ['rust', 'match x {\n    1 => {\n        go();\n    }\n    _ => {}\n}', ['inside match x … 1']],
  ['rust', 'match x { 1 => {}, _ => go() }', ['inside match x … _']],
  ['rust', 'if let Some(y) = x { go(); } else { y(); }', ['if let Some(y) = x']],
  ['rust', 'let Some(y) = x else { return };\ngo();', ['if let Some(y) = x']],
  ['rust', 'let y = x?;\ngo();', []],
  ['rust', 'xs.iter().for_each(|y| go());', ['callback .for_each']],
  ['rust', 'let mut run = |y| go();', ['whenCalled run']],
  ['rust', 'loop { go(); }', ['repeated']],
  ['java', 'switch (x) {\n  case 1:\n  case 2:\n    go(x);\n    break;\n}', ['inside switch (x) … case 1: case 2']],
  ['java', 'switch (x) { case 1 -> go(x); default -> {} }', ['inside switch (x) … case 1']],
  ['java', 'xs.forEach(y -> go(y));', ['callback xs.forEach']],
  ['java', 'if (x > 1) return;\ngo(x);', ['unless x > 1']],
  ['java', 'if (x > 1) y(); else if (x > 2) go(x);', ['unless x > 1', 'if x > 2']],
  ['ruby', 'go(x) unless x.nil?', ['unless x.nil?']],
  ['ruby', 'return if x.nil?\ngo(x)', ['unless x.nil?']],
  [
    'ruby',
    'unless @plugins.include?(x)\n  y = 1\n  if y\n    go(x)\n  end\nend',
    ['unless @plugins.include?(x)', 'if y'],
  ],
  ['ruby', 'if x\n  1\nelsif x > 2\n  go(x)\nend', ['unless x', 'if x > 2']],
  ['ruby', 'case x\nwhen 1, 2 then go(x)\nend', ['inside case x … when 1, 2']],
  ['ruby', 'x.each do |y|\n  go(y)\nend', ['callback x.each']],
  ['ruby', 'while x\n  go(x)\nend', ['loop while x']],
  ['go', 'if y := x; y > 1 {\n goes(y)\n}', ['if y := x; y > 1']],
  ['go', 'if x > 1 {\n return 1\n} else if x > 2 {\n goes(x)\n}', ['unless x > 1', 'if x > 2']],
  ['go', 'switch x {\ncase 1, 2:\n goes(x)\n}', ['inside switch x … case 1, 2']],
  ['go', 'switch {\ncase x > 1:\ncase x > 2:\n goes(x)\n}', ['unless x > 1', 'if x > 2']],
  ['go', 'for i := 0; i < x; i++ {\n goes(i)\n}', ['loop for i := 0; i < x; i++']],
  ['go', 'for {\n goes(x)\n}', ['repeated']],
  ['go', 'run(func() { goes(x) })', ['callback run']],
  ['go', 'defer goes(x)', []],
  ['kotlin', 'if (x > 1) y() else go(x)', ['unless x > 1']],
  ['kotlin', 'when (x) {\n 1, 2 -> y()\n else -> go(x)\n}', ['inside when (x) … else']],
  ['kotlin', 'when {\n x > 1 -> go(x)\n}', ['if x > 1']],
  ['kotlin', 'other(1) { y -> go(y) }', ['callback other']],
  ['kotlin', 'for (y in x) { go(y) }', ['loop for (y in x)']],
  ['kotlin', 'if (x > 1) return\ngo(x)', ['unless x > 1']],
  ['c', 'if (x) { y(); } else go(x);', ['unless x']],
  ['c', 'switch (x) { case 1: y(); break; case 2: case 3: go(x); }', ['inside switch (x) … case 2: case 3']],
  ['c', 'switch (x) { case 1: y(); default: go(x); }', ['unclear']],
  ['c', 'if (x) goto out;\ngo(x);\nout:', ['unless x']],
  ['c', 'for (int i = 0; i < x; i++) go(i);', ['loop for (int i = 0; i < x; i++)']],
  ['c', '#ifdef Y\ngo(x);\n#endif', ['unclear']],
  ['cpp', 'if (auto y = x; y > 1) go(y);', ['if auto y = x; y > 1']],
  ['cpp', 'for (auto y : xs) { go(y); }', ['loop for (auto y : xs)']],
  ['cpp', 'run([&](int y) { go(y); });', ['callback run']],
  ['csharp', 'if (x > 1 && x < 9) go(x);', ['if x > 1 && x < 9']],
  ['csharp', 'switch (x) { case 1: case 2: go(x); break; }', ['inside switch (x) … case 1: case 2']],
  ['csharp', 'var y = x switch { 1 => go(x), _ => 2 };', ['inside x switch … 1']],
  ['csharp', 'foreach (var y in x) { go(y); }', ['loop foreach (var y in x)']],
  ['csharp', 'xs.Select(y => go(y));', ['callback xs.Select']],
  ['php', 'if ($x) { $y = 1; } elseif ($x > 2) { go($x); }', ['unless $x', 'if $x > 2']],
  ['php', 'if ($x) { $y = 1; } elseif ($x > 2) { $y = 2; } else { go($x); }', ['unless $x', 'unless $x > 2']],
  ['php', '$y = match($x) { 1, 2 => go($x), default => 3 };', ['inside match($x) … 1, 2']],
  ['php', 'foreach ($x as $y) { go($y); }', ['loop foreach ($x as $y)']],
  ['php', 'array_map(fn($y) => go($y), $x);', ['callback array_map']],
  ['swift', 'if let y = x, y > 1 { go(y) }', ['if let y = x, y > 1']],
  ['swift', 'if x > 1 { y() } else { go(x) }', ['unless x > 1']],
  ['swift', 'guard let y = x else { return }\ngo(y)', ['if let y = x']],
  ['swift', 'switch x {\ncase 1, 2: go(x)\ndefault: y()\n}', ['inside switch x … case 1, 2']],
  ['swift', 'for y in xs { go(y) }', ['loop for y in xs']],
  ['swift', 'xs.map { go($0) }', ['callback xs.map']],
  ['scala', 'if (x > 1) y() else go(x)', ['unless x > 1']],
  ['scala', 'x match {\n  case 1 => y()\n  case n if n > 1 => go(n)\n}', ['inside x match … case n if n > 1']],
  ['scala', 'Eval.later { go(x) }', ['callback Eval.later']],
  ['scala', 'Eval.later { x match { case n => go(n) } }', ['callback Eval.later']],
  [
    'scala',
    'Eval.later { x match { case Some(n) => go(n) } }',
    ['callback Eval.later', 'inside x match … case Some(n)'],
  ],
  ['scala', 'xs.map { y => go(y) }', ['callback xs.map']],
  ['scala', 'synchronized { go(x) }', []],
  ['scala', 'for (y <- x) go(y)', ['loop for (y <- x)']],
  ['shell', 'if [ -z "$x" ]; then\n  go\nfi', ['if [ -z "$x" ]']],
  ['shell', 'if [ -z "$x" ]; then\n  :\nelse\n  go\nfi', ['unless [ -z "$x" ]']],
  ['shell', 'if [ -z "$x" ]; then return 1; fi\ngo', ['unless [ -z "$x" ]']],
  ['shell', '[ -z "$x" ] && return 1\ngo', ['unless [ -z "$x" ]']],
  ['shell', 'case $x in a|b) go;; esac', ['inside case $x … a|b']],
  ['shell', 'for x in a b; do go; done', ['loop for x in a b']],
]

for (const [language, body, conditions] of CASES)
  test(`${language}: ${body.replaceAll('\n', '⏎')}`, async () => {
    assert.deepEqual(
      await conditionsIn(...(IN[language] ?? assert.fail())(body), language === 'go' ? 'goes' : 'go'),
      conditions,
    )
  })

test('a check for an error of Go is no condition', async () => {
  const text =
    'package a\n\nfunc run() {}\nfunc start(f func() error) error {\n\tif err := f(); err != nil {\n\t\treturn err\n\t}\n\trun()\n\treturn nil\n}\n'
  assert.deepEqual(await conditionsIn('a.go', text, 'run'), [])
})
