/** How the files of a set are cut; no database is needed. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { listSpans, ownBytes, readPieces } from '#store/postgres/set-pieces.ts'

const HEADER = Buffer.from('1f8b080000000000', 'hex')

async function makeSet(t: TestContext, files: Record<string, Buffer>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-pieces-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes)
  return folder
}

const packed = (...parts: Buffer[]): Buffer => Buffer.concat(parts.map((part) => gzipSync(part)))

async function hashesOf(folder: string): Promise<string[]> {
  const hashes: string[] = []
  for await (const { hash } of readPieces(folder, await listSpans(folder))) hashes.push(hash.toString('hex'))
  return hashes
}

test('a file of nothing but gzip headers is cut into pieces of some size, which count with their rows', async (t) => {
  const bytes = Buffer.alloc(4_000_000, HEADER)
  const folder = await makeSet(t, { 'set.pack': bytes, 'base-1.pack': bytes })
  const spans = await listSpans(folder)
  assert.ok(spans.length > 100 && spans.length <= 2 * (bytes.length / 4_096 + 1), String(spans.length))
  for (const file of ['set.pack', 'base-1.pack']) {
    let at = 0
    for (const span of spans.filter((one) => one.file === file)) {
      assert.equal(span.at, at)
      at += span.length
    }
    assert.equal(at, bytes.length)
  }
  // Of a base pack, which other sets share, the rows count.
  assert.ok(ownBytes(spans) > bytes.length + spans.length * 400, String(ownBytes(spans)))
})

test('equal parts are equal pieces, whatever is before them', async (t) => {
  const parts = Array.from({ length: 20 }, (_, at) => randomBytes(5_000 + at))
  const one = await hashesOf(await makeSet(t, { 'set.pack': packed(randomBytes(9_000), ...parts) }))
  const other = await hashesOf(await makeSet(t, { 'set.pack': packed(randomBytes(100), ...parts) }))
  assert.equal(one.length, 21)
  assert.ok(one.filter((hash) => other.includes(hash)).length >= 19)
})

test('a set is cut as the database has it, unless its size is another', async (t) => {
  const folder = await makeSet(t, { 'manifest.json': Buffer.from('{}'), 'set.pack': packed(randomBytes(9_000)) })
  const whole = await listSpans(folder)
  const { length = 0 } = whole[1] ?? {}
  const stored = [10, 20, length - 30].map((each) => ({ file: 'set.pack', length: each }))
  const spans = await listSpans(folder, stored)
  assert.deepEqual(
    spans.slice(1).map((span) => [span.n, span.at, span.length]),
    [
      [0, 0, 10],
      [1, 10, 20],
      [2, 30, length - 30],
    ],
  )
  assert.deepEqual(await listSpans(folder, [...stored, { file: 'set.pack', length: 1 }]), whole)
})
