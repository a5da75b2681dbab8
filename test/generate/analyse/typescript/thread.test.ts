import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { analyse } from '#generate/analyse/analyse.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { createTypescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'
import { inventoryOf } from '../inventory-of.ts'
import { assertSame } from './analyse-texts.ts'

const HERE = createTypescriptAnalyser(Number.POSITIVE_INFINITY)
const IN_THREAD = createTypescriptAnalyser(-1)

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

test('a thread finds what is found here, with and without what was kept', async () => {
  const changed = { ...FILES, 'src/a.ts': 'export class A { get(): string { return "" } }' }
  const cache = new ResultsCache(createMemory(), 'r')
  for (const files of [FILES, changed]) {
    const context = { signal: new AbortController().signal, onProgress() {} }
    const here = await analyse(await inventoryOf(files), context, [HERE])
    assert.ok(here.edges.some(({ from, to }) => from === 'src/b.ts#b' && to === 'src/a.ts#A.get'))
    for (const kept of [undefined, cache]) {
      const found = await analyse(await inventoryOf(files), { ...context, cache: kept }, [IN_THREAD])
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
