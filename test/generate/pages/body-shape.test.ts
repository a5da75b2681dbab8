import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callSites } from '#generate/pages/call-sites.ts'
import { survey } from '#generate/pages/survey.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, file, sample, subject } from './sample.ts'

/** What the text's only function calls of `one`, `two`, …: in order, `?` in a branch, `*` in a loop. */
function callsIn(language: string, text: string): string {
  const code = file('src/code.x', text, { language })
  const other = file('src/other.x', 'x\n')
  const start = component(code, 'start', { startLine: 1, endLine: text.split('\n').length })
  const callees = [...new Set(text.match(/\b(?:one|two|three|four|five|six)\b/g))].map((name) => component(other, name))
  const { inventory, analysis } = sample([code, other], [start, ...callees])
  const sites = callSites(survey(inventory, analysis, partition(inventory, analysis, subject)), start, callees)
  return [...sites]
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([id, { isBranch, isLoop }]) => `${id.slice(id.indexOf('#') + 1)}${isBranch ? '?' : ''}${isLoop ? '*' : ''}`)
    .join(' ')
}

const CASES: [name: string, language: string, text: string, calls: string][] = [
  [
    'arguments and receivers',
    'typescript',
    'function start() {\n  one(two(), three().four())\n}',
    'two three four one',
  ],
  ['made', 'typescript', 'function start() {\n  return new one(two())\n}', 'two one'],
  [
    'closures',
    'typescript',
    'const start = (x: () => void) => {\n  on(() => one())\n  return (c) => {\n    two(c)\n  }\n  three()\n}',
    'three',
  ],
  ['curried', 'typescript', 'const start = (a) => (b) => one(a, b)', ''],
  ['own arrow', 'typescript', 'const start = (a) => one(a)', 'one'],
  ['typed arrow', 'typescript', 'const start: (a: A) => B = (a) => one(a)', 'one'],
  ['called at once', 'typescript', 'function start() {\n  (async () => {\n    one()\n  })()\n}', 'one'],
  [
    'methods of what is made',
    'typescript',
    'function start(): A<B> {\n  const x = { get: one(), run(y): A {\n    two()\n  } }\n  class Z {\n    z() { three() }\n  }\n}',
    'one',
  ],
  [
    'branches and loops',
    'typescript',
    'function start(a = () => one()) {\n  if (two()) three()\n  else if (four()) {\n    five()\n  }\n  for (const x of y) six(x)\n}',
    'two three? four? five? six*',
  ],
  [
    'short ways',
    'typescript',
    'function start() {\n  one() && two()\n  const x = y ? three() : four()\n  five()\n}',
    'one two? three? four? five',
  ],
  [
    'errors',
    'typescript',
    'function start() {\n  if (x) {\n    one()\n    throw new two(three())\n  }\n  try {\n    four()\n  } catch (e) {\n    five()\n  } finally {\n    six()\n  }\n}',
    'four six',
  ],
  ['the one that always happens', 'typescript', 'function start() {\n  if (x) one()\n  two()\n  one()\n}', 'two one'],
  [
    'templates',
    'typescript',
    'function start() {\n  one(`$' + '{two(`$' + '{x ? three() : 1}`)}`)\n}',
    'three? two one',
  ],
  [
    'anonymous classes',
    'java',
    'A start(B b) {\n  one();\n  return new A<C<D>>(two()) {\n    @Override public E read(F f) throws G {\n      three();\n    }\n  };\n}',
    'one two',
  ],
  [
    'lambdas and switches',
    'java',
    'void start() {\n  list.forEach(x -> one(x));\n  int y = switch (z) {\n    case A -> two();\n    default -> { three(); }\n  };\n  synchronized (four()) { five(); }\n}',
    'two? three? four five',
  ],
  ['wildcards', 'java', 'void start() {\n  Map<A, ? extends B> m = one();\n  A c = x ? two() : null;\n}', 'one two?'],
  [
    'functions',
    'csharp',
    'void start() {\n  int f() => one();\n  void g() { two(); }\n  var x = new A(three()) { B = four() };\n}',
    'three four',
  ],
  ['expression bodies and arms', 'csharp', 'int start(A a) => a switch { B => one(), _ => two() };', 'one? two?'],
  ['lambdas', 'csharp', 'int start() => one(x => two(x), delegate (int y) { three(); });', 'one'],
  [
    'lambdas',
    'cpp',
    'int start() {\n  std::sort(a, b, [&](int x) mutable -> bool { return one(x); });\n  auto f = [] { two(); };\n  if (three()) four();\n  return five(six());\n}',
    'three four? six five',
  ],
  [
    'macros that loop',
    'c',
    'int start(void) {\n  list_for_each(a, b) {\n    one();\n  }\n  if (two()) for (;;) { three(); }\n  four();\n}',
    'one two three?* four',
  ],
  [
    'literals, deferred calls and errors',
    'go',
    'func (r *R) start(f func(int) error) interface{} {\n  defer one()\n  go func() {\n    two()\n  }()\n  x := func() { three() }\n  if err := four(); err != nil {\n    five()\n  }\n  six()\n}',
    'four six one',
  ],
  [
    'called at once',
    'go',
    'func start() {\n  func() {\n    one()\n  }()\n  for range two() {\n    three()\n  }\n}',
    'one two three*',
  ],
  [
    'closures',
    'rust',
    'fn start() -> Result<A> {\n  let x = list.map(|a| one(a));\n  let y = move || { two() };\n  match three() {\n    A | B => four(),\n    _ => return Err(five()),\n  }\n  if let Some(z) = six() { }\n}',
    'three four? six',
  ],
  [
    'lambdas',
    'kotlin',
    'fun start(): A {\n  list.map { one(it) }\n  val f = { x: Int -> two(x) }\n  when (three()) {\n    1 -> four()\n  }\n  val o = object : B() {\n    override fun run() = five()\n  }\n  return six()\n}',
    'three four? six',
  ],
  ['expression bodies', 'kotlin', 'fun start() = one(two()) { three() }', 'two one'],
  [
    'functions and cases',
    'scala',
    'def start: A = {\n  def f(x: Int) = one(x)\n  list.map(x => two(x))\n  three match {\n    case A => four()\n  }\n  if (five()) six()\n}',
    'three four? five six?',
  ],
  [
    'closures',
    'php',
    'function start() {\n  $f = function ($x) use ($y) { one($x); };\n  $g = fn($x) => two($x);\n  foreach (three() as $k => $v) {\n    four($v);\n  }\n  return five();\n}',
    'three four* five',
  ],
  [
    'functions, lambdas, errors',
    'python',
    '@one()\ndef start(a, b=1):\n    """two() and\n  three()"""\n    def inner():\n        four()\n    f = lambda x, y: five(x)\n    try:\n        six()\n    except E:\n        two()\n    return inner',
    'six',
  ],
  [
    'comprehensions and conditions',
    'python',
    'def start(a):\n    x = [one(y) for y in two(a) if three(y)]\n    return four(a) if five(a) else six(a)',
    'two three one?* five four? six?',
  ],
  [
    'branches, loops and guards',
    'python',
    'def start(a):\n    if one():\n        two()\n    elif three(): four()\n    if a:\n        five()\n        raise E(\n            a)\n    for x in six():\n        pass\n',
    'one two? three? four? six',
  ],
  [
    'blocks and modifiers',
    'ruby',
    'def start(a)\n  one do |x|\n    two(x)\n  end\n  three(x) if four(x)\n  list.map { |y| five(y) }\nrescue E\n  six()\nend',
    'one four three?',
  ],
  [
    'commands',
    'ruby',
    'def start\n  one two(1), 3\n  x = if three\n    four\n  else\n    five\n  end\nend',
    'two one three four? five?',
  ],
  [
    'functions',
    'bash',
    'start() {\n  if one "$(two)"; then\n    three x\n  fi\n  four && five\n  while read -r x; do\n    six\n  done\n}',
    'two one three? four five? six*',
  ],
  [
    'closures',
    'swift',
    'func start() -> A {\n  list.map { one($0) }\n  guard let x = two() else { three() }\n  return four()\n}',
    'two three? four',
  ],
]

for (const [name, language, text, calls] of CASES)
  test(`${language}, ${name}: what a body calls, in which order and when`, () => {
    assert.equal(callsIn(language, text), calls, text)
  })

test('hostile bodies take time linear in their length', () => {
  const bodies = [
    '{',
    '(',
    '=>',
    '[a for a in ',
    'if (x) ',
    '\n',
    '|| ',
    '} ',
    'x => {',
    '?\n',
    ' || a',
    'def x\n ',
    'if x:\n',
    '{|',
  ]
  for (const language of ['typescript', 'rust', 'csharp', 'python', 'ruby', 'scala'])
    for (const part of bodies) {
      const begun = process.cpuUsage().user
      callsIn(language, `start one ${part.repeat(200_000 / part.length)} one()`)
      const usedMs = (process.cpuUsage().user - begun) / 1_000
      assert.ok(usedMs < 4_000, `${language} ${JSON.stringify(part)}`)
    }
})
