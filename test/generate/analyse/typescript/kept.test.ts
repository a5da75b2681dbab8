import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deserialize } from 'node:v8'
import fc from 'fast-check'
import { analyse } from '#generate/analyse/analyse.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { typescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'
import type { Analysis, Edge } from '#generate/model.ts'
import type { StepCache } from '#store/step-cache.ts'
import { inventoryOf } from '../inventory-of.ts'
import { assertSame } from './analyse-texts.ts'

/** Texts that each file of a repository may have; '' is none. What one says changes what others mean. */
const VARIANTS: Record<string, readonly string[]> = {
  'src/base.ts': [
    'export class Base { run(): number { return 1 } next() { return this } }',
    'export class Base { run(): number { return help() } next() { return this } }\nfunction help() { return 2 }',
    'export class Base { /** Runs. */ run(): number { let own = 1; own++; return own } next() { return new Other() } }\nexport class Other { run() {} }',
    'export class Base<T = string> { run(): T { throw 1 } next(): Base<T>[] { return [] } }',
    '',
  ],
  'src/index.ts': [
    "export * from './base.ts'\nexport { make as build } from './make.ts'",
    "export { Base } from './base'\nexport * from './make'",
    "export { Leaf as Base } from './leaf'\nexport * as all from './make'",
  ],
  'src/make.ts': [
    "import { Base } from './index'\nexport function make() { return new Base() }\nexport const both = { one: make, two() { return make().next() } }",
    "import { Base } from './index'\nexport function make(): Base { const b = new Base(); return b }\nexport let both: any\nfunction set(): void { both = make() }",
    "import { Leaf } from './leaf'\nexport function make(x: string): Leaf\nexport function make(x: number): string\nexport function make(x: unknown) { return x as never }\nexport const both = make('a')",
    'export const make = (x = other()) => x\nfunction other() { return make() }',
  ],
  'src/leaf.ts': [
    "import { Base } from '@/base'\nexport class Leaf extends Base { override run(): number { return super.run() } grow<T>(x: T): T { return x } }",
    "import type { Base } from './base'\nexport interface Leaf { run(): void; mark: Base }\nexport namespace Leaf { export const grow = (x: Base) => x.run() }",
    'export default class { run() {} }\nexport class Leaf { run() {} }',
  ],
  'src/use.ts': [
    "import { Base, build } from './index'\nimport { both } from './make'\nbuild?.().run()\nnew Base().next().run()\nboth.two().run()\nwindow.tool.run()\nexport const grown = both",
    "import * as all from './index'\nimport { Leaf } from './leaf'\nexport function use(x: Leaf) { if (x instanceof all.Base) x.run(); all.make('a').run(); return x.grow(x) }\nuse(new Leaf()).run()",
  ],
  'src/far.ts': [
    "import { grown, use } from './use'\nimport tool = require('../lib/tool')\ngrown.one().run()\nuse(grown).run()\ntool.evaluator().run()\n[grown].map((x) => x.two().next())",
    "import('./use').then((m) => m.use(1).run())\nexport type T = import('./leaf').Leaf\ndeclare const t: T\nt.run()\nt.mark.run()",
  ],
  'src/global.ts': [
    "import { Leaf } from './leaf'\ndeclare global { interface Window { tool: Leaf } }",
    "import { Base } from './base'\ndeclare global { interface Window { tool: Base } interface String { run(): void } }",
    "import './base'\nimport { Base } from './base'\ndeclare module './base' { interface Base { more(): void } }\nBase.prototype.more = () => {}",
    '',
  ],
  'types/ambient.d.ts': [
    'declare const tool: { run(): void; work(): void }',
    'declare namespace tool { function run(): number }',
    '',
  ],
  'lib/tool.js': [
    "const { make } = require('../src/make')\nfunction Tool() { this.kept = make }\nTool.prototype.run = function () { return this.kept().run() }\nmodule.exports = { work: () => new Tool(), Tool }",
    'exports.evaluator = function work() { return global.held.run() }\nexports.run = () => exports.evaluator()',
    "global.held = { run() { return 1 } }\nmodule.exports = require('../src/leaf')",
    '',
  ],
  'lib/uses.js': [
    "const { work } = require('./tool')\nconst tool = require('./tool')\nwork().run()\ntool.Tool.prototype.run()\nglobal.held.run()",
    "import { build } from '../src'\nexport const x = build()\n/** @param {import('../src/leaf').Leaf} leaf */\nexport function f(leaf) { leaf.run(); x.run(); tool.run() }",
  ],
  'ui/Item.vue': [
    "<template><p/></template>\n<script setup lang=\"ts\">\nimport { make } from '../src/make'\nconst made = make('a')\nmade.run()\n</script>",
    '<script>\nexport default { methods: { run() { return this.run() } } }\n</script>',
  ],
  'ui/App.svelte': [
    "<script lang=\"ts\">\nimport Item from './Item.vue'\nimport { use } from '../src/use'\nuse(1)\n</script>\n<Item/>",
    "<script>\nimport Leaf, { Leaf as Named } from '../src/leaf'\nnew Leaf().run()\nnew Named().grow(1)\n</script>",
  ],
  'tsconfig.json': [
    '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
  ],
  'src/base/index.ts': ['', 'export class Base { run() {} own() {} }'],
}
const PATHS = Object.keys(VARIANTS)

/** What is kept, in memory. */
function createMemory(): StepCache {
  const entries = new Map<string, Uint8Array>()
  return {
    read: async (name) => entries.get(name),
    write: async (name, bytes) => void entries.set(name, bytes),
  }
}

async function run(
  texts: Record<string, string>,
  memory?: StepCache,
  analyser = typescriptAnalyser,
): Promise<Analysis> {
  const cache = memory === undefined ? undefined : new ResultsCache(memory, 'r')
  const context = { signal: new AbortController().signal, onProgress() {}, cache }
  return analyse(await inventoryOf(texts), context, [analyser])
}

const textsOf = (chosen: ReadonlyMap<string, number>): Record<string, string> =>
  Object.fromEntries(
    PATHS.map((path) => [path, VARIANTS[path]?.[chosen.get(path) ?? 0] ?? ''] as const).filter(
      ([, text]) => text !== '',
    ),
  )

test('with what was kept, whatever was changed, all is as without', async () => {
  const edit = fc
    .constantFrom(...PATHS)
    .chain((path) => fc.record({ path: fc.constant(path), variant: fc.nat((VARIANTS[path]?.length ?? 1) - 1) }))
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 4, maxLength: 10 }), async (edits) => {
      const memory = createMemory()
      const chosen = new Map<string, number>()
      await run(textsOf(chosen), memory)
      for (const { path, variant } of edits) {
        chosen.set(path, variant)
        assertSame(await run(textsOf(chosen), memory), await run(textsOf(chosen)))
      }
    }),
    { numRuns: 30, seed: 20_260_101 },
  )
})

describe('what changes elsewhere changes a file that stays', () => {
  const cases: [title: string, before: Record<string, string>, after: Record<string, string>][] = [
    [
      'when an import leads to another file that is no code',
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./one/*"] } } }' },
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./two/*"] } } }' },
    ],
    ['when JavaScript declares a global', {}, { 'g.js': 'global.held = { run() {} }' }],
    [
      'when an assignment gives a function a member',
      { 'm.js': 'export function held() {}\nheld.run = () => {}' },
      { 'm.js': 'export function held() {}\nheld.run = () => {}\nheld.more = () => {}' },
    ],
    [
      'when the namespace around a constant is no longer hidden by a tag',
      { 'n.ts': '/** @internal */\nexport namespace N { export const x = 1 }' },
      { 'n.ts': 'export namespace N { export const x = 1 }' },
    ],
    [
      'when what a module of CommonJS is led to another one before',
      { 'n.ts': 'export const N = 1', 'm.js': "module.exports = require('./n')" },
      { 'n.ts': 'export const N = 1', 'm.js': 'module.exports = { held: { run() {} } }' },
    ],
    [
      'when an export of CommonJS led to another module before',
      { 'n.ts': 'export const N = 1', 'm.js': "exports.held = require('./n')" },
      { 'n.ts': 'export const N = 1', 'm.js': 'exports.held = { run() {} }' },
    ],
  ]
  const files = {
    'one/data.json': '{}',
    'two/data.json': '{}',
    'use.js':
      "import data from '@/data.json'\nimport { held } from './m'\nimport { N } from './n'\nglobal.held.gone()\nheld.run()\nheld.more()\nexport const y = { run: () => N.x, gone() {} }",
  }
  for (const [title, before, after] of cases) {
    test(title, async () => {
      const memory = createMemory()
      const first = await run({ ...files, ...before }, memory)
      const kept = await run({ ...files, ...after }, memory)
      assertSame(kept, await run({ ...files, ...after }))
      const own = ({ edges, reports }: Analysis): unknown[] => [
        edges.filter(({ from }) => from.startsWith('use.js')),
        reports,
      ]
      assert.notDeepEqual(own(kept), own(first))
    })
  }
})

test('a name that is searched in many modules which export each other is found, and found elsewhere when it moves', async () => {
  const MANY = 60
  const texts = (late: string, gone = -1): Record<string, string> => ({
    'use.ts': "import { only59, late } from './s0'\nonly59()\nlate()",
    ...Object.fromEntries(
      Array.from({ length: MANY }, (_, at) => [
        `s${at}.ts`,
        `${at === gone ? '' : `export * from './s${(at + 1) % MANY}'\nexport * from './s${(at + 7) % MANY}'`}
export function only${at}() {}
${late.split(' ').includes(`s${at}`) ? 'export function late() {}' : ''}`,
      ]),
    ),
  })
  const memory = createMemory()
  const found: string[][] = []
  for (const next of [texts(''), texts('s40'), texts('s40 s3'), texts('s3', 0), texts('s3')]) {
    const kept = await run(next, memory)
    assertSame(kept, await run(next))
    const calls = kept.edges.filter(({ from, kind }) => from === 'use.ts' && kind === 'calls')
    found.push(calls.map(({ to }) => to).sort())
  }
  const only = 's59.ts#only59'
  assert.deepEqual(found, [[only], ['s40.ts#late', only], ['s3.ts#late', only], [], ['s3.ts#late', only]])
})

describe('what is resolved anew', () => {
  const files = {
    'a.ts': "export class A { get(): number { return 1 } all() {\n  return [this]\n} url = 'http://x' }",
    'b.ts': "import { A } from './a'\nexport const f = () => new A().get()",
    'c.ts': "import { f } from './b'\nf()",
  }
  /** The files whose edges the second run did not take from the first: in these a false edge that was kept is gone. */
  async function resolvedAnew(next: Record<string, string>, before: Record<string, string> = files): Promise<string[]> {
    const memory = createMemory()
    const cache = new ResultsCache(memory, 'r')
    await run(before, memory)
    const bytes = (await memory.read('r edges typescript part 0')) ?? new Uint8Array()
    const { key, value }: { key: string; value: { values: Map<string, { edges: Edge[] }> } } = deserialize(bytes)
    for (const [path, kept] of value.values) {
      const edge = { from: path, to: 'c.ts', kind: 'references', origin: 'import', confidence: 1 } as const
      value.values.set(path, { ...kept, edges: [edge] })
    }
    await cache.write('edges typescript part 0', key, value)
    const { edges } = await run(next, memory)
    const isKept = new Set(edges.filter((edge) => edge.kind === 'references').map((edge) => edge.from))
    return Object.keys(next).filter((path) => !isKept.has(path) && path !== 'c.ts')
  }

  test('a body of a stated type: the file alone', async () => {
    assert.deepEqual(await resolvedAnew({ ...files, 'a.ts': files['a.ts'].replace('return 1', 'return 2') }), ['a.ts'])
  })
  test('comments and spaces: the file alone', async () => {
    const commented = files['a.ts'].replace(
      'return [this]',
      '// Says something.\n    return  /* a list */ [this] // end',
    )
    assert.deepEqual(await resolvedAnew({ ...files, 'a.ts': `/** Says something. */\n${commented}` }), ['a.ts'])
  })
  test('what looks like a comment and is none: all that reach the file', async () => {
    const next = { ...files, 'a.ts': files['a.ts'].replace("'http://x'", "'http://y'") }
    assert.deepEqual(await resolvedAnew(next), ['a.ts', 'b.ts'])
  })
  test('what a body tells of its type: all that reach the file', async () => {
    const next = { ...files, 'a.ts': files['a.ts'].replace('[this]', 'this') }
    assert.deepEqual(await resolvedAnew(next), ['a.ts', 'b.ts'])
  })
  test('a file of its own: nothing else', async () => {
    assert.deepEqual(await resolvedAnew({ ...files, 'd.ts': 'export const d = 1' }), ['d.ts'])
  })
  test('names that the library alone mentions: nothing else', async () => {
    const before = {
      ...files,
      'a.ts':
        'const data = Array.from({ length: 3 }, () => ({ a: 1 }))\nconsole.log(Object.keys(data[0]).length)\nexport const b = 1',
    }
    assert.deepEqual(await resolvedAnew({ ...before, 'd.ts': 'export const d = 1' }, before), ['d.ts'])
  })
  test('what all files see and none names: nothing else', async () => {
    assert.deepEqual(await resolvedAnew({ ...files, 'd.ts': 'declare global { const d: 1 }' }), ['d.ts'])
  })
})

test('when nothing changed nothing is read', async () => {
  const inventory = await inventoryOf({
    'a.ts': 'export class A { get() {} }',
    'b.ts': "import { A } from './a'\nnew A().get()",
  })
  const context = {
    signal: new AbortController().signal,
    onProgress() {},
    cache: new ResultsCache(createMemory(), 'r'),
  }
  const first = await analyse(inventory, context, [typescriptAnalyser])
  const files = inventory.files.map((file) => ({ ...file, text: 'export class X {}' }))
  assertSame(await analyse({ ...inventory, files }, context, [typescriptAnalyser]), first)
})

test('where imports lead is asked again when a configuration of tests changed', async () => {
  const files = {
    'test/one/a.ts': 'export const a = 1',
    'test/two/a.ts': 'export const a = 2',
    'test/use.ts': "import { a } from '@/a'\nexport const b = a",
  }
  const memory = createMemory()
  for (const folder of ['one', 'two']) {
    const tsconfig = `{ "compilerOptions": { "paths": { "@/*": ["./${folder}/*"] } } }`
    const { edges } = await run({ ...files, 'test/tsconfig.json': tsconfig }, memory)
    assert.ok(edges.some(({ from, to }) => from === 'test/use.ts' && to === `test/${folder}/a.ts`))
  }
})
