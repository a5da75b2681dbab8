/**
 * Each oracle on a tiny repository whose right answers are written here. The analysis that is judged is written here too:
 * all that is right, but for one edge that it lacks, and one edge that is wrong. An oracle whose tool this machine lacks
 * says so, and its test is skipped with its words. Those that take long (Go builds its standard library once, rust-analyzer reads
 * Rust's) run with ACCURACY_SLOW=1.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { cOracle } from '#bench/accuracy/c.ts'
import { compare } from '#bench/accuracy/compare.ts'
import { ctagsOracle } from '#bench/accuracy/ctags.ts'
import { goOracle } from '#bench/accuracy/go.ts'
import { javaOracle } from '#bench/accuracy/java.ts'
import type { Oracle } from '#bench/accuracy/oracle.ts'
import { pythonOracle } from '#bench/accuracy/python.ts'
import { rustOracle } from '#bench/accuracy/rust.ts'
import { typescriptOracle } from '#bench/accuracy/typescript.ts'
import { missingTools, slow } from '../../support/skips.ts'
import { handMade } from './hand-made.ts'

interface Case {
  readonly oracle: Oracle
  readonly texts: Readonly<Record<string, string>>
  /** Those that the oracle is given; the others only lie there. Default: all. */
  readonly files?: readonly string[]
  readonly components: readonly string[]
  /** Right, and found. */
  readonly right: readonly string[]
  /** Right, and not found. */
  readonly lacking: string
  readonly wrong: string
  /** Neither right nor wrong: depends on what is not there. */
  readonly unjudged?: string
}

const CASES: readonly Case[] = [
  {
    oracle: typescriptOracle,
    texts: {
      'a.ts': "import { g, L } from './b'\nexport function f(l: L) { g(); l.n() }\n",
      'b.ts': 'export function g() {}\nexport function h() {}\nexport class L { n() {} }\n',
      'c.ts': "import { g } from './b'\nexport class C {\n  get ['~c']() { return g() }\n}\n",
    },
    components: [
      'class c.ts#C 2-4',
      'method c.ts#C.~c 3-3',
      'function a.ts#f 2-2',
      'function b.ts#g 1-1',
      'function b.ts#h 2-2',
      'class b.ts#L 3-3',
      'method b.ts#L.n 3-3',
    ],
    right: ['a.ts#f -uses-type-> b.ts#L', 'a.ts#f -calls-> b.ts#L.n', 'c.ts#C.~c -calls-> b.ts#g'],
    lacking: 'a.ts#f -> b.ts#g',
    wrong: 'a.ts#f -calls-> b.ts#h',
  },
  {
    oracle: typescriptOracle,
    texts: {
      'a.js':
        "const { g } = require('./b')\nconst One = require('./c')\nexports.f = function () { g(); new One(); h() }\n" +
        "module.exports.k = () => { require('./d').key() }\nconst { h } = require('./b')\n",
      'b.js': 'module.exports = {\n  g() {},\n  h: function () {}\n}\n',
      'c.js': 'module.exports = class {\n  m() {}\n}\n',
      'd.js': 'function local() {}\nmodule.exports = { key: local, other() {} }\n',
    },
    components: [
      'function a.js#f 3-3',
      'function a.js#k 4-4',
      'function b.js#g 2-2',
      'function b.js#h 3-3',
      'class c.js#One 1-3',
      'method c.js#One.m 2-2',
      'function d.js#local 1-1',
      'function d.js#other 2-2',
    ],
    right: ['a.js#f -instantiates-> c.js#One', 'a.js#f -calls-> b.js#g', 'a.js#k -calls-> d.js#local'],
    lacking: 'a.js#f -> b.js#h',
    wrong: 'a.js#k -calls-> d.js#other',
  },
  {
    oracle: typescriptOracle,
    texts: {
      'package.json': '{ "name": "it", "main": "index.js", "types": "types/index.d.ts" }',
      'index.js': "module.exports.Client = require('./lib/client')\nmodule.exports.g = function () {}\n",
      'lib/client.js': 'class Client {\n  send() {}\n}\nmodule.exports = Client\n',
      'types/index.d.ts': 'export class Client {\n  send(): void\n  close(): void\n}\nexport function g(): void\n',
      'test/a.js':
        "const { Client } = require('..')\nconst it = require('..')\nfunction f() { new Client().send(); it.g() }\n",
    },
    files: ['index.js', 'lib/client.js', 'test/a.js', 'types/index.d.ts'],
    components: [
      'function index.js#g 2-2',
      'class lib/client.js#Client 1-3',
      'method lib/client.js#Client.send 2-2',
      'method lib/client.js#Client.close 1-3',
      'function test/a.js#f 3-3',
    ],
    right: ['test/a.js#f -instantiates-> lib/client.js#Client', 'test/a.js#f -calls-> lib/client.js#Client.send'],
    lacking: 'test/a.js#f -> index.js#g',
    wrong: 'test/a.js#f -calls-> lib/client.js#Client.close',
  },
  {
    oracle: typescriptOracle,
    texts: {
      'a.ts':
        "import { make } from 'missing'\nimport { g, type T } from './b'\n" +
        'export function f() {\n  const { x = g } = make()\n  make().m()\n}\n' +
        'export class K {\n  code = 1\n  constructor(o: { code: T }) {}\n}\n',
      'b.ts': 'export function g() {}\nexport function h() {}\nexport type T = 1\nexport class L { m() {} }\n',
    },
    components: [
      'function a.ts#f 3-6',
      'class a.ts#K 7-10',
      'field a.ts#K.code 8-8',
      'function b.ts#g 1-1',
      'function b.ts#h 2-2',
      'type b.ts#T 3-3',
      'class b.ts#L 4-4',
      'method b.ts#L.m 4-4',
    ],
    right: ['a.ts#K -uses-type-> b.ts#T'],
    lacking: 'a.ts#f -> b.ts#g',
    wrong: 'a.ts#f -calls-> b.ts#h',
    unjudged: 'a.ts#f -calls-> b.ts#L.m',
  },
  {
    oracle: pythonOracle,
    texts: {
      'a.py': 'from b import g, L\n\ndef f():\n    g()\n    L().n()\n',
      'b.py': 'def g():\n    pass\n\ndef h():\n    pass\n\nclass L:\n    def n(self):\n        pass\n',
    },
    components: [
      'function a.py#f 3-5',
      'function b.py#g 1-2',
      'function b.py#h 4-5',
      'class b.py#L 7-9',
      'method b.py#L.n 8-9',
    ],
    right: ['a.py#f -calls-> b.py#L'],
    lacking: 'a.py#f -> b.py#g',
    wrong: 'a.py#f -calls-> b.py#h',
  },
  {
    oracle: javaOracle,
    texts: {
      'p/A.java': 'package p;\nclass A {\n  void f(B b) { b.g(); new gone.Thing().m(); }\n}\n',
      'p/B.java': 'package p;\nclass B {\n  void g() {}\n  void h() {}\n  void m() {}\n}\n',
    },
    components: [
      'class p/A.java#A 2-4',
      'method p/A.java#A.f 3-3',
      'class p/B.java#B 2-6',
      'method p/B.java#B.g 3-3',
      'method p/B.java#B.h 4-4',
      'method p/B.java#B.m 5-5',
    ],
    right: ['p/A.java#A.f -uses-type-> p/B.java#B'],
    lacking: 'p/A.java#A.f -> p/B.java#B.g',
    wrong: 'p/A.java#A.f -calls-> p/B.java#B.h',
    unjudged: 'p/A.java#A.f -calls-> p/B.java#B.m',
  },
  {
    oracle: cOracle,
    texts: {
      'a.c': '#include "b.h"\nint f(void) { struct l v = { 1 }; return g() + v.n; }\n',
      'b.h': 'struct l { int n; };\nint g(void);\nint h(void);\n',
      'b.c': '#include "b.h"\nint g(void) { return 1; }\nint h(void) { return 2; }\n',
    },
    components: [
      'function a.c#f 2-2',
      'struct b.h#l 1-1',
      'field b.h#l.n 1-1',
      'function b.c#g 2-2',
      'function b.c#h 3-3',
    ],
    right: ['a.c#f -uses-type-> b.h#l', 'a.c#f -references-> b.h#l.n'],
    lacking: 'a.c#f -> b.c#g',
    wrong: 'a.c#f -calls-> b.c#h',
  },
  {
    oracle: cOracle,
    texts: {
      'a.c': '#include "b.h"\n#define drop(x) ((void)0)\nint f(void) { drop(k()); return g() + l(); }\n',
      'b.h': 'int g(void);\nint h(void);\nint k(void);\nint l(void);\n',
      'b.c':
        'int g(void) { return 1; }\nint h(void) { return 2; }\nint k(void) { return 3; }\nint l(void) { return 4; }\n',
    },
    components: [
      'function a.c#f 3-3',
      'function b.c#g 1-1',
      'function b.c#h 2-2',
      'function b.c#k 3-3',
      'function b.c#l 4-4',
    ],
    right: ['a.c#f -calls-> b.c#l'],
    lacking: 'a.c#f -> b.c#g',
    wrong: 'a.c#f -calls-> b.c#h',
    unjudged: 'a.c#f -calls-> b.c#k',
  },
  {
    oracle: cOracle,
    texts: {
      'a.c':
        '#include "b.h"\nint f(void) { return g() + k(); }\n#ifdef NEVER\n' +
        '#define open(x) do { \\\n  if (x) {\n' +
        '/* Not a call of this\n   (but a remark). */\nstatic struct l one = {\n  .n = 1 };\n#endif\n',
      'b.h': 'struct l { int n; };\nint g(void);\nint h(void);\nint k(void);\n',
      'b.c': '#include "b.h"\nint g(void) { return 1; }\nint h(void) { return 2; }\nint k(void) { return 3; }\n',
    },
    components: [
      'function a.c#f 2-2',
      'variable a.c#one 8-9',
      'struct b.h#l 1-1',
      'field b.h#l.n 1-1',
      'function b.c#g 2-2',
      'function b.c#h 3-3',
      'function b.c#k 4-4',
    ],
    right: ['a.c#f -calls-> b.c#k'],
    lacking: 'a.c#f -> b.c#g',
    wrong: 'a.c#f -calls-> b.c#h',
    unjudged: 'a.c#one -references-> b.h#l.n',
  },
  {
    oracle: goOracle,
    texts: {
      'go.mod': 'module example.com/m\n',
      'a.go': 'package m\n\nimport "example.com/m/b"\n\nfunc F(l b.L) { b.G(); l.N() }\n',
      'b/b.go': 'package b\n\nfunc G() {}\nfunc H() {}\n\ntype L struct{}\n\nfunc (l L) N() {}\n',
    },
    files: ['a.go', 'b/b.go'],
    components: [
      'function a.go#F 5-5',
      'function b/b.go#G 3-3',
      'function b/b.go#H 4-4',
      'struct b/b.go#L 6-6',
      'method b/b.go#L.N 8-8',
    ],
    right: ['a.go#F -uses-type-> b/b.go#L', 'a.go#F -calls-> b/b.go#L.N'],
    lacking: 'a.go#F -> b/b.go#G',
    wrong: 'a.go#F -calls-> b/b.go#H',
  },
  {
    oracle: rustOracle,
    texts: {
      'Cargo.toml': '[package]\nname = "tiny"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ngone = "1"\n',
      'src/lib.rs': 'mod b;\nuse b::{L, T};\npub fn f(l: L) -> u8 {\n    b::g();\n    gone::m();\n    l.n()\n}\n',
      'src/b.rs':
        'pub struct L { a: u8 }\npub trait T { fn n(&self) -> u8; }\nimpl T for L { fn n(&self) -> u8 { self.a } }\npub fn g() {}\npub fn h() {}\npub fn m() {}\n',
    },
    files: ['src/b.rs', 'src/lib.rs'],
    components: [
      'function src/lib.rs#f 3-7',
      'struct src/b.rs#L 1-1',
      'field src/b.rs#L.a 1-1',
      'trait src/b.rs#T 2-2',
      'method src/b.rs#T.n 2-2',
      'method src/b.rs#L.n 3-3',
      'function src/b.rs#g 4-4',
      'function src/b.rs#h 5-5',
      'function src/b.rs#m 6-6',
    ],
    right: [
      'src/lib.rs#f -uses-type-> src/b.rs#L',
      'src/lib.rs#f -calls-> src/b.rs#L.n',
      'src/lib.rs#f -calls-> src/b.rs#T.n',
    ],
    lacking: 'src/lib.rs#f -> src/b.rs#g',
    wrong: 'src/lib.rs#f -calls-> src/b.rs#h',
    unjudged: 'src/lib.rs#f -calls-> src/b.rs#m',
  },
]

const SLOW: readonly Oracle[] = [goOracle, rustOracle]
const skipOf = (oracle: Oracle): string | false => SLOW.includes(oracle) && slow('ACCURACY_SLOW')

for (const [number, one] of CASES.entries()) {
  const title = `${one.oracle.name} counts the wrong edge as false and the lacking one as missing (${number})`
  test(title, { skip: skipOf(one.oracle) }, async (t) => {
    await inRepository(one.texts, async (folder) => {
      const verdict = await one.oracle.judge(folder, one.files ?? Object.keys(one.texts).sort())
      if (typeof verdict === 'string') return t.skip(missingTools(verdict))
      const edges = [...one.right, one.wrong, ...(one.unjudged === undefined ? [] : [one.unjudged])]
      const { symbolEdges, definitions } = compare(handMade(one.components, edges), verdict, false)
      assert.deepEqual(definitions?.missing, [], 'what is defined is known')
      assert.deepEqual(
        symbolEdges?.missing.map((line) => line.split('\t')[1]),
        [one.lacking],
      )
      const isSilent = symbolEdges?.found === 0 && /jedi/.test(verdict.note ?? '')
      if (isSilent) return t.skip(missingTools('jedi is not installed'))
      assert.deepEqual(
        symbolEdges?.falseOnes.map((line) => line.split('\t')[1]),
        [one.wrong.replace(/ -\S+-> /, ' -> ')],
      )
      assert.equal(symbolEdges?.right, one.right.length)
      assert.equal(symbolEdges?.unknown, one.unjudged === undefined ? 0 : 1)
    })
  })
}

const RUST_TITLE = 'rust-analyzer knows the files of modules, and what a trait declares of what is implemented'
test(RUST_TITLE, { skip: skipOf(rustOracle) }, async (t) => {
  const rust = CASES.find(({ oracle }) => oracle === rustOracle) ?? assert.fail()
  await inRepository(rust.texts, async (folder) => {
    const verdict = await rustOracle.judge(folder, rust.files ?? [])
    if (typeof verdict === 'string') return t.skip(missingTools(verdict))
    const analysis = handMade(rust.components, [
      'src/b.rs#L.n -overrides-> src/b.rs#T.n',
      'src/b.rs -imports-> src/lib.rs',
    ])
    const { overrides, fileEdges } = compare(analysis, verdict, false)
    assert.deepEqual([overrides?.right, overrides?.had, overrides?.required], [1, 1, 1])
    assert.deepEqual(fileEdges?.falseOnes, ['imports import\tsrc/b.rs -> src/lib.rs'])
    assert.deepEqual(fileEdges?.missing, ['\tsrc/lib.rs -> src/b.rs'])
  })
})

test('ctags asks for what is defined, and not for what it reads wrongly', async (t) => {
  const texts = {
    'a.rb': 'class A::B\n  def m; end\nend\nclass C\n  class D::E; end\nend\nit do\n  def one.call; end\nend\n',
    'b.sh': 'outer() {\n  inner() { :; }\n}\nlast() { :; }\n',
    'C.cs':
      'class C : I {\n  T Get<T>() where T : D { return null; }\n  void I.Do() { }\n}\n#if false\nclass Out { }\n#endif\n',
    'K.kt':
      'class K {\n  companion object { fun make() = 1 }\n  val r = object : Runnable {\n    override fun run() {}\n  }\n}\n',
  }
  await inRepository(texts, async (folder) => {
    const verdict = await ctagsOracle.judge(folder, Object.keys(texts))
    if (typeof verdict === 'string') return t.skip(missingTools(verdict))
    const names = verdict.definitions?.map((one) => `${one.file}:${one.line} ${one.name}`).sort()
    const isKotlinKnown = names?.some((name) => name.startsWith('K.kt')) === true
    assert.deepEqual(names, [
      'C.cs:1 C',
      'C.cs:3 Do',
      ...(isKotlinKnown ? ['K.kt:1 K', 'K.kt:2 make'] : []),
      'a.rb:1 A.B',
      'a.rb:2 m',
      'a.rb:4 C',
      'a.rb:5 C.D.E',
      'b.sh:1 outer',
      'b.sh:4 last',
    ])
  })
})

async function inRepository(
  texts: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'oracle-'))
  try {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    for (const words of [
      ['init', '-q'],
      ['add', '-A'],
    ])
      execFileSync('git', ['-C', folder, ...words])
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
