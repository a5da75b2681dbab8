/** A part of the queue is on another disk, which files cannot be linked into: named, and never an internal error. */
import assert from 'node:assert/strict'
import { mkdir, rename, symlink } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { SpoolUnavailable, SpoolUnusable } from '#queue/errors.ts'
import { fsck } from '#queue/fsck.ts'
import { openQueue } from '#queue/open-queue.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import { makeDisk } from '../mounts.ts'
import { makeFolder, makeQueue, request, settings, silent } from '../support.ts'

const deps = { log: silent, clock: Date.now }
/** What a submission with a key is linked into. */
const NEEDED = ['jobs', 'ready', 'repos', 'tmp', 'keys']
/** How other disks are mounted. A bind mount has the device of the spool, and no links into it either. */
const WAYS = [['--bind'], ['-t', 'tmpfs']]

/** Something else, mounted on a folder of the spool; `undefined` where nothing can be mounted. */
async function mountOn(t: TestContext, spoolDir: string, name: string, how = WAYS[0]) {
  const disk = path.join(await makeFolder(t), 'disk')
  await mkdir(disk, { mode: 0o700 })
  return makeDisk(t, disk, path.join(spoolDir, name), how)
}

test('a disk that is mounted on a folder of the queue makes submissions and the probe fail until it is gone', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  const submit = (id: string) => queue.submit(request(id, { idempotencyKey: `key of ${id}` }))
  for (const [index, name] of NEEDED.entries()) {
    const id = `acme--${name}`
    const disk = await mountOn(t, spoolDir, name, WAYS[index % 2])
    if (disk === undefined) return
    await assert.rejects(submit(id), (error) => error instanceof SpoolUnavailable && error.message.includes(name))
    await assert.rejects(queue.probe(), (error) => error instanceof SpoolUnavailable && error.message.includes(name))
    disk.unmount()
    assert.deepEqual(await queue.probe(), [])
    await submit(id)
    assert.equal((await queue.read(id))?.view.status, 'queued')
  }
})

test('folders that are only claimed from are named while submissions are accepted, and documents may be elsewhere', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (const [name, found] of [
    ['active', ['active']],
    ['docs', []],
    ['journal', []],
  ] as const) {
    const disk = await mountOn(t, spoolDir, name)
    if (disk === undefined) return
    assert.deepEqual(await queue.probe(), found)
    await queue.submit(request(`acme--${name}`))
    disk.unmount()
  }
})

test('with such a disk or a link nothing starts, before the first start and later, and the folder is named', async (t) => {
  const isNamed = (name: string) => (error: unknown) =>
    error instanceof SpoolUnusable && error.message.includes(`spool/${name} `)
  for (const name of [...NEEDED, 'active']) {
    const spoolDir = path.join(await makeFolder(t), 'spool')
    await mkdir(path.join(spoolDir, name), { recursive: true, mode: 0o700 })
    const disk = await mountOn(t, spoolDir, name)
    if (disk === undefined) return
    await assert.rejects(openQueue(spoolDir, settings, deps), isNamed(name))
    disk.unmount()
    await (await openQueue(spoolDir, settings, deps)).close()
    disk.mount()
    await assert.rejects(openQueue(spoolDir, settings, deps), isNamed(name))
    await assert.rejects(fsck(spoolDir, deps), isNamed(name))
  }
  const { spoolDir, queue } = await makeQueue(t)
  await queue.close()
  await rename(path.join(spoolDir, 'jobs'), path.join(spoolDir, 'elsewhere'))
  await symlink('elsewhere', path.join(spoolDir, 'jobs'))
  await assert.rejects(openQueue(spoolDir, settings, deps), isNamed('jobs'))
})

test('a link between two mounts is an unavailable spool, and the message names both folders', () => {
  const [from, dest] = ['/srv/spool/tmp/1-2-3', '/srv/spool/jobs/ab/acme--a/r000001.json']
  const error = toSpoolError(Object.assign(new Error('EXDEV'), { code: 'EXDEV', path: from, dest }))
  assert.ok(error instanceof SpoolUnavailable)
  assert.match(error.message, /: tmp and jobs are not on the same mount\.$/)
})
