/** Files that are not what their names say, names that differ in little, and code that leads back to itself. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import type { Analysis } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

const context = { signal: new AbortController().signal, onProgress() {} }

const analyseTexts = async (texts: Record<string, string | Uint8Array>): Promise<Analysis> =>
  analyse(await inventoryOf(texts), context)

/** A text with a function `kept`, in which `f(…)` calls are 10,000 deep. */
const NESTED: Readonly<Record<string, (calls: string) => string>> = {
  sh: (calls) => `kept() {\n  echo 1\n}\nx="${calls.replaceAll('f(', '$(f ')}"\n`,
  c: (calls) => `int kept(void) { return 1; }\nint g(void) { return ${calls}; }\n`,
  cpp: (calls) => `int kept() { return 1; }\nint g() { return ${calls}; }\n`,
  cs: (calls) => `class C {\n  int kept() { return 1; }\n  int g() { return ${calls}; }\n}\n`,
  go: (calls) => `package p\n\nfunc kept() int { return 1 }\nfunc g() int { return ${calls} }\n`,
  java: (calls) => `class C {\n  int kept() { return 1; }\n  int g() { return ${calls}; }\n}\n`,
  kt: (calls) => `fun kept(): Int { return 1 }\nfun g(): Int = ${calls}\n`,
  php: (calls) => `<?php\nfunction kept() { return 1; }\nfunction g() { return ${calls}; }\n`,
  py: (calls) => `def kept():\n    return 1\ndef g():\n    return ${calls}\n`,
  rb: (calls) => `def kept\n  1\nend\ndef g\n  ${calls}\nend\n`,
  rs: (calls) => `fn kept() -> i32 { 1 }\nfn g() -> i32 { ${calls} }\n`,
}

test('calls 10,000 deep are read in every language, with what stands beside them', async () => {
  const calls = `${'f(\n'.repeat(10_000)}1${')'.repeat(10_000)}`
  const texts = new Map(Object.entries(NESTED).map(([extension, text]) => [`a.${extension}`, text(calls)]))
  const inventory = await inventoryOf(Object.fromEntries(texts))
  // A line of so many brackets looks as if a machine had written it.
  const files = inventory.files.map((file) => ({ ...file, text: texts.get(file.path) ?? '', generated: false }))
  const { components } = await analyse({ ...inventory, files }, context)
  for (const file of texts.keys())
    assert.ok(
      components.some((one) => one.file === file && one.name === 'kept'),
      file,
    )
})

test('files of another kind than their names say do not keep the others from being read', async () => {
  const utf16 = new Uint8Array(Buffer.from('\uFEFFclass Wide { void f() {} }\n', 'utf16le'))
  const image = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xff, 0xfe, 0xd8, 0x00])
  const others = ['sh', 'c', 'cpp', 'cs', 'go', 'java', 'kt', 'php', 'py', 'rb', 'rs', 'scala', 'ts']
  const texts: Record<string, string | Uint8Array> = { 'Kept.java': 'class Kept { void f() { g(); } void g() {} }\n' }
  for (const extension of others) {
    texts[`wide.${extension}`] = utf16
    texts[`image.${extension}`] = image
    texts[`json.${extension}`] = '{"a": [1, 2, {"b": null}]}\n'
    texts[`zero.${extension}`] = 'int a;\0\0\0int b;\n\0'
    texts[`page.${extension}`] = '<!doctype html>\n<title>x</title><script>if (a < b) c()</script>\n'
    texts[`empty.${extension}`] = ''
  }
  const { edges } = await analyseTexts(texts)
  assert.ok(edges.some(({ from, to }) => from === 'Kept.java#Kept.f' && to === 'Kept.java#Kept.g'))
})

test('paths that differ in case alone are different files', async () => {
  const { components, edges } = await analyseTexts({
    'a/x.go': 'package a\n\nfunc One() { Two() }\n',
    'a/X.go': 'package a\n\nfunc Two() {}\n',
    'A/x.go': 'package A\n\nfunc Three() {}\n',
  })
  const ids = components.map((one) => one.id).sort()
  assert.deepEqual(ids, ['A/x.go#Three', 'a/X.go#Two', 'a/x.go#One'])
  assert.ok(edges.some(({ from, to }) => from === 'a/x.go#One' && to === 'a/X.go#Two'))
})

test('two packages of one name in one repository keep to themselves', async () => {
  const program = (name: string): string => `package p\n\nfunc Run() { helper() }\nfunc helper() {}\n// ${name}\n`
  const { edges } = await analyseTexts({
    'one/go.mod': 'module example.com/m\n',
    'one/p/p.go': program('one'),
    'two/go.mod': 'module example.com/m\n',
    'two/p/p.go': program('two'),
  })
  const calls = edges.filter(({ kind }) => kind === 'calls').map(({ from, to }) => `${from} ${to}`)
  assert.deepEqual(calls, ['one/p/p.go#Run one/p/p.go#helper', 'two/p/p.go#Run two/p/p.go#helper'])
})

test('imports, types and aliases that lead back to themselves end', async () => {
  const { components } = await analyseTexts({
    'go.mod': 'module m\n',
    'p/p.go': 'package p\n\nimport "m/q"\n\ntype A = q.B\n\nfunc F(a A) { a.x(); q.G() }\n',
    'q/q.go': 'package q\n\nimport "m/p"\n\ntype B = p.A\n\nfunc G() { p.F(nil) }\n',
    'A.java': 'import static b.B.*;\nclass A extends B { void f() { g(); } }\n',
    'b/B.java': 'package b;\nimport static A.*;\nclass B extends A { void g() { f(); } }\n',
    'src/lib.rs': 'mod a;\nmod b;\npub use a::*;\npub use b::*;\nfn f() { g() }\n',
    'src/a.rs': 'pub use super::*;\npub use crate::b::*;\ntype X = super::b::Y;\n',
    'src/b.rs': 'pub use super::a::*;\ntype Y = super::a::X;\nfn h(y: Y) { y.z() }\n',
    'a.h': '#include "b.h"\ntypedef struct s t;\ntypedef t s;\n',
    'b.h': '#include "a.h"\n#define f g\n#define g f\nint use(t *x) { return f(x->y); }\n',
    'a.php': "<?php\ninclude 'b.php';\nclass P extends Q { function f() { parent::f(); } }\n",
    'b.php': "<?php\ninclude 'a.php';\nclass Q extends P { use T; }\ntrait T { use T; }\n",
    'a.rb': "require_relative 'b'\nmodule M\n  include N\nend\n",
    'b.rb': "require_relative 'a'\nmodule N\n  include M\n  def f\n    super\n  end\nend\n",
  })
  assert.ok(components.some((one) => one.id === 'src/b.rs#h'))
})
