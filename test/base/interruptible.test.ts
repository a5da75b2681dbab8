import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { OutOfTime, runWithTimeLimit, workThrough } from '#base/interruptible.ts'

const forEver = (): never => {
  for (;;);
}
/** Doubles its time with each letter. */
const backtrack = (): boolean => /^(a+)+$/.test(`${'a'.repeat(60)}!`)

test('what a limit does not meet gives its result, and throws what it throws', () => {
  const error = new TypeError('x')
  assert.equal(
    runWithTimeLimit(60_000, () => 7),
    7,
  )
  assert.throws(
    () =>
      runWithTimeLimit(60_000, () => {
        throw error
      }),
    (thrown) => thrown === error,
  )
})

test('a loop, a regular expression and WebAssembly are ended', () => {
  // (module (func (export "f") (loop (br 0))))
  const wasm = Buffer.from('0061736d0100000001040160000003020100070501016600000a0901070003400c000b0b', 'hex')
  assert.throws(() => runWithTimeLimit(50, forEver), OutOfTime)
  assert.throws(() => runWithTimeLimit(50, backtrack), OutOfTime)
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports as { f(): void }
  assert.throws(() => runWithTimeLimit(50, f), OutOfTime)
})

test('no catch holds it up', () => {
  const stubborn = (): void => {
    for (;;) {
      try {
        forEver()
      } catch {}
    }
  }
  assert.throws(() => runWithTimeLimit(50, stubborn), OutOfTime)
})

test('of two limits the one that is up ends its own work alone', () => {
  const seen: string[] = []
  runWithTimeLimit(60_000, () => {
    assert.throws(() => runWithTimeLimit(50, forEver), OutOfTime)
    seen.push('outer goes on')
  })
  assert.throws(
    () =>
      runWithTimeLimit(50, () => {
        try {
          runWithTimeLimit(60_000, forEver)
        } catch {
          seen.push('inner must not see it')
        }
      }),
    OutOfTime,
  )
  assert.deepEqual(seen, ['outer goes on'])
})

test('an item that takes too long is told of, and the others are done', () => {
  const [done, late]: [number[], number[]] = [[], []]
  const items = [1, 2, 3, 4].values()
  const work = (item: number): void => {
    if (item % 2 === 0) forEver()
    done.push(item)
  }
  while (!workThrough(items, 100, work, (item) => late.push(item)));
  assert.deepEqual(
    [done, late],
    [
      [1, 3],
      [2, 4],
    ],
  )
})

test('items of a generator are refused: it could not go on after an interruption', () => {
  function* items() {
    yield 1
  }
  assert.throws(() => workThrough(items(), 1_000, () => undefined, assert.fail), /generator/)
})

test('an error in an item is thrown, and what comes after it can be gone on with', () => {
  const done: number[] = []
  const items = [1, 2, 3].values()
  const work = (item: number): void => {
    if (item === 2) throw new TypeError('two')
    done.push(item)
  }
  assert.throws(() => workThrough(items, 1_000, work, assert.fail), /two/)
  assert.equal(workThrough(items, 1_000, work, assert.fail), true)
  assert.deepEqual(done, [1, 3])
})

test('a thread keeps limits, too', async () => {
  const module = new URL('../../src/base/interruptible.ts', import.meta.url).href
  const hooks = new URL('../../src/tsx.mjs', import.meta.url).href
  const code = `const { parentPort } = require('node:worker_threads')
    import(${JSON.stringify(hooks)}).then(() => import(${JSON.stringify(module)})).then(({ runWithTimeLimit }) => {
      try { runWithTimeLimit(50, () => { for (;;); }) } catch (error) { parentPort.postMessage(error.name) }
    })`
  const worker = new Worker(code, { eval: true })
  const [name] = await new Promise<string[]>((resolve, reject) => {
    worker.once('message', (message: string) => resolve([message]))
    worker.once('error', reject)
  })
  await worker.terminate()
  assert.equal(name, 'OutOfTime')
})
