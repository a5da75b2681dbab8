/** The disk fills up under a server and a supervisor that run, and is freed again. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { open, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { lacking } from '../../support/skips.ts'
import { atEnd, silent } from '../support.ts'
import {
  begins,
  completeAll,
  makeSpool,
  postUntilTaken,
  release,
  startServer,
  startSupervisor,
  stillRun,
} from './programs.ts'

/** Mount a small file system; false where this may not be done. */
function mountSmall(t: TestContext, folder: string, limit: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `${limit},mode=0700`, 'none', folder], { stdio: 'ignore' })
  } catch {
    t.skip(lacking('the right to mount'))
    return false
  }
  atEnd(t, () => execFileSync('umount', ['-l', folder]))
  return true
}

/** Write until there is no space, not for a single byte. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w')
  try {
    for (const size of [65_536, 4_096, 1]) {
      for (;;) if ((await handle.write(Buffer.alloc(size, 1)).catch(() => undefined)) === undefined) break
    }
  } finally {
    await handle.close()
  }
}

test('a full disk takes nothing in and ends nothing; when there is space all goes on by itself', async (t) => {
  const { spoolDir, fs } = await makeSpool(t)
  if (!mountSmall(t, fs, 'size=12m')) return
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  const ballast = path.join(fs, 'ballast')
  await fill(ballast)

  const refused: string[] = []
  for (let n = 0; n < 12; n++) {
    const { status, body } = await server.post(`quick-${n}`)
    if (status === 202) continue
    assert.deepEqual([status, body.code], [507, 'SPOOL_FULL'])
    refused.push(`quick-${n}`)
    await fill(ballast)
  }
  assert.ok(refused.length > 0, 'there was space for all of them')
  assert.equal((await fetch(`${server.origin}/readyz`)).ok, false)
  assert.equal((await fetch(`${server.origin}/healthz`)).ok, true)
  await release(spoolDir, 'held')
  assert.notEqual((await server.read('held')).body.status, 'failed')

  await rm(ballast)
  for (const name of refused) await postUntilTaken(server, name)
  await completeAll(server, spoolDir, ['held', ...Array.from({ length: 12 }, (_, n) => `quick-${n}`)])
  assert.equal((await fetch(`${server.origin}/readyz`)).ok, true)
  stillRun(server, supervisor)
  assert.deepEqual((await fsck(spoolDir, { log: silent, clock: Date.now })).quarantined, [], 'no half record')
})

test('a file system without a free inode does the same', async (t) => {
  const { spoolDir, fs } = await makeSpool(t)
  if (!mountSmall(t, fs, 'size=12m,nr_inodes=800')) return
  const server = await startServer(t, spoolDir)
  const supervisor = await startSupervisor(t, spoolDir)
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  let count = 0
  const fillInodes = async (): Promise<void> => {
    while ((await writeFile(path.join(fs, `ballast-${count}`), '').catch(() => 'full')) === undefined) count += 1
  }
  await fillInodes()
  const { status, body } = await server.post('quick')
  assert.deepEqual([status, body.code], [507, 'SPOOL_FULL'])
  await release(spoolDir, 'held')
  for (const name of await readdir(fs)) if (name.startsWith('ballast')) await rm(path.join(fs, name))
  await postUntilTaken(server, 'quick')
  await completeAll(server, spoolDir, ['held', 'quick'])
  stillRun(server, supervisor)
  assert.deepEqual((await fsck(spoolDir, { log: silent, clock: Date.now })).quarantined, [], 'no half record')
})
