import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { analyse } from '#generate/analyse/analyse.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { createTypescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'
import { Incidents } from '#generate/incidents.ts'
import { inventoryOf } from '../inventory-of.ts'
import { assertSame } from './analyse-texts.ts'

const HERE = createTypescriptAnalyser({ fewCharacters: Number.POSITIVE_INFINITY })
const IN_THREAD = createTypescriptAnalyser({ fewCharacters: -1 })
const SHARED = createTypescriptAnalyser({
  fewCharacters: Number.POSITIVE_INFINITY,
  manyCharacters: -1,
  maxThreads: 3,
})

const FILES = {
  'tsconfig.json': '{ "extends": "./base.json" }',
  'base.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'src/a.ts': 'export class A { get(): number { return 1 } }',
  'src/b.ts': "import { A } from '@/a'\n/** Gets. */\nexport const b = (): number => new A().get()",
  'src/c.js': "const { b } = require('./b')\nb()\nfunction broken( {",
  'src/Item.vue': "<script setup>\nimport { b } from './b'\nb()\n</script>",
  'deep.ts': `export const a = ${'[\n'.repeat(600)}${']\n'.repeat(600)}`,
}

function createMemory(): ConstructorParameters<typeof ResultsCache>[0] {
  const entries = new Map<string, Uint8Array>()
  return { read: async (name) => entries.get(name), write: async (name, bytes) => void entries.set(name, bytes) }
}

test('threads find what is found here, with and without what was kept', async () => {
  const changed = { ...FILES, 'src/a.ts': 'export class A { get(): string { return "" } }' }
  const cache = new ResultsCache(createMemory(), 'r')
  const sharedCaches = [2, 3].map((threads) => ({ threads, cache: new ResultsCache(createMemory(), 'r') }))
  for (const files of [FILES, changed]) {
    const context = { signal: new AbortController().signal, onProgress() {} }
    const here = await analyse(await inventoryOf(files), context, [HERE])
    assert.ok(here.edges.some(({ from, to }) => from === 'src/b.ts#b' && to === 'src/a.ts#A.get'))
    for (const kept of [undefined, cache]) {
      const found = await analyse(await inventoryOf(files), { ...context, cache: kept }, [IN_THREAD])
      assertSame(found, here)
    }
    for (const options of [{ threads: 1 }, { threads: 2 }, { threads: 3 }, ...sharedCaches]) {
      const found = await analyse(await inventoryOf(files), { ...context, ...options }, [SHARED])
      assertSame(found, here)
    }
  }
})

test('a thread ends when the signal fires', async () => {
  const controller = new AbortController()
  const steps: number[] = []
  // It is at work when it first tells how far it is, which is as soon as a tenth of a second has gone.
  const context = {
    signal: controller.signal,
    onProgress(done: number) {
      steps.push(done)
      controller.abort()
    },
  }
  const { 'src/a.ts': a, 'src/b.ts': b } = FILES
  await assert.rejects(analyse(await inventoryOf({ 'src/a.ts': a, 'src/b.ts': b }), context, [IN_THREAD]), Aborted)
  assert.equal(steps.length, 1)
})

/** Files of which each thread takes some, because they are more than it takes at once. */
function manyFiles(): Record<string, string> {
  const modules = Array.from({ length: 40 }, (_, index) => [
    `many/m${index}.ts`,
    `import { C${(index + 1) % 40} } from './m${(index + 1) % 40}'\nexport class C${index} { next() { return new C${(index + 1) % 40}() } }\nnew C${index}().next().next().next().next()`,
  ])
  return { ...FILES, ...Object.fromEntries(modules) }
}

test('files that several threads have linked are linked again when a dependency changes', async () => {
  const files = manyFiles()
  const changed = { ...files, 'many/m20.ts': 'export class C20 { next() { return 1 } }' }
  for (const [threads, analyser] of [
    [2, SHARED],
    [3, SHARED],
    [2, IN_THREAD],
  ] as const) {
    const context = { signal: new AbortController().signal, onProgress() {}, threads }
    const cache = new ResultsCache(createMemory(), 'r')
    for (const texts of [files, changed]) {
      const here = await analyse(await inventoryOf(texts), context, [HERE])
      const isLinked = here.edges.some(({ from, to }) => from === 'many/m18.ts' && to === 'many/m21.ts#C21.next')
      assert.equal(isLinked, texts === files)
      assertSame(await analyse(await inventoryOf(texts), { ...context, cache }, [analyser]), here)
    }
  }
})

for (const name of ['dies-reading', 'dies-linking', 'does-not-start', 'hangs']) {
  test(`what a thread has taken that ${name.replaceAll('-', ' ')} is done here`, async () => {
    const script = new URL(`fixtures/${name}.ts`, import.meta.url)
    const files = await inventoryOf(manyFiles())
    const context = { signal: new AbortController().signal, onProgress() {}, threads: 2 }
    const here = await analyse(files, context, [HERE])
    const hangMs = name === 'hangs' ? 100 : 60_000
    const warnings: string[] = []
    const note = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', note)
    for (const fewCharacters of [Number.POSITIVE_INFINITY, -1]) {
      const analyser = createTypescriptAnalyser({ fewCharacters, manyCharacters: -1, script, hangMs })
      assertSame(await analyse(files, context, [analyser]), here)
    }
    process.off('warning', note)
    const isReported = warnings.some((text) => text.startsWith('A helper thread failed'))
    assert.equal(isReported, name !== 'hangs')
  })
}

test('a file whose names a thread cannot link in time is an incident, and the others are linked here', async () => {
  const incidents = new Incidents()
  const script = new URL('fixtures/fails.ts', import.meta.url)
  const analyser = createTypescriptAnalyser({ fewCharacters: -1, script })
  const context = { signal: new AbortController().signal, onProgress() {}, incidents }
  const found = await analyse(await inventoryOf(FILES), context, [analyser])
  assert.deepEqual(
    incidents.list.map(({ file }) => file),
    ['src/b.ts'],
  )
  const froms = new Set(found.edges.map(({ from }) => from))
  assert.ok(!froms.has('src/b.ts#b'))
  assert.ok(froms.has('src/c.js'))
})
