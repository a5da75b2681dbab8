import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadReader } from '#generate/analyse/engine/reader.ts'
import { loadSpec } from '#generate/analyse/languages/table.ts'
import { contextsOf } from './contexts-of.ts'

const HOSTILE: readonly [language: string, before: string, part: string][] = [
  ['go', 'package a\nfunc f() {\n', 'if a() { return }\n'],
  ['go', 'package a\nfunc f() {\n', 'if a() { '],
  ['go', 'package a\nfunc f() {\n', 'defer a(b())\n'],
  ['go', 'package a\nfunc f() { a', ' && a'],
  ['ruby', 'def f\n', 'raise a if b\n'],
  ['ruby', 'def f\n', 'begin\n raise a\nrescue\n'],
  ['ruby', 'def f\n', 'a.each { b('],
  ['c', 'int f() {\n', 'for (a(); b(); c()) '],
  ['c', 'int f() {\n', 'switch (a()) { case 1: return b(); '],
  ['java', 'class A { void f() {\n', 'try { throw a(); } catch (E e) {} '],
  ['php', '<?php function f() {\n', 'a() or die(); '],
  ['ruby', 'def f\n', 'a(<<~A)\n #{b}\nA\n'],
  ['ruby', 'def f\n a(', '<<~A, '],
  ['rust', 'fn f() {\n', 'a(b()?, '],
  ['rust', 'fn f() {\n', 'let Some(x) = a() else { return }; '],
  ['kotlin', 'fun f() {\n', 'a { b() '],
  ['swift', 'func f() {\n', 'defer { a() }\n'],
  ['go', 'package a\nfunc f(t *testing.T) {\n', 'if a() { t.Fatal() }\n'],
  ['go', 'package a\nfunc f() {\n', 'x: for a() { continue y; '],
  ['php', '<?php function f(): never {\n$a', '?->b()'],
  ['csharp', 'class A { void F() { a', '?.B()'],
  ['ruby', 'def f\n a', '&.b(c)'],
  ['c', '_Noreturn void f();\n', 'void f() { f(); }\n'],
  ['bash', 'f() {\n', 'a && return\n'],
  ['bash', 'f() {\nif a; then b; fi\nif a; then b\n', 'elif a; then b\n'],
  ['c', `int f() { return (${'a '.repeat(100_000)})`, ' && b()'],
]

for (const [language, before, part] of HOSTILE)
  test(`a file of ${language} that repeats ${JSON.stringify(part)} is read in linear time`, async () => {
    const spec = await loadSpec(language)
    assert.ok(spec)
    const reader = await loadReader(spec)
    const used = async (characters: number): Promise<number> => {
      const text = before + part.repeat(characters / part.length)
      const begun = process.cpuUsage()
      await reader.read('a', text)
      const { user, system } = process.cpuUsage(begun)
      return (user + system) / 1_000
    }
    await used(20_000)
    const usedMs = await used(400_000)
    assert.ok(usedMs < 4_000, `${usedMs} ms`)
  })

test('where the syntax is broken the context is unknown', async () => {
  const text = 'def one(): pass\ndef start():\n    x = (one(), = 3 one() ]\n    one()\n'
  assert.equal(await contextsOf('a.py', text, 'start'), 'one:u one:uu one:u')
})
