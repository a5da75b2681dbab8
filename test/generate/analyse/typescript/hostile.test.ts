import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { typescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'
import { inventoryOf } from '../inventory-of.ts'
import { analyseTexts, edgesOf } from './analyse-texts.ts'

test('files that are nested too deeply are left out and the others are analysed as if they were not there', async () => {
  const good = {
    'good.ts': 'export function f(): void { g() }\nfunction g(): void {}\n',
    'use.ts': "import { f } from './good'\nf()\n",
  }
  const deep = 200_000
  const bad = {
    'arrays.ts': `export const a = ${'[\n'.repeat(deep)}${']\n'.repeat(deep)}`,
    'blocks.js': '{\n'.repeat(deep) + '}\n'.repeat(deep),
    'calls.ts': `export const c = x${'.y()\n'.repeat(deep)}`,
    'doc.js': `/** @type {${'Array<\n'.repeat(50_000)} */\nexports.d = 1\n`,
    'jsx.tsx': `export const e = ${'<a>\n'.repeat(50_000)}`,
    'plus.ts': `export const p = ${'1 +\n'.repeat(deep)}1`,
    'types.ts': `export type T = ${'A<\n'.repeat(deep)}`,
  }
  const analysis = await analyseTexts({ ...good, ...bad })
  assert.deepEqual(edgesOf(analysis), edgesOf(await analyseTexts(good)))
  const failed = analysis.reports.flatMap((report) => report.failed)
  assert.deepEqual(failed.sort(), Object.keys(bad).sort())
})

test('cycles of imports, re-exports and types end', async () => {
  const analysis = await analyseTexts({
    'a.ts': "export * from './b'\nexport { x } from './b'\nexport class A extends A {}\n",
    'b.ts': "export * from './a'\nexport { x } from './a'\nexport type T = T[] | { [K in keyof T]: T }\n",
    'c.js': "module.exports = require('./d')\n",
    'd.js': "module.exports = require('./c')\n",
    'e.js': "var c = require('./c')\nc.foo()\nc()\n",
    'f.ts': "import { x } from './a'\nx()\nimport * as self from './f'\nself.g()\nexport const g = () => g()\n",
  })
  assert.deepEqual(edgesOf(analysis), [
    'a.ts imports b.ts (import)',
    'b.ts imports a.ts (import)',
    'c.js imports d.js (import)',
    'd.js imports c.js (import)',
    'e.js imports c.js (import)',
    'f.ts calls f.ts#g (same-file)',
    'f.ts imports a.ts (import)',
  ])
})

test('a conditional type is left undecided where a union of unions takes too many steps', async () => {
  const runs = async (size: number) => {
    const unionOf = (one: (index: number) => string) =>
      Array.from({ length: size }, (_, index) => `\n  | ${one(index)}`).join('')
    const analysis = await analyseTexts({
      'a.ts': [
        'class Y { run(): void {} }',
        'class Z { run(): void {} }',
        `type L2 = ${unionOf((index) => `"k${index}"`)}`,
        `type L1 = ${unionOf(() => 'L2')}`,
        `type L0 = ${unionOf(() => 'L1')}`,
        'type C<T> = T extends L0 ? Z : Y',
        'export function f(x: C<["q"]>): void { x.run() }',
      ].join('\n'),
    })
    return edgesOf(analysis).filter((edge) => edge.startsWith('a.ts#f calls'))
  }
  assert.deepEqual(await runs(5), ['a.ts#f calls a.ts#Y.run (same-file)'])
  const start = performance.now()
  assert.deepEqual(await runs(250), ['a.ts#f calls a.ts#Y.run (same-file)', 'a.ts#f calls a.ts#Z.run (same-file)'])
  assert.ok(performance.now() - start < 5_000)
})

test('a file with errors is analysed as far as it goes and named', async () => {
  const analysis = await analyseTexts({
    'broken.ts': 'export function f( { \nexport class Good { m() { } }\n>>>>>>> other',
    'flow.js': '// @flow\nexport type A = {| a: ?string |}\nexport function g(): void {}\n',
  })
  assert.deepEqual(
    analysis.reports.map(({ failed }) => failed),
    [['flow.js'], ['broken.ts']],
  )
  assert.ok(analysis.components.some(({ id }) => id === 'flow.js#g'))
})

test('parameters of function types in JSDoc have no names', async () => {
  const analysis = await analyseTexts({
    'a.js': '/**\n * @param {function(string, object)} run - Runs.\n */\nfunction f(run) { run() }\nf(f)\n',
  })
  assert.deepEqual(
    analysis.reports.flatMap((report) => report.failed),
    [],
  )
  assert.ok(analysis.components.some(({ id }) => id === 'a.js#f'))
})

test('paths and references that point outside read nothing', async () => {
  const analysis = await analyseTexts({
    'a.ts': `/// <reference path="/etc/passwd" />
/// <reference types="node" />
/// <reference lib="../../../etc/passwd" />
import x from '/etc/passwd'
import y from '../../../../../etc/hosts'
import z from 'typescript'
export const used = [x, y, z.createProgram()]
`,
    'node_modules/typescript/index.ts': 'export const createProgram = 1',
  })
  assert.deepEqual(edgesOf(analysis), [])
})

test('an analysis ends when its signal fires', async () => {
  const inventory = await inventoryOf(
    Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}.ts`, 'export {}'])),
  )
  const paths = new Set(inventory.files.map((file) => file.path))
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  const controller = new AbortController()
  const onProgress = (): void => controller.abort()
  const run = typescriptAnalyser.analyse(inventory.files, { signal: controller.signal, onProgress, paths, files })
  await assert.rejects(run, Aborted)
})

describe('types and values that mean harm end, and leave what is beside them', () => {
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n')
  const cases: [title: string, text: string][] = [
    [
      'a type that grows in itself',
      'export type A<T> = { a: A<A<T>>; b: T }\nexport function f(x: A<string>): void { x.a.a.a.b; x.a.b.run() }',
    ],
    [
      'conditional types that call each other',
      'type P<T> = T extends string ? Q<[T, T]> : Q<{ a: T }>\ntype Q<T> = P<T> | P<T[]>\nexport function f(x: P<1>): void { x.run(); x.a.run() }',
    ],
    [
      'a mapped type of itself',
      'type M<T> = { [K in keyof T]: M<M<T>> }\nexport function f(x: M<M<{ a: 1 }>>): void { x.a.a.a.run() }',
    ],
    [
      'a class that extends itself through others',
      'class A extends C {}\nclass B extends A {}\nclass C extends B {}\nexport function f(x: A): void { x.run(); super.run() }',
    ],
    ['a class that is made from its own values', 'export class A extends new A().made { made = A }\nnew A().run()'],
    [
      'interfaces that extend each other',
      'interface I<T> extends J<I<T>> {}\ninterface J<T> extends I<J<T>> {}\nexport function f(x: I<1>): void { x.run() }',
    ],
    [
      'functions that return what they return',
      'export function a() { return b() }\nfunction b() { return c() }\nfunction c() { return a() }\na().run()',
    ],
    [
      'mutual inference',
      'const a = (x = b()) => b(x)\nconst b = (y = a()) => [a(y), ...b(a)]\nexport const c = a(b(a(b))).run()',
    ],
    [
      'ten thousand overloads',
      `${many(10_000, (index) => `export function f(x: ${index}): { p${index}: string }`)}\nexport function f(x: unknown) { return x as never }\nf(7).p7; f('a').run()`,
    ],
    [
      'five thousand overloads with comments of their own',
      `${many(5_000, (index) => `/** Reads ${index}.\n * @param p${index} - What number ${index} is for, in words that differ. */\nexport function f(p${index}: ${index}): void`)}\nexport function f(...all: unknown[]) {}`,
    ],
    [
      'five thousand alternatives',
      `type U = ${many(5_000, (index) => `| { kind: ${index}; p${index}(): void }`)}\nexport function f(x: U): void { if (x.kind === 7) x.p7() }`,
    ],
    [
      'a condition of four hundred',
      `declare const x: { a: 1 }\nexport function f() {}\nif (${many(400, (index) => `x.a === ${index} ||`)} x.a) x.a`,
    ],
    [
      'generic calls in each other',
      `const id = <T>(x: T): { v: T } => ({ v: x })\nexport const deep = ${'id('.repeat(400)}1${')'.repeat(400)}\ndeep.v.v.run()`,
    ],
    [
      'a chain of two hundred calls',
      `class A { next() { return this } }\nexport const end = () => new A()${'.next()'.repeat(200)}`,
    ],
  ]
  for (const [title, text] of cases) {
    test(title, async () => {
      const beside = { 'good.ts': 'export function g(): void { h() }\nfunction h(): void {}\n' }
      const analysis = await analyseTexts({ ...beside, 'bad.ts': text })
      assert.ok(edgesOf(analysis).includes('good.ts#g calls good.ts#h (same-file)'))
      assert.deepEqual(
        analysis.reports.flatMap(({ failed }) => failed),
        [],
      )
      assert.ok(analysis.components.some(({ file }) => file === 'bad.ts'))
    })
  }

  test('declarations that are merged over fifty files are one', async () => {
    const parts = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `part${index}.ts`,
        `export {}\ndeclare global { interface Shared { m${index}(): Shared } }\n`,
      ]),
    )
    const analysis = await analyseTexts({
      ...parts,
      'use.ts': 'export function f(x: Shared): void { x.m0().m49().m7() }',
    })
    const called = edgesOf(analysis).filter((edge) => edge.startsWith('use.ts#f calls'))
    assert.equal(called.length, 3)
  })
})
