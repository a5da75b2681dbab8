import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { unzipSync } from 'fflate'
import type { ExportedFile } from '#export/file.ts'
import { zipOf } from '#export/zip.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

async function* files(...names: string[]): AsyncGenerator<ExportedFile, void> {
  for (const name of names) yield { name, body: bytes(`${name} `.repeat(50_000)) }
}

const streamOf = (pieces: readonly Uint8Array<ArrayBuffer>[]) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })

const read = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(stream).arrayBuffer())

test('what goes into an archive comes out of it, below one folder', async () => {
  const unpacked = unzipSync(await read(zipOf(files('a.md', 'assets/b.css', '_c.md'), 'x-1', '2026-04-09T23:30:00Z')))
  assert.deepEqual(Object.keys(unpacked), ['x-1/a.md', 'x-1/assets/b.css', 'x-1/_c.md'])
  assert.equal(new TextDecoder().decode(unpacked['x-1/a.md']), 'a.md '.repeat(50_000))
})

test('the bytes follow from what is in a file, not from how it comes', async () => {
  const body = crypto.getRandomValues(new Uint8Array(60_000))
  const text = new Uint8Array([...body, ...bytes('of which there is more '.repeat(9_000)), ...body])
  const archives = await Promise.all(
    [text.length, 1_000, 65_536, 131_072].map(async (size) => {
      async function* one(): AsyncGenerator<ExportedFile, void> {
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
          text.slice(at * size, (at + 1) * size),
        )
        yield {
          name: 'a',
          body: size === text.length ? text : streamOf(pieces),
        }
      }
      return Buffer.from(await read(zipOf(one(), 'x', '')))
    }),
  )
  assert.deepEqual(unzipSync(archives[0] ?? new Uint8Array())['x/a'], text)
  for (const archive of archives.slice(1)) assert.ok(archive.equals(archives[0] ?? archive))
})

test('an empty file and an empty archive are well', async () => {
  async function* empty(): AsyncGenerator<ExportedFile, void> {
    yield { name: 'empty', body: bytes('') }
  }
  assert.deepEqual(unzipSync(await read(zipOf(empty(), 'x', ''))), { 'x/empty': bytes('') })
  assert.deepEqual(unzipSync(await read(zipOf(files(), 'x', ''))), {})
})

test('the same files give the same bytes in every time zone', async () => {
  const hashes = new Set<string>()
  const before = process.env.TZ
  for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles']) {
    process.env.TZ = zone
    const archive = await read(zipOf(files('a', 'b'), 'x', '2026-03-29T00:30:00Z'))
    hashes.add(createHash('sha256').update(archive).digest('hex'))
  }
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
  assert.equal(hashes.size, 1)
})

test('names that lead out of the folder are refused', async () => {
  for (const name of ['../a', 'a/../../b', '/etc/passwd', 'a\\b', 'a/./b', '..', 'a\0', 'C:x', 'a\u202eb']) {
    await assert.rejects(read(zipOf(files(name), 'x', '')), /Not a name/, name)
  }
})

test('an archive is made as it is read: no file is asked for before', async () => {
  const asked: string[] = []
  async function* watched(): AsyncGenerator<ExportedFile, void> {
    for (const name of ['a', 'b', 'c']) {
      asked.push(name)
      yield { name, body: crypto.getRandomValues(new Uint8Array(60_000)) }
    }
  }
  const reader = zipOf(watched(), 'x', '').getReader()
  assert.deepEqual(asked, [])
  await reader.read()
  assert.deepEqual(asked, ['a'])
  await reader.cancel()
  assert.deepEqual(asked, ['a'])
})
