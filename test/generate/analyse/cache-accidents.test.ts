/** What is kept for the next analysis under kill -9, in the hands of two programs, cut off, and written by something else. */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { serialize } from 'node:v8'
import { analyse } from '#generate/analyse/analyse.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import type { Analysis } from '#generate/model.ts'
import { createStepCache } from '#store/step-cache.ts'
import { inventoryOf } from './inventory-of.ts'

/** A repository of three languages, of which each version says something else. */
function version(number: number): Record<string, string> {
  const other = number % 3
  return {
    'p/A.java': `package p; class A { void f${number}() { g(); } void g() { new B().h${other}(); } }\n`,
    'p/B.java': `package p; class B { void h${other}() {} }\n`,
    'm.py': `from n import g${other}\ndef f${number}():\n    return g${other}()\n`,
    'n.py': `def g${other}():\n    return 1\n`,
    'a.ts': `import { g${other} } from './b'\nexport const f${number} = () => g${other}()\n`,
    'b.ts': `export function g${other}() { return 1 }\n`,
  }
}

let root = ''
let folder = ''
let count = 0

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'docspool-accidents-'))
})
beforeEach(() => {
  folder = path.join(root, String(count++))
})
after(() => rm(root, { recursive: true, force: true }))

async function run(number: number, isCached = true): Promise<Analysis> {
  const cache = isCached ? new ResultsCache(createStepCache(folder, { scope: 'r' }), 'https://host/a/b') : undefined
  return analyse(await inventoryOf(version(number)), { signal: new AbortController().signal, onProgress() {}, cache })
}

test('two analyses of different commits that share a cache at once are each right', async () => {
  const alone = await Promise.all([0, 1, 2, 3].map((number) => run(number, false)))
  for (let round = 0; round < 3; round++) {
    assert.deepEqual(await Promise.all([0, 1, 2, 3].map((number) => run(number))), alone)
  }
})

/** Analyses one version after the other, for ever; tells of each. */
const PROGRAM = `
  const [analyseUrl, cacheUrl, stepUrl, inventoryUrl, folder, versions, first] = process.argv.slice(1)
  const { analyse } = await import(analyseUrl)
  const { ResultsCache } = await import(cacheUrl)
  const { createStepCache } = await import(stepUrl)
  const { inventoryOf } = await import(inventoryUrl)
  const all = JSON.parse(versions)
  for (let number = Number(first); ; number++) {
    const cache = new ResultsCache(createStepCache(folder, { scope: 'r' }), 'https://host/a/b')
    const inventory = await inventoryOf(all[number % all.length])
    await analyse(inventory, { signal: new AbortController().signal, onProgress() {}, cache })
    process.stdout.write('done ')
  }`

async function killedIn(delayMs: number): Promise<void> {
  const urls = [...['#generate/analyse/analyse.ts', '#generate/analyse/results-cache.ts', '#store/step-cache.ts']].map(
    (name) => import.meta.resolve(name),
  )
  const inventory = new URL('./inventory-of.ts', import.meta.url).href
  const versions = JSON.stringify([0, 1, 2, 3].map(version))
  const programs = ['0', '2'].map((first) =>
    spawn(
      process.execPath,
      [
        '--import',
        import.meta.resolve('tsx'),
        '--input-type=module',
        '-e',
        PROGRAM,
        ...urls,
        inventory,
        folder,
        versions,
        first,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  )
  await Promise.all(programs.map((program) => once(program.stdout, 'data')))
  // Whatever it is doing then; each time something else.
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  for (const program of programs) program.kill('SIGKILL')
  await Promise.all(programs.map((program) => once(program, 'close')))
}

test('what two programs leave that are killed in the middle is right or is not used', async () => {
  const alone = await Promise.all([0, 1].map((number) => run(number, false)))
  for (const delayMs of [0, 7]) {
    await killedIn(delayMs)
    assert.ok((await readdir(folder)).length > 0)
    for (const [number, wanted] of alone.entries()) assert.deepEqual(await run(number), wanted)
  }
})

/** As the cache writes it: whole, but with something else inside. */
const whole = (body: Uint8Array): Uint8Array => Buffer.concat([createHash('sha256').update(body).digest(), body])

/** An array of four billion elements, as V8 writes it, without the elements. */
const HUGE = Uint8Array.from([0xff, 0x0f, 0x41, 0xff, 0xff, 0xff, 0xff, 0x0f])

const ACCIDENTS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'cut off': (bytes) => bytes.subarray(0, bytes.length / 2),
  empty: () => new Uint8Array(),
  'with one bit turned': (bytes) => bytes.map((byte, at) => (at === bytes.length - 9 ? byte ^ 1 : byte)),
  'with another hash': (bytes) => bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
  'of another version': () => whole(serialize({ key: 'of another version', value: { components: 'x' } })),
  'of nothing': () => whole(serialize(null)),
  'of no form that V8 knows': () => whole(new TextEncoder().encode('{"key": 1}')),
  'of a count that is not there': () => whole(HUGE),
  'with a key that is no text': () => whole(serialize({ key: new Map(), value: 1n })),
}

test('entries that are cut off, turned, alien or too large are not used', async () => {
  const wanted = await run(0, false)
  for (const [title, damage] of Object.entries(ACCIDENTS)) {
    await run(0)
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name)
      await writeFile(file, damage(await readFile(file)))
    }
    assert.deepEqual(await run(0), wanted, title)
  }
})
