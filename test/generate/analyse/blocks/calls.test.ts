/** Calls of values and literal arguments, as each engine finds them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import type { Occurrences } from '#generate/occurrences.ts'
import { inventoryOf } from '../inventory-of.ts'

async function occurrencesIn(path: string, text: string): Promise<Occurrences> {
  const options = { signal: new AbortController().signal, onProgress: () => {} }
  return (await analyse(await inventoryOf({ [path]: text }), options)).occurrences
}

const PY = 'def f(x, y):\n'
/** The uses of values in a file, as `line:column kind name`; `in` for one in a block, `>` before what it is passed to. */
const VALUES: readonly [path: string, text: string, expected: readonly string[]][] = [
  ['a.py', `${PY}    x(1)  # y(1)\n    z("y(1)")`, ['2:5 call x']],
  ['a.py', `${PY}    self.x(1)\n    self.own(1)\n    a.x(1)`, ['2:10 field call x']],
  ['a.py', `${PY}    if y: x(1)\n    raise NotImplementedError()`, ['2:11 call x in branch', '3:5 refusal']],
  [
    'a.py',
    `${PY}    def later(): pass\n    later()\n    q.add(1, later)\n    Thread(target=later)`,
    ['3:5 call later', '4:14 passed later > q.add', '5:12 passed later > Thread'],
  ],
  [
    'a.rb',
    'def f(x, y)\n  x.call(1)\n  y(1)\n  @x.call(1)\n  raise NotImplementedError\nend',
    ['2:5 call x', '4:6 field call x', '5:3 refusal'],
  ],
  [
    'A.java',
    'class A { void f(Runnable x, T y) {\n  x.run();\n  y.stop();\n  x();\n  throw new UnsupportedOperationException();\n} }',
    ['2:5 call x', '5:3 refusal'],
  ],
  ['a.go', 'package a\nfunc f(x, y T) {\n\tx.ServeHTTP(1)\n\ty.Close()\n\tx(xs...)\n}', ['3:4 call x', '5:2 call x']],
  ['a.kt', 'fun f(x: T) {\n  z(1)\n  x.invoke(2)\n  val later = { 1 }\n  later()\n}', ['3:5 call x', '5:3 call later']],
  [
    'A.cs',
    'class A { A(T x) { }\n void F(T y) {\n  y.Invoke(1);\n  this._x(2);\n  throw new NotImplementedException();\n } }',
    ['3:5 call y', '4:8 field call _x', '5:3 refusal'],
  ],
  [
    'a.php',
    '<?php\nfunction f($x) {\n  $x(1);\n  $this->x(2);\n  $later = function () { };\n  $later();\n}',
    ['3:4 call x', '4:10 field call x', '6:4 call $later'],
  ],
  ['a.rs', 'fn f(x: T) {\n  x(1);\n  let later = || 1;\n  run(later);\n}', ['2:3 call x', '4:7 passed later > run']],
  [
    'a.swift',
    'func f(x: T) {\n  x(1)\n  xs[x]\n  let later = { 1 }\n  on(x: later)\n}',
    ['2:3 call x', '5:6 passed later > on'],
  ],
  ['a.c', 'int f(int (*x)(int)) {\n  x(1);\n  /* x(2) */\n  return g(x);\n}', ['2:3 call x']],
  [
    'a.ts',
    'class A { constructor(h: T) {}\n f(x: T) {\n  x(1)\n  this.h(2)\n  x?.(3)\n  const later = () => { go() }\n  if (y) later()\n  new Promise(later)\n  throw new NotSupported()\n } }',
    ['3:3 call x', '4:8 field call h', '7:10 call later in branch', '8:15 passed later > Promise', '9:3 refusal'],
  ],
]

for (const [path, text, expected] of VALUES)
  test(`the calls of values in ${path}: ${text.split('\n')[1]?.trim()}`, async () => {
    const occurrences = await occurrencesIn(path, text)
    const found = occurrences.valuesIn({ file: path, startLine: 1, endLine: 99 }).map((one) => {
      const block = occurrences.blockOf(path, one.block)
      const more = [one.name, block === undefined ? '' : `in ${block.kind}`, one.passedTo && `> ${one.passedTo}`]
      return [`${one.line}:${one.column} ${one.kind}`, ...more.filter((word) => word !== '')].join(' ')
    })
    assert.deepEqual(found, expected)
  })

/** The arguments of the first call of a value. */
const ARGUMENTS: readonly [path: string, text: string, expected: string | undefined][] = [
  ['a.py', 'def f(v):\n    v(x, None, y=True, z=f(1))', '-,null,y=true,z=-'],
  ['a.py', 'def f(v):\n    v(*x)', undefined],
  ['a.py', 'def f(v):\n    v()', ''],
  ['a.rb', 'def f(v)\n  v.call 1, nil, b: false\nend', 'true,null,b=false'],
  ['A.java', 'class A { void f(T v) { v.run(x, false /* no */, null); } }', '-,false,null'],
  ['a.go', 'package a\nfunc f(v T) { v(nil, xs...) }', undefined],
  ['a.go', 'package a\nfunc f(v T) { v(nil, 0) }', 'null,false'],
  ['a.kt', 'fun f(v: T) { v(x, b = false) { it } }', '-,b=false'],
  ['A.cs', 'class A { void F(T v) { v(b: false, null, out c); } }', 'b=false,null,-'],
  ['a.php', '<?php function f($v) { $v(b: false, a::b); }', 'b=false,-'],
  ['a.rs', 'fn f(v: T) { v(None, 2); }', 'null,-'],
  ['a.swift', 'func f(v: T) { v(b: true, nil) }', 'b=true,null'],
  ['a.c', 'int f(int (*v)(int)) { return v(NULL, 0, x == 1); }', 'null,false,-'],
  ['a.ts', 'function f(v) { v(undefined, x ? true : false, (y) => true, "true") }', 'null,-,-,-'],
]

for (const [path, text, expected] of ARGUMENTS)
  test(`the literal arguments in ${path}: ${text}`, async () => {
    const occurrences = await occurrencesIn(path, `${text}\n`)
    const [call] = occurrences.valuesIn({ file: path, startLine: 1, endLine: 9 })
    const found = call && occurrences.argumentsAt(path, call)
    assert.equal(found?.map(({ name, literal }) => (name === '' ? literal : `${name}=${literal}`)).join(), expected)
    assert.equal(occurrences.argumentsAt(path, { line: 9, column: 1 }), undefined)
  })
