/** Calls that never return: what follows them is guarded. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextsOf } from './contexts-of.ts'

interface Case {
  title: string
  path: string
  text: string
  from: string
  uses: string
}

const CASES: readonly Case[] = [
  {
    title: 'Go: a test that fails or is skipped, by the type of the parameter',
    path: 'a_test.go',
    text: 'package a\nfunc one() {}\nfunc two() {}\nfunc three() {}\nfunc four() {}\nfunc five() {}\nfunc start(t *testing.T, other *log) {\n if x { other.Fatal() }\n one()\n if x { t.Fatalf("x") }\n two()\n for {\n  if x { t.Skip() }\n  three()\n }\n t.Run("x", func(b *testing.T) {\n  four()\n  b.FailNow()\n  five()\n })\n}\n',
    from: 'start',
    uses: 'one two:g three:glg four:ng five:gng',
  },
  {
    title: 'Ruby: a test that is left out; names of variables and methods are no calls',
    path: 'test_a.rb',
    text: 'def one\nend\ndef two\nend\ndef three\nend\nclass A < Test::Unit::TestCase\n def start\n  skip = 1\n  x.fail\n  one\n  omit if x\n  two\n  x.each { skip if x }\n  three\n end\nend\n',
    from: 'A.start',
    uses: 'one two:g three:g',
  },
  {
    title: 'Ruby: what is called skip outside of tests may return',
    path: 'a.rb',
    text: 'def one\nend\ndef start\n skip if x\n one\nend\n',
    from: 'start',
    uses: 'one',
  },
  {
    title: 'Python: pytest and functions that are declared so',
    path: 'a.py',
    text: 'import pytest\nfrom typing import NoReturn\ndef stop() -> NoReturn:\n    raise E()\ndef one(): pass\ndef two(): pass\ndef three(): pass\ndef start(x):\n    if x:\n        x.stop()\n    one()\n    try:\n        if x: stop()\n        two()\n    except E: pass\n    if x: pytest.fail("x")\n    three()\n',
    from: 'start',
    uses: 'one stop:b two:g three:g',
  },
  {
    title: 'PHP: never, by every name of the own class, and PHPUnit',
    path: 'a.php',
    text: '<?php\nfunction one() {}\nfunction two() {}\nfunction three() {}\nclass A extends TestCase {\n static function stop(string $x): never { throw new E(); }\n function start($x) {\n  $x->stop();\n  one();\n  if ($x) { static::stop("a"); }\n  two();\n  while ($x) { if ($x) $this->markTestSkipped(); three(); }\n }\n}\n',
    from: 'A.start',
    uses: 'one stop:b two:g three:glg',
  },
  {
    title: 'Rust: -> !',
    path: 'src/lib.rs',
    text: 'fn stop() -> ! { panic!() }\nfn call(f: fn() -> !) {}\nfn one() {}\nfn two() {}\nfn start(x: i32) {\n if x > 0 { call(stop); }\n one();\n if x > 0 { stop(); }\n two();\n}\n',
    from: 'start',
    uses: 'call:b one stop:b two:g',
  },
  {
    title: 'C: noreturn at the prototype or the definition',
    path: 'a.c',
    text: '_Noreturn void stop(int x);\n__attribute__((noreturn)) void quit(void) { for (;;); }\nvoid stop(int x) { quit(); }\nvoid one(void) {}\nvoid two(void) {}\nvoid three(void) {}\nvoid start(int x) {\n one();\n if (x) stop(1);\n two();\n while (x) { if (x) quit(); three(); }\n}\n',
    from: 'start',
    uses: 'one stop:b two:g quit:blg three:glg',
  },
  {
    title: 'C#: DoesNotReturn; an overload that returns makes the name unsure',
    path: 'A.cs',
    text: 'class A {\n [DoesNotReturn] static void Stop() { throw new E(); }\n [DoesNotReturn] static void Quit() { throw new E(); }\n static void Quit(int x) {}\n void One() {}\n void Two() {}\n void Start(int x) {\n  if (x > 0) Quit(1);\n  One();\n  if (x > 0) A.Stop();\n  Two();\n }\n}\n',
    from: 'A.Start',
    uses: 'Quit~2:b One Stop:b Two:g',
  },
  {
    title: 'Kotlin: Nothing',
    path: 'a.kt',
    text: 'fun stop(): Nothing = throw E()\nfun find(): Nothing? = null\nfun one() {}\nfun two() {}\nfun start(x: Int) {\n if (x > 0) find()\n one()\n if (x > 0) stop()\n two()\n}\n',
    from: 'start',
    uses: 'find:b one stop:b two:g',
  },
  {
    title: 'TypeScript: never, and assertions that always fail',
    path: 'a.ts',
    text: 'function stop(): never { throw new Error() }\nconst quit = (): never => { throw new Error() }\nfunction one() {}\nfunction two() {}\nfunction three() {}\nfunction four() {}\nfunction five() {}\nclass A {\n end(): never { throw new Error() }\n start(x: any) {\n  if (x) x.end()\n  one()\n  try { if (x) stop(); two() } catch {}\n  three()\n  while (x) { if (x) quit(); four() }\n  if (x) this.end()\n  five()\n  try { if (x) assert.fail(); one() } catch {}\n }\n}\n',
    from: 'A.start',
    uses: 'one stop:b two:g three quit:bl four:gl end:bg five:g one:gg',
  },
]

for (const { title, path, text, from, uses } of CASES)
  test(title, async () => assert.equal(await contextsOf(path, text, from), uses, text))
