/** Archives and large files on a real server: archives are made once, kept, whole or not at all. */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { TookTooLong } from '#base/overload-errors.ts'
import { ownerName } from '#base/owner.ts'
import type { DerivedFile } from '#http/derived-files.ts'
import { createDerivedFileStore, type MakeTask } from '#server/threads/derived-file-store.ts'
import { createSetStore } from '#store/sets.ts'
import { exampleSet } from '../../http/fixture.ts'
import { serve } from '../../http/served.ts'

const ZIP = '/static-docs/pallets--flask.zip'

function read(origin: string, to: string, options: RequestOptions = {}) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
    const asked = httpRequest(origin + to, options, (response) => {
      const { statusCode: status = 0, headers } = response
      buffer(response).then((body) => resolve({ status, headers, body }), reject)
    })
    asked.on('error', reject).end()
  })
}

const madeIn = async (folder: string) => (await readdir(path.join(folder, 'made')).catch(() => [])).sort()

test('an archive is made once for all who ask, kept, and given out in parts', async (t) => {
  const { origin, folder, queue, docsKey, ask } = await serve(t)
  queue.move('pallets--flask', { status: 'completed' }, docsKey)
  const head = await read(origin, ZIP, { method: 'HEAD' })
  assert.deepEqual([head.status, head.headers['content-length']], [200, undefined])
  assert.deepEqual(await madeIn(folder), [], 'nothing is made to say how long it would be')
  const both = await Promise.all([read(origin, ZIP), read(origin, ZIP)])
  const [{ body, headers }] = both
  assert.ok(both.every((each) => each.status === 200 && each.body.equals(body)))
  assert.deepEqual(
    Object.keys(unzipSync(body))
      .map((name) => path.basename(name))
      .sort(),
    [...exampleSet.files.keys(), ...(exampleSet.binaries?.keys() ?? [])].sort(),
  )
  const [name = '', ...others] = await madeIn(folder)
  assert.deepEqual([name, others], [`${docsKey}-set.bin`, []])
  assert.equal(headers['content-length'], String(body.length))
  const from = async (range: string, more = {}) => {
    const part = await read(origin, ZIP, { headers: { range, ...more } })
    return [part.status, part.headers['content-range'], part.body.toString('latin1')]
  }
  const text = (start: number, end?: number) => body.subarray(start, end).toString('latin1')
  assert.deepEqual(await from('bytes=10-19'), [206, `bytes 10-19/${body.length}`, text(10, 20)])
  assert.deepEqual(await from('bytes=-5'), [
    206,
    `bytes ${body.length - 5}-${body.length - 1}/${body.length}`,
    text(-5),
  ])
  assert.deepEqual(await from('bytes=10-', { 'if-range': headers.etag }), [
    206,
    `bytes 10-${body.length - 1}/${body.length}`,
    text(10),
  ])
  assert.deepEqual(await from('bytes=10-', { 'if-range': '"other"' }), [200, undefined, text(0)])
  for (const odd of ['bytes=9-3', 'bytes=1-2,4-5', 'lines=1-2', 'bytes=-'])
    assert.deepEqual((await from(odd))[0], 200, odd)
  const beyond = await read(origin, ZIP, { headers: { range: `bytes=${body.length}-` } })
  assert.deepEqual([beyond.status, beyond.headers['content-range']], [416, `bytes */${body.length}`])
  assert.equal((await read(origin, ZIP, { method: 'HEAD' })).headers['content-length'], String(body.length))
  assert.equal((await ask(ZIP, { headers: { 'if-none-match': headers.etag } })).status, 304)
  // A set that is gone has no archive, though its file is there.
  await rm(path.join(folder, 'docs', docsKey), { recursive: true })
  assert.equal((await read(origin, ZIP)).status, 404)
})

test('an archive is there after a restart, made anew where it was damaged, and never half of one', async (t) => {
  const { origin, folder, queue, docsKey } = await serve(t)
  queue.move('pallets--flask', { status: 'completed' }, docsKey)
  const { body } = await read(origin, ZIP)
  const file = path.join(folder, 'made', `${docsKey}-set.bin`)
  const made: string[] = []
  const dead = `.tmp-${ownerName().replace(/-\d+-(\d+)$/, '-999999999-$1')}-1-1`
  const foreign = `${'f'.repeat(32)}-set.bin`
  for (const name of [dead, foreign]) await writeFile(path.join(folder, 'made', name), 'half')
  // As another process opens it.
  const sets = createSetStore(path.join(folder, 'docs'))
  const again = createDerivedFileStore(path.join(folder, 'made'), {
    pool: {
      run: async ({ temporary, file: to }: MakeTask) => {
        made.push(path.basename(to))
        const bytes = Buffer.from('made anew')
        await writeFile(temporary, Buffer.concat([createHash('sha256').update(bytes).digest(), bytes]))
        await writeFile(to, await readFile(temporary))
        return null
      },
    },
    hasSet: (key) => sets.has(key),
  })
  await again.sweep()
  assert.deepEqual(
    await madeIn(folder),
    [path.basename(file)],
    'what a process left that died, and of sets that are gone',
  )
  const wanted: DerivedFile = { key: docsKey, archive: 'set', id: `${docsKey}-set` }
  const textOf = async () => {
    const found = await again.find(wanted)
    return found === undefined ? undefined : buffer(found.read(0, found.bytes) as never)
  }
  assert.deepEqual(await textOf(), body)
  const kept = await readFile(file)
  for (const damage of ['one bit', 'cut', 'empty']) {
    const damaged = Buffer.from(damage === 'one bit' ? kept : kept.subarray(0, damage === 'cut' ? -1 : 0))
    if (damage === 'one bit') damaged[100] = (damaged[100] ?? 0) ^ 1
    await writeFile(file, damaged)
    assert.equal(await textOf(), undefined, damage)
  }
  const caller = { signal: new AbortController().signal, client: undefined }
  const both = await Promise.all([again.make(wanted, caller, 60_000), again.make(wanted, caller, 60_000)])
  assert.deepEqual([both.map((each) => each?.bytes), made], [[9, 9], [`${docsKey}-set.bin`]])
})

test('what was asked for longest ago goes when there is no room', async (t) => {
  const { folder } = await serve(t)
  const store = createDerivedFileStore(path.join(folder, 'made'), {
    maxBytes: 300,
    pool: {
      run: async ({ file }: MakeTask) => {
        const bytes = Buffer.alloc(100)
        await writeFile(file, Buffer.concat([createHash('sha256').update(bytes).digest(), bytes]))
        return null
      },
    },
    hasSet: async () => true,
  })
  const caller = { signal: new AbortController().signal, client: undefined }
  const wanted = (id: string): DerivedFile => ({ key: 'k', archive: 'set', id })
  for (const id of ['a', 'b']) await store.make(wanted(id), caller, 60_000)
  await new Promise((resolve) => setTimeout(resolve, 20))
  await store.find(wanted('a'))
  await store.make(wanted('c'), caller, 60_000)
  assert.deepEqual(await madeIn(folder), ['a.bin', 'c.bin'])
})

test('an archive counts for the client that asked for it, and one that took too long is not tried again for an hour', async (t) => {
  const { folder } = await serve(t)
  let now = 0
  const runs: unknown[] = []
  const store = createDerivedFileStore(path.join(folder, 'made'), {
    pool: {
      run: async (_task, caller) => {
        runs.push(caller?.client)
        throw new TookTooLong()
      },
    },
    hasSet: async () => true,
    clock: () => now,
  })
  const caller = { signal: new AbortController().signal, client: '203.0.113.9' }
  const make = () => store.make({ key: 'k', archive: 'site', id: 'k-site' }, caller, 60_000)
  await assert.rejects(make(), TookTooLong)
  now = 3_599_999
  await assert.rejects(make(), TookTooLong)
  assert.deepEqual(runs, ['203.0.113.9'])
  now = 3_600_000
  await assert.rejects(make(), TookTooLong)
  assert.equal(runs.length, 2)
})

test('a large file is sent from the disk: as it lies to those who take gzip, inflated to others', async (t) => {
  const { origin, folder, queue } = await serve(t)
  const text = 'What there is to say of it.\n'.repeat(60_000)
  const key = await createSetStore(path.join(folder, 'docs')).publish({
    ...exampleSet,
    files: new Map([...exampleSet.files, ['llms-full.txt', text]]),
  })
  queue.move('pallets--flask', { status: 'completed' }, key)
  const to = '/static-docs/pallets--flask/llms-full.txt'
  const plain = await read(origin, to)
  assert.deepEqual([plain.status, plain.headers['content-encoding'], String(plain.body)], [200, undefined, text])
  const gzip = { headers: { 'accept-encoding': 'gzip' } }
  const packed = await read(origin, to, gzip)
  assert.equal(packed.headers['content-encoding'], 'gzip')
  assert.equal(String(gunzipSync(packed.body)), text)
  assert.notEqual(packed.headers.etag, plain.headers.etag)
  for (const { headers, body } of [plain, packed]) {
    assert.match(String(headers.vary), /Accept-Encoding/)
    assert.equal(headers['content-length'], String(body.length))
  }
  assert.deepEqual(await madeIn(folder), [], 'it is sent as it lies in the set')
  assert.deepEqual((await read(origin, to, gzip)).body, packed.body)
  const part = await read(origin, to, { headers: { range: 'bytes=28-54' } })
  assert.deepEqual([part.status, String(part.body)], [206, text.slice(28, 55)])
  const packedPart = await read(origin, to, { headers: { ...gzip.headers, range: 'bytes=10-19' } })
  assert.deepEqual([packedPart.status, packedPart.body], [206, packed.body.subarray(10, 20)])
  for (const [headers, length] of [
    [{}, text.length],
    [gzip.headers, packed.body.length],
  ] as const) {
    const head = await read(origin, to, { method: 'HEAD', headers })
    assert.deepEqual([head.headers['content-length'], head.body.length], [String(length), 0])
  }
  for (const [headers, etag] of [
    [gzip.headers, packed.headers.etag],
    [{}, plain.headers.etag],
  ] as const)
    assert.equal((await read(origin, to, { headers: { ...headers, 'if-none-match': etag } })).status, 304)
})
