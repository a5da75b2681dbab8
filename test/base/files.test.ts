/** Reads of a file that return fewer bytes than requested are completed, and those of a file that is too large end. */
import assert from 'node:assert/strict'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { readFully, readPlain } from '#base/files.ts'

test('a buffer is filled by several short reads, and only the end of the file leaves part of it empty', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'a')
  await writeFile(file, '0123456789')
  const handle = await open(file)
  t.after(() => handle.close())
  /** Reads from the real file, at most three bytes at a time. */
  const short = {
    read: (buffer: Buffer, offset: number, length: number, position: number) =>
      handle.read(buffer, offset, Math.min(length, 3), position),
  } as typeof handle
  const buffer = Buffer.alloc(8)
  assert.equal(await readFully(short, buffer, 1), 8)
  assert.equal(buffer.toString(), '12345678')
  assert.equal(await readFully(short, buffer, 5), 5)
  assert.equal(buffer.subarray(0, 5).toString(), '56789')
  assert.equal(await readFully(short, Buffer.alloc(0), 0), 0)
})

test('the text of a file larger than any record is empty', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const [bytes, read] of [
    [262_144, 262_144],
    [262_145, 0],
  ] as const) {
    const file = path.join(folder, String(bytes))
    await writeFile(file, 'x'.repeat(bytes))
    assert.equal((await readPlain(file)).text.length, read)
  }
})
