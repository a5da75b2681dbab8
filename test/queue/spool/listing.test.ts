/** Names kept in memory. */
import assert from 'node:assert/strict'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { indexOfName, Listing } from '#queue/spool/listing.ts'
import { makeFolder } from '../support.ts'

test('it shows what others add and take away, at once and sorted', async (t) => {
  const folder = await makeFolder(t)
  const listing = new Listing(folder)
  for (let round = 0; round < 200; round++) {
    await writeFile(path.join(folder, `n${round}`), '')
    assert.ok((await listing.names()).includes(`n${round}`), `round ${round}`)
    if (round % 2 === 0) {
      await rm(path.join(folder, `n${round}`))
      assert.ok(!(await listing.names()).includes(`n${round}`), `round ${round}`)
    }
  }
  const names = await listing.names()
  assert.deepEqual([...names], [...names].sort())
})

test('many who ask at once all see what was there when they asked', async (t) => {
  const folder = await makeFolder(t)
  const listing = new Listing(folder)
  await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      await writeFile(path.join(folder, `n${n}`), '')
      assert.ok((await listing.names()).includes(`n${n}`))
    }),
  )
})

test('hidden names are left out, and a folder that was replaced is read anew', async (t) => {
  const root = await makeFolder(t)
  const folder = path.join(root, 'a')
  const { mkdir } = await import('node:fs/promises')
  await mkdir(folder)
  await writeFile(path.join(folder, '.tmp-1'), '')
  await writeFile(path.join(folder, 'x'), '')
  const listing = new Listing(folder)
  assert.deepEqual([...(await listing.names())], ['x'])
  await rename(folder, path.join(root, 'b'))
  await assert.rejects(listing.names(), { code: 'ENOENT' })
  await mkdir(folder)
  assert.deepEqual([...(await listing.names())], [])
})

test('it is known where a name stands or would stand', () => {
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].map((name) => indexOfName(['b', 'd'], name)),
    [0, 0, 1, 1, 2],
  )
})
