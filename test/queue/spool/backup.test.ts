/** A backup as the recipe makes it: without the folders of what runs. It is looked at before anything opens it to write. */
import assert from 'node:assert/strict'
import { rm, truncate } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { collectGarbage } from '#queue/gc.ts'
import { openQueueToRead } from '#queue/open-queue.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { listTree } from '../../support/tree.ts'
import { makeQueue, NO_TIDYING, request, silent } from '../support.ts'

const deps = { log: silent, clock: Date.now }
/** See docs/operations.md. */
const NOT_COPIED = ['active', 'workers', 'journal', 'tmp', 'work', 'cache', 'made']
const INDEXES = ['ready', 'delayed', 'ended', 'repos', 'outbox', 'expired', 'keys', 'control', 'corrupt', 'docs']

for (const missing of [NOT_COPIED, [...NOT_COPIED, ...INDEXES]]) {
  test(`a spool without ${missing.join(', ')} can be looked at, and nothing is made in it`, async (t) => {
    const { spoolDir, queue } = await makeQueue(t)
    for (const id of ['acme--a', 'acme--b', 'acme--torn']) await queue.submit(request(id))
    await queue.cancel('acme--b')
    await queue.close()
    for (const name of missing) await rm(path.join(spoolDir, name), { recursive: true, force: true })
    await truncate(new SpoolPaths(spoolDir).revision('acme--torn', 1), 10)
    const before = await listTree(spoolDir)
    const reader = await openQueueToRead(spoolDir, deps)
    const { jobs } = await reader.list({ limit: 9 })
    const state = await reader.state()
    assert.equal((await reader.read('acme--b'))?.view.status, 'failed')
    assert.equal(await reader.read('acme--torn'), undefined)
    await reader.foreignFiles()
    await reader.close()
    const ids = jobs.map(({ view }) => view.job_id).sort()
    assert.deepEqual(ids, missing === NOT_COPIED ? ['acme--a', 'acme--b'] : [])
    assert.deepEqual(state.counts.failed, missing === NOT_COPIED ? 1 : 0)
    const dry = { ...deps, keepJobsMs: 0, isDry: true }
    assert.deepEqual((await collectGarbage(spoolDir, dry, NO_TIDYING)).removed.length, state.counts.failed)
    assert.deepEqual(await listTree(spoolDir), before)
  })
}
