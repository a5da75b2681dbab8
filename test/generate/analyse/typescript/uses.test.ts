import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Analysis, Block } from '#generate/model.ts'
import { analyseTexts } from './analyse-texts.ts'

/** Calls in one file in their order: `name line:column in block, block`; the innermost block comes first. */
function callsIn(analysis: Analysis, path: string, from: string): string[] {
  const uses = analysis.occurrences.usesIn(from).filter(({ file, kind }) => file === path && kind !== 'imports')
  uses.sort((a, b) => a.order - b.order)
  return uses.map((use) => {
    const blocks = analysis.occurrences.blocksAround(use).map(textOf)
    const name = use.to.slice(use.to.lastIndexOf('#') + 1)
    return `${name} ${use.line}:${use.column}${blocks.length === 0 ? '' : ` in ${blocks.join(', ')}`}`
  })
}

function textOf({ kind, startLine, endLine }: Block): string {
  return `${kind} ${startLine}-${endLine}`
}

/** The text with which a place begins. */
function wordAt(text: string, line: number, column: number): string {
  return /^[\w$]*/.exec((text.split('\n')[line - 1] ?? '').slice(column - 1))?.[0] ?? ''
}

const DECLARATIONS = Array.from('abcdefgh', (name) => `export function ${name}(...x: any[]): any { return x }\n`).join(
  '',
)

/** Contexts of the calls in the body of a function `f`, without their lines: `a`, `b branch nested`. */
async function contextsIn(body: string): Promise<string[]> {
  const text = `import { a, b, c, d, e, g, h } from './lib'; import { exit as leave } from 'node:process'\nexport async function* f(x: any, y: any) {\n${body}\n}\n`
  const analysis = await analyseTexts({ 'lib.ts': DECLARATIONS, 'f.ts': text })
  const uses = analysis.occurrences.usesIn('f.ts#f').sort((one, other) => one.order - other.order)
  return uses.map((use) => {
    const name = wordAt(text, use.line, use.column)
    assert.equal(use.to, `lib.ts#${name}`)
    return [name, ...analysis.occurrences.blocksAround(use).map(({ kind }) => kind)].join(' ')
  })
}

const CONTEXTS: Record<string, [body: string, contexts: string[]]> = {
  'arguments come before their call': ['a(b(), c(d()))', ['b', 'd', 'c', 'a']],
  'of a chain, the start comes first': ['a(b).x().y(c()); e()', ['b', 'a', 'c', 'e']],
  'what is made, tagged and awaited': [
    'await a(b()); new g(c()).x; h`` + d(); yield e()',
    ['b', 'a', 'c', 'g', 'h', 'd', 'e'],
  ],
  'a condition and its branches': [
    'if (a()) b(); else if (c()) d(); else e()\ng()',
    ['a', 'b branch', 'c branch', 'd branch branch', 'e branch branch', 'g'],
  ],
  'what depends on a value': [
    'a() ? b() : c(); d() && e(); g() || h()',
    ['a', 'b branch', 'c branch', 'd', 'e branch', 'g', 'h branch'],
  ],
  defaults: [
    'x.y ??= a(); const { z = b() } = c(); const [w = d()] = [x ?? e()]',
    ['a branch', 'c', 'b branch', 'e branch', 'd branch'],
  ],
  'patterns that are assigned to': [
    ';[x = a()] = b(); ({ y: x = c(), y = d() } = e()); x = y = g()',
    ['b', 'a branch', 'e', 'c branch', 'd branch', 'g'],
  ],
  'optional chains': [
    'a()?.x.y(b())[c()]?.(d()); x?.y!.z(e()); (x?.y).z(g())',
    ['a', 'b branch', 'c branch', 'd branch', 'e branch', 'g'],
  ],
  'a switch': [
    'switch (a()) { case b(): c(); break\n case d(): e()\n default: g() }\nh()',
    ['a', 'b', 'c branch', 'd branch', 'e branch', 'g branch', 'h'],
  ],
  loops: [
    'for (a(); b(); c()) d()\nfor (const z of e()) g()\nfor (const z in x) { h() }',
    ['a', 'b loop', 'd loop', 'c loop', 'e', 'g loop', 'h loop'],
  ],
  while: ['while (a()) b()\ndo { c() } while (d())', ['a loop', 'b loop', 'c loop', 'd loop']],
  errors: ['try { a() } catch (z) { b() } finally { c() }\nd()', ['a', 'b failure', 'c deferred', 'd']],
  'callbacks and other functions that are only made': [
    'x.map(() => a()); x.on(function () { b() }); x.push({ go() { c() }, get z() { return d() } }); class Z { m() { e() } n = g(); static s = h() }',
    ['a nested', 'b nested', 'c nested', 'd nested', 'e nested nested', 'g nested', 'h'],
  ],
  'functions that are called where they are made': [
    '(() => { a() })(); (function () { if (x) return; b() }).call(x, c()); d()',
    ['a', 'c', 'b guarded', 'd'],
  ],
  'what follows a return in a branch': [
    'a()\nif (x) return b()\nc()\nif (y) return d()\ne(() => g())\n{ h() }',
    ['a', 'b branch', 'c guarded', 'd branch guarded', 'g nested guarded', 'e guarded', 'h guarded'],
  ],
  'functions below a return, which can be called before it': [
    'if (x) { return a()\nfunction y() { b() } }\nfunction z() { c() }\nd()\nfunction w() { if (x) return\ne() }',
    ['a branch', 'b nested branch', 'c nested', 'd guarded', 'e guarded nested'],
  ],
  'what follows a throw': [
    'if (x) { if (y) { a(); throw b() }\nc() }\nd()',
    ['a branch branch', 'b branch branch', 'c guarded branch', 'd guarded'],
  ],
  'what follows the end of the program': ['if (x) { a(); process.exit(1) }\nb()', ['a branch', 'b guarded']],
  'what follows an imported exit': [
    'try { if (x) { a(); leave(1) }\nb() } catch { c() }\nd()',
    ['a branch', 'b guarded', 'c failure', 'd guarded'],
  ],
  'a throw that is handled ends the try alone': [
    'try { if (x) throw a()\nb() } catch { c() }\nd()',
    ['a branch', 'b guarded', 'c failure', 'd'],
  ],
  'a handler that leaves': ['try { a() } catch { return }\nb()', ['a', 'b guarded']],
  'a throw through finally': [
    'try { if (x) throw a()\nb() } finally { c() }\nd()',
    ['a branch', 'b guarded', 'c deferred', 'd guarded'],
  ],
  'what leaves an inner function stays in it': ['x.map(() => { if (y) return\na() })\nb()', ['a guarded nested', 'b']],
  'break and continue leave the loop': [
    'for (;;) { if (x) break\na()\nif (y) continue\nb() }\nc()',
    ['a guarded loop', 'b guarded loop', 'c'],
  ],
  'a return in a loop': [
    'for (const z of y) { if (z) return a()\nb() }\nc()',
    ['a branch loop', 'b guarded loop', 'c guarded'],
  ],
  'a break in a switch': [
    'switch (x) { case 1: if (y) break\na()\nbreak\ncase 2: return b()\ncase 3: c() }\nd()',
    ['a guarded branch', 'b branch', 'c branch', 'd guarded'],
  ],
  labels: [
    'out: for (const z of y) { for (;;) { if (z) continue out\na() }\nb() }\nc()\nin_: { if (x) break in_\nd() }\ne()',
    ['a guarded loop loop', 'b guarded loop', 'c', 'd guarded', 'e'],
  ],
}

describe('the context of a call', () => {
  for (const [title, [body, contexts]] of Object.entries(CONTEXTS)) {
    test(title, async () => assert.deepEqual(await contextsIn(body), contexts))
  }
})

test('the body of a component is what it is: of a method, a constructor, a field, a value', async () => {
  const text = `import { a, b, c, d, e, g, h } from './lib'
export class C {
  constructor() { if (x) return; a() }
  static { b() }
  run = (x: any): any => c()
  typed: () => any = () => { d() }
  ['n' + x] = e()
  get h() { return h() }
}
export const made = g()
export const late = wrap(() => h())
if (made) {
  exports.inner = a()
  b()
}
declare function wrap(x: any): any
declare const x: any
`
  const analysis = await analyseTexts({ 'lib.ts': DECLARATIONS, 'f.ts': text })
  const calls = (from: string): string[] => callsIn(analysis, 'f.ts', from).filter((call) => !/^[A-Z]|made/.test(call))
  assert.deepEqual(calls('f.ts#C'), ['a 3:34 in guarded 3-3', 'b 4:12', 'e 7:15 in nested 7-7'])
  assert.deepEqual(calls('f.ts#C.run'), ['c 5:26'])
  assert.deepEqual(calls('f.ts#C.typed'), ['d 6:30'])
  assert.deepEqual(calls('f.ts#C.h'), ['h 8:20'])
  assert.deepEqual(calls('f.ts#made'), ['g 10:21'])
  assert.deepEqual(calls('f.ts#late'), ['h 11:32 in nested 11-11', 'wrap 11:21'])
  assert.deepEqual(calls('f.ts'), ['a 13:19 in branch 12-15', 'b 14:3 in branch 12-15'])
})

test('where the syntax is broken nothing is said of the parts of a body', async () => {
  const text = `import { a, b, c, d } from './lib'
export function whole() { if (x) return; a() }
export function torn() {
  if (x) {
    b()
  c()
}
export const after = d()
`
  const analysis = await analyseTexts({ 'lib.ts': DECLARATIONS, 'f.ts': text })
  assert.deepEqual(callsIn(analysis, 'f.ts', 'f.ts#whole'), ['a 2:42 in guarded 2-2'])
  assert.deepEqual(callsIn(analysis, 'f.ts', 'f.ts#torn'), [
    'b 5:5 in unknown 3-8',
    'c 6:3 in unknown 3-8',
    'd 8:22 in unknown 3-8',
  ])
})

test('of one edge a thousand places are kept, not more', async () => {
  const text = `import { a, b } from './lib'\nexport function f() { ${'x?.y&&a(b);\n'.repeat(1_500)} }`
  const { occurrences } = await analyseTexts({ 'lib.ts': DECLARATIONS, 'f.ts': text })
  const uses = occurrences.usesOf('f.ts#f', 'lib.ts#a')
  assert.equal(uses.length, 1_000)
  assert.deepEqual(
    uses.slice(0, 2).map(({ line, column }) => [line, column]),
    [
      [2, 29],
      [3, 7],
    ],
  )
})

test('a body that is nested as deeply as one is read', async () => {
  const depth = 150
  const text = `import { a } from './lib'\nexport function f(x: any) { ${'if (x) { if (!x) return;\n'.repeat(depth)}a()${' }'.repeat(depth)} }`
  const { occurrences } = await analyseTexts({ 'lib.ts': DECLARATIONS, 'f.ts': text })
  const [use] = occurrences.usesOf('f.ts#f', 'lib.ts#a')
  assert.equal(use && occurrences.blocksAround(use).length, 2 * depth)
})

test('components have places in their script and at the tags of their template', async () => {
  const vue = `<template>
  <div v-if="x"><part-list :rows="rows" /></div>
  <PartList />
</template>
<script setup lang="ts">
import PartList from './PartList.vue'
import { a } from './lib'
if (x) a()
</script>
`
  const { occurrences } = await analyseTexts({
    'App.vue': vue,
    'PartList.vue': '<template><p/></template>\n',
    'lib.ts': DECLARATIONS,
  })
  const places = [...occurrences.usesIn('App.vue'), ...occurrences.usesIn('App.vue#App')].map((use) => {
    const blocks = occurrences.blocksAround(use).map(textOf)
    return `${wordAt(vue, use.line, use.column)} ${use.line}:${use.column} ${use.to} ${blocks.join()}`.trim()
  })
  assert.deepEqual(places, [
    '6:23 PartList.vue',
    '7:20 lib.ts',
    'a 8:8 lib.ts#a branch 8-8',
    'part 2:18 PartList.vue#PartList unknown 2-3',
    'PartList 3:4 PartList.vue#PartList unknown 2-3',
  ])
})

test('nested functions have the name that they are made with, whether they use something or not; classes have none', async () => {
  const text = `export function f() {
  function one({ a, b }: any, [c]: any = []) {}
  const two = async ({ d }: any) => { const inner = () => {} }
  let three
  three = function () {}
  const four = class { go() {} }
  wrap({ five: () => {}, six() {} }, () => {})
}
declare const wrap: any
`
  const { occurrences } = await analyseTexts({ 'f.ts': text, 'lib.ts': DECLARATIONS })
  assert.deepEqual(
    occurrences.blocksOf('f.ts').map(({ name, startLine }) => `${name} ${startLine}`),
    ['one 2', 'two 3', 'inner 3', 'three 5', 'undefined 6', 'go 6', 'six 7'],
  )
})

test('types, bases, decorators, elements and imports have places', async () => {
  const app = `import type { Kind } from './lib'
import { Base, Part, mark, type Props } from './lib'
import * as lib from './lib'
export class Own extends Base implements Kind {
  @mark
  method(props: Props): lib.Props { return <Part one={<lib.Part />}>{props && <Part />}</Part> as any }
}
export async function load() { return (await import('./lib')).mark() }
`
  const analysis = await analyseTexts({
    'app.tsx': app,
    'lib.tsx':
      'export class Base {}\nexport interface Kind {}\nexport interface Props {}\nexport function Part(x: any) {}\nexport const mark = (...x: any[]): any => x\n',
  })
  const places = (from: string): string[] =>
    analysis.occurrences
      .usesIn(from)
      .sort((one, other) => one.order - other.order)
      .map((use) => {
        const block = analysis.occurrences.blockOf('app.tsx', use.block)?.kind
        assert.equal(wordAt(app, use.line, use.column) || './lib', use.to.split('#')[1] ?? './lib')
        return `${use.kind} ${use.to.split('#')[1] ?? ''} ${use.line}:${use.column} ${block ?? ''}`.trim()
      })
  assert.deepEqual(places('app.tsx#Own'), ['extends Base 4:26', 'implements Kind 4:42'])
  assert.deepEqual(places('app.tsx#Own.method'), [
    'calls mark 5:4',
    'uses-type Props 6:17',
    'uses-type Props 6:29',
    'calls Part 6:60',
    'calls Part 6:80 branch',
    'calls Part 6:45',
  ])
  assert.deepEqual(places('app.tsx#load'), ['calls mark 8:63'])
  assert.deepEqual(places('app.tsx'), ['imports  1:28', 'imports  2:47', 'imports  3:23', 'imports  8:54 nested'])
})
