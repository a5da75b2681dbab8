import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { listSources } from '#generate/analyse/hash-sources.js'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import type { Analysis } from '#generate/model.ts'
import { createStepCache } from '#store/step-cache.ts'
import { inventoryOf } from './inventory-of.ts'

const A = 'package p; public class A { public int get() { return 1; } int own() { return get(); } }\n'
const B = 'package p; class B { int use(A a) { return a.get(); } }\n'
const PY = 'def f():\n    return g()\n\n\ndef g():\n    return 1\n'

let root = ''
let folder = ''
let count = 0

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'docspool-results-'))
})
beforeEach(() => {
  folder = path.join(root, String(count++))
})
after(() => rm(root, { recursive: true, force: true }))

async function run(texts: Record<string, string>, isCached = true): Promise<Analysis> {
  const cache = isCached ? new ResultsCache(createStepCache(folder, { scope: 'r' }), 'https://host/a/b') : undefined
  const context = { signal: new AbortController().signal, onProgress() {}, cache }
  return analyse(await inventoryOf(texts), context)
}

const targets = (analysis: Analysis, from: string): string[] =>
  analysis.edges.filter((edge) => edge.from === from).map((edge) => `${edge.kind} ${edge.to}`)

describe('an analysis with what the last one kept is equal to one without', () => {
  const files = {
    'p/A.java': A,
    'p/B.java': B,
    'm.py': PY,
    'p/E.java': 'package p; class E { String port = System.getenv("PORT"); }\n',
    'e.py':
      'import os\ndef env(name, default=None):\n    return os.environ.get(name, default)\nPORT = env("PORT", 80)\n',
    'e.ts': "export const env = (name: string) => process.env[name]\nenv('PORT')\n",
  }
  const cases: [title: string, next: Record<string, string>][] = [
    ['when nothing changed', files],
    ['when a body changed', { ...files, 'p/A.java': A.replace('return get();', 'return 2;') }],
    ['when a name that others use changed', { ...files, 'p/A.java': A.replaceAll('get()', 'read()') }],
    ['when a file is gone', { 'p/B.java': B, 'm.py': PY }],
    ['when a file is new', { ...files, 'p/C.java': 'package p; class C extends A { public int get() { return 3; } }' }],
    ['when a file moved', { 'q/A.java': A, 'p/B.java': B, 'm.py': PY }],
    ['when Python changed', { ...files, 'm.py': PY.replace('return g()', 'return f()') }],
  ]
  for (const [title, next] of cases) {
    test(title, async () => {
      await run(files)
      const kept = await run(next)
      const whole = await run(next, false)
      assert.deepEqual(kept, whole)
      assert.equal(kept.reads.length, next === files || 'e.py' in next ? 3 : 0)
    })
  }
})

test('what is kept is used: a text that changed behind the same blob is not read again', async () => {
  const inventory = await inventoryOf({ 'p/A.java': A, 'p/B.java': B })
  const cache = new ResultsCache(createStepCache(folder, { scope: 'r' }), 'r')
  const context = { signal: new AbortController().signal, onProgress() {}, cache }
  const first = await analyse(inventory, context)
  const files = inventory.files.map((file) => ({ ...file, text: 'class X {}' }))
  assert.deepEqual(await analyse({ ...inventory, files }, context), first)
  assert.deepEqual(targets(first, 'p/B.java#B.use'), ['uses-type p/A.java#A', 'calls p/A.java#A.get'])
})

test('a damaged cache is no cache', async () => {
  const files = { 'p/A.java': A, 'p/B.java': B }
  const first = await run(files)
  for (const name of await readdir(folder)) await writeFile(path.join(folder, name), 'x'.repeat(100))
  assert.deepEqual(await run(files), first)
})

test('all code that a result may depend on is part of its key', async () => {
  const project = new URL('../../../', import.meta.url)
  const { imports: aliases } = JSON.parse(await readFile(new URL('package.json', project), 'utf8'))
  const hashed = new Set(listSources())
  const reached = new Set([...hashed].filter((file) => /^src\/(?:generate\/(?:analyse|formats)|markdown)\//.test(file)))
  for (const file of reached) {
    const text = await readFile(new URL(file, project), 'utf8')
    for (const [, imported = ''] of text.matchAll(/^(?:import|export) (?!type )(?:[^']* from )?'([.#][^']+)'/gm)) {
      const [, layer, rest = ''] = /^(#[^/]+\/)(.*)/.exec(imported) ?? []
      reached.add(layer ? path.join(aliases[`${layer}*`], '..', rest) : path.join(path.dirname(file), imported))
    }
  }
  assert.ok(reached.has('src/generate/signature-parameters.ts'))
  assert.deepEqual(
    [...reached].filter((file) => !hashed.has(file)),
    [],
  )
})
