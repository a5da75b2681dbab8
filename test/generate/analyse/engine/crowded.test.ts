/** What would take the square of a file's length, or two to the power of its depth, with one name or one nesting. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import type { Analysis } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

const context = { signal: new AbortController().signal, onProgress() {} }

const analyseTexts = async (texts: Record<string, string>): Promise<Analysis> =>
  analyse(await inventoryOf(texts), context)

const partialIn = ({ reports }: Analysis): string[] => reports.flatMap((report) => report.failed)

const MANY = 8_000

const lines = (line: (index: number) => string, count = MANY): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('')

/** A declaration of `f` and a use of it, as a whole file repeats it. */
const REPEATED: Readonly<Record<string, (many: string) => string>> = {
  'a.c': () => lines(() => 'int f(void) { return f(); }\n'),
  'a.cpp': () =>
    `class C {\n${lines(() => 'int f();\n', MANY / 2)}};\n${lines(() => 'int C::f() { return f(); }\n', MANY / 2)}`,
  'a.cs': () => `class B {}\n${lines(() => 'partial class C : B { void f() { f(); } }\n')}`,
  'a.go': () =>
    `package p\ntype f struct{}\ntype B struct {\n${lines(() => 'f\n')}}\nfunc g(b B) {\n${lines(() => 'b.x()\n')}}\n`,
  'a.kt': () => `class C\n${lines(() => 'fun C.f() { f() }\n')}`,
  'a.rb': () => lines(() => 'class C\n  def f\n    f()\n  end\nend\n'),
  'a.rs': () => `struct S;\n${lines(() => 'impl S { fn f(&self) { self.f() } }\n')}`,
}

for (const [file, text] of Object.entries(REPEATED)) {
  test(`${file} with one name declared ${MANY} times ends, has them all, and is named`, async () => {
    const analysis = await analyseTexts({ [file]: text(file) })
    assert.ok(analysis.components.length >= MANY, `${analysis.components.length}`)
    assert.deepEqual(partialIn(analysis), [file])
  })
}

test('a name of Python that is bound again and again from itself ends', async () => {
  const local = `def f(a):\n${lines(() => '    a = a\n', 20_000)}`
  const field = `class C:\n    x = 1\n    def g(self):\n${lines(() => '        self.x = self.x\n')}`
  const top = `a = 1\n${lines(() => 'a = a\n')}def last(): pass\ndef use():\n    last()\n`
  const { edges } = await analyseTexts({ 'a.py': local, 'b.py': field, 'c.py': top })
  assert.ok(edges.some(({ from, to }) => from === 'c.py#use' && to === 'c.py#last'))
})

test('stars of one module of Python, and of thousands, are looked through once', async () => {
  const same = `${lines(() => 'from b import *\n', 10_000)}def use():\n    kept()\n${lines((i) => `    z${i}()\n`, 10_000)}`
  const { edges } = await analyseTexts({ 'a.py': same, 'b.py': 'def kept(): pass\n' })
  assert.ok(edges.some(({ from, to }) => from === 'a.py#use' && to === 'b.py#kept'))
})

test('imports of 10,000 packages do not cost each name a look into all', async () => {
  const uses = lines((i) => `x${i}.y();\n`, 10_000)
  const java = `package p;\n${lines((i) => `import b${i}.*;\n`, 10_000)}class W { void f() { new Kept();\n${uses} } }`
  const { edges } = await analyseTexts({ 'p/W.java': java, 'p/Kept.java': 'package p;\nclass Kept {}\n' })
  assert.ok(edges.some(({ to }) => to === 'p/Kept.java#Kept'))
})

test('interfaces and types of Go that all have one method are held against each other only so often', async () => {
  const go = `package p\n${lines((i) => `type I${i} interface{ f() }\ntype C${i} struct{}\nfunc (c C${i}) f() {}\n`, 5_000)}`
  const analysis = await analyseTexts({ 'p.go': go })
  assert.ok(analysis.edges.length < 500_000)
  assert.deepEqual(partialIn(analysis), ['p.go'])
})

test('a name inside lambdas of lambdas is found without asking each surrounding twice', async () => {
  const nested = (open: string, close: string): string => `${open.repeat(100)}last()${close.repeat(100)}`
  const { edges } = await analyseTexts({
    'A.java': `class A { void f() { ${nested('g(x ->\n', ')')}; } void g(F f) {} void last() {} }`,
    'a.kt': `fun f() { ${nested('g {\n', '}')} }\nfun g(f: () -> Unit) {}\nfun last() {}\n`,
  })
  for (const to of ['A.java#A.last', 'a.kt#last'])
    assert.ok(
      edges.some((edge) => edge.to === to),
      to,
    )
})

/** A block inside of a block. */
const DEEP: Readonly<Record<string, (count: number) => string>> = {
  'a.rs': (count) => `fn f() { ${'|x| g(\n'.repeat(count)}x${')'.repeat(count)} }\nfn kept() {}\n`,
  'a.rb': (count) => `def f(a)\n${'g { |x|\n'.repeat(count)}x\n${'}\n'.repeat(count)}end\ndef kept\nend\n`,
}

for (const [file, text] of Object.entries(DEEP)) {
  test(`${file} with blocks 3,000 deep ends, and is named`, async () => {
    const analysis = await analyseTexts({ [file]: text(3_000), [`b${file.slice(1)}`]: text(1) })
    assert.ok(analysis.components.some((one) => one.file !== file && one.name === 'kept'))
    assert.deepEqual(partialIn(analysis), [file])
  })
}
