import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileFacts } from '#generate/analyse/engine/facts.ts'
import { readFacts } from '#generate/analyse/read-facts.ts'
import { readInThreads } from '#generate/analyse/read-pool.ts'
import type { ReadTree } from '#generate/analyse/read-thread.ts'
import type { SourceFile } from '#generate/model.ts'
import { inventoryOf } from './inventory-of.ts'

const signal = new AbortController().signal
const quiet = { signal, onProgress() {} }

async function javaFiles(count: number): Promise<SourceFile[]> {
  const texts = Array.from({ length: count }, (_, i) => [
    `p/C${i}.java`,
    `package p;\n/** Number ${i}. */\npublic class C${i} { int f(C${(i + 1) % count} other) { return other.f(this); } }\n`,
  ])
  return (await inventoryOf(Object.fromEntries(texts))).files
}

test('threads read what one thread reads, and tell how far they are', async () => {
  const files = await javaFiles(60)
  const steps: number[] = []
  const threads = await readInThreads(files, { threads: 2, signal, onProgress: (done) => steps.push(done) })
  const here = await readFacts(files, quiet)
  assert.equal(threads.size, 60)
  for (const [path, facts] of here) assert.deepEqual(threads.get(path), facts)
  assert.equal(steps.at(-1), 60)
})

test('threads find what files of Python read, beside their trees', async () => {
  const texts = { 'a.py': "import os\nos.environ['PLAN_DIR']\n", 'b.py': 'x = 1\n' }
  const read = await readInThreads<ReadTree>((await inventoryOf(texts)).files, { threads: 1, ...quiet })
  assert.deepEqual(
    read.get('a.py')?.reads?.reads.map(({ name }) => name),
    ['PLAN_DIR'],
  )
  assert.equal(read.get('b.py')?.reads, null)
})

test('a file that ends its thread is left out, the others of its batch are read', async () => {
  const files = await javaFiles(5)
  const fields = Array.from({ length: 36_000 }, (_, i) => `int f${i} = a.b(${i}).c;`).join('\n')
  const [large] = (await inventoryOf({ 'p/A.java': `class A { ${fields} }` })).files
  assert.ok(large)
  const facts = await readInThreads([large, ...files], { threads: 1, heapMb: 40, signal, onProgress() {} })
  assert.deepEqual([...facts.keys()].sort(), files.map((file) => file.path).sort())
})

test('an abort ends the threads at once', async () => {
  const controller = new AbortController()
  const filling = '// Filling.\n'.repeat(12_000)
  const texts = ['A', 'B', 'C'].map((name) => [`p/${name}.java`, `class ${name} {}\n${filling}`])
  const { files } = await inventoryOf(Object.fromEntries(texts))
  const steps: number[] = []
  // Each is a batch of its own.
  function onProgress(done: number): void {
    steps.push(done)
    controller.abort()
  }
  await assert.rejects(readInThreads(files, { threads: 1, signal: controller.signal, onProgress }), { code: 'ABORTED' })
  assert.deepEqual(steps, [1])
})

test('a language that cannot be loaded is an error and no empty result', async () => {
  const [file] = await javaFiles(1)
  assert.ok(file)
  const unknown = { ...file, language: 'klingon' }
  await assert.rejects(readInThreads([unknown], { signal, onProgress() {} }), /no language klingon/)
})

test('a thread that holds batches of several languages gives each file its own result', async () => {
  const { files } = await inventoryOf({
    'a/A.java': 'class A { int f() { return 1; } }\n',
    'b/b.go': 'package b\n\nfunc B() int { return 2 }\n',
    'c/c.rb': 'def c\n  3\nend\n',
    'd/d.rs': 'fn d() -> i32 { 4 }\n',
  })
  const threads = await readInThreads<FileFacts>(files, { threads: 1, signal, onProgress() {} })
  const here = await readFacts(files, quiet)
  assert.equal(threads.size, 4)
  for (const [path, facts] of here) assert.deepEqual(threads.get(path), facts, path)
})

/** A thread that behaves as `body` says; `read` gives a result that holds a file's path. */
function threadThat(body: string): URL {
  const script = `import { parentPort } from 'node:worker_threads'
    const read = (file) => ({ hasError: false, path: file.path })
    const answer = (results) => parentPort.postMessage(results)
    ${body}
    parentPort.postMessage('ready')`
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`)
}

const readBy = async (script: URL, count: number, threads = 1): Promise<string[]> => {
  const large = (await javaFiles(count)).map((file) => ({ ...file, text: `${file.text}${' '.repeat(90_000)}` }))
  return [...(await readInThreads(large, { threads, script, signal, onProgress() {} })).keys()].sort()
}

test('a thread that can read no more is replaced, and nothing that it held is lost', async () => {
  const worn = threadThat(`let left = 3
    parentPort.on('message', ({ files }) => {
      const now = files.slice(0, left)
      left -= now.length
      answer(now.map(read))
    })`)
  const paths = (await javaFiles(8)).map((file) => file.path).sort()
  assert.deepEqual(await readBy(worn, 8), paths)
  assert.deepEqual(await readBy(worn, 8, 2), paths)
})

test('threads that never read anything leave the files out and end', async () => {
  assert.deepEqual(await readBy(threadThat(`parentPort.on('message', () => answer([]))`), 3), [])
})

test('a thread that ends in the middle of a batch costs the file it ended at', async () => {
  const dying = threadThat(`parentPort.on('message', ({ files }) => {
      if (files.some((file) => file.path === 'p/C1.java')) process.exit(1)
      answer(files.map(read))
    })`)
  assert.deepEqual(await readBy(dying, 5), ['p/C0.java', 'p/C2.java', 'p/C3.java', 'p/C4.java'])
})
