/** Folders that are no spool, and must not become one because somebody named the wrong path. */
import assert from 'node:assert/strict'
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { NoSpool, SpoolOccupied } from '#queue/errors.ts'
import { openQueue, openQueueToRead } from '#queue/open-queue.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { requireSpool } from '#queue/require-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { listTree } from '../../support/tree.ts'
import { makeFolder, makeQueue, request, settings, silent } from '../support.ts'

const deps = { log: silent, clock: Date.now }

/** A folder with these files; a name that ends with a slash is a folder. */
async function makeTree(t: TestContext, names: readonly string[]): Promise<string> {
  const folder = path.join(await makeFolder(t), 'folder')
  await mkdir(folder)
  for (const name of names) {
    const file = path.join(folder, name)
    await mkdir(name.endsWith('/') ? file : path.dirname(file), { recursive: true })
    if (!name.endsWith('/')) await writeFile(file, 'mine')
  }
  return folder
}

for (const names of [
  ['jobs/list.txt', 'keys/id_rsa', 'work/thesis.txt'],
  ['jobs/2024/list.txt'],
  ['work/thesis.txt'],
  ['tmp/photo.jpg'],
  ['docs/index.html'],
  ['ended/failed/exam.txt'],
  ['work'],
  ['spend.json'],
  ['src/main.c', 'tmp/'],
]) {
  test(`a folder with ${names.join(', ')} is no spool and does not become one`, async (t) => {
    const folder = await makeTree(t, names)
    const before = await listTree(folder)
    await assert.rejects(pinSpool(folder, false), (error) => {
      assert.ok(error instanceof SpoolOccupied)
      assert.ok(
        error.message.includes(folder) &&
          /^Set DOCSPOOL_SPOOL_DIR or --spool-dir to an empty or new folder/.test(error.hint),
      )
      return error.code === 'SPOOL_UNUSABLE'
    })
    await assert.rejects(openQueue(folder, settings, deps), SpoolOccupied)
    await assert.rejects(requireSpool(folder), NoSpool)
    await assert.rejects(openQueueToRead(folder, deps), NoSpool)
    assert.deepEqual(await listTree(folder), before)
  })
}

test('a link in the place of a folder of the spool is not followed when one would be made', async (t) => {
  const folder = await makeTree(t, [])
  const elsewhere = await makeTree(t, ['thesis.txt'])
  await symlink(elsewhere, path.join(folder, 'jobs'))
  await assert.rejects(pinSpool(folder, false), SpoolOccupied)
  await assert.rejects(requireSpool(folder), NoSpool)
})

for (const names of [
  [],
  ['lost+found/', '.snapshot/daily'],
  ['README.md', 'notes/today.txt'],
  ['docs/lost+found/', 'cache/'],
  ['tmp/4711-99-0'],
]) {
  test(`a spool is made in a folder with ${names.join(', ') || 'nothing'}`, async (t) => {
    const folder = await makeTree(t, names)
    assert.match(await pinSpool(folder, false), /^[0-9a-f]{32}$/)
    await requireSpool(folder)
  })
}

test('a spool that was begun beside other files is made in the end', async (t) => {
  const folder = await makeTree(t, ['README.md', 'tmp/4711-99-0'])
  await chmod(path.join(folder, 'tmp'), 0o700)
  assert.match(await pinSpool(folder, false), /^[0-9a-f]{32}$/)
})

for (const jobs of [[], ['acme--a']]) {
  test(`a spool that has lost LAYOUT, with ${jobs.length} jobs, is one all the same`, async (t) => {
    const { spoolDir, queue } = await makeQueue(t)
    for (const id of jobs) await queue.submit(request(id))
    await queue.close()
    const { layout, workers } = new SpoolPaths(spoolDir)
    await writeFile(path.join(workers, 'left'), '')
    await rm(layout)
    await requireSpool(spoolDir)
    const again = await openQueue(spoolDir, settings, deps)
    assert.equal((await again.counts()).queued, jobs.length)
    await again.close()
  })
}
