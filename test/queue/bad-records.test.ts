/** Files of the spool that are no JSON, or no record: a check puts all of them aside, and nothing else of the spool suffers. */
import assert from 'node:assert/strict'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { createApp } from '#http/app.ts'
import { fsck } from '#queue/fsck.ts'
import { openQueue } from '#queue/open-queue.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createSetStore } from '#store/sets.ts'
import { BAD_JSON, ODD_JSON } from '../support/bad-json.ts'
import { makeQueue, request, settings, silent } from './support.ts'

const deps = { log: silent, clock: Date.now }
const texts = [...BAD_JSON, ...ODD_JSON]
const ids = texts.map((_, n) => `acme--bad-${n}`)

/** A spool with a good job and, for each text, one whose files hold that text and nothing else. */
async function spoil(t: TestContext): Promise<{ spoolDir: string; paths: SpoolPaths }> {
  const { queue, spoolDir } = await makeQueue(t, { queueSize: 10_000 })
  const paths = new SpoolPaths(spoolDir)
  await Promise.all([...ids, 'acme--good'].map((id) => queue.submit(request(id))))
  await queue.close()
  for (const [n, text] of texts.entries()) {
    const id = ids[n] ?? ''
    await writeFile(paths.revision(id, 1), Buffer.from(text, 'latin1'))
    await writeFile(path.join(paths.job(id), 'job.json'), Buffer.from(text, 'latin1'))
    // What is new may still be written.
    await utimes(paths.job(id), 1, 1)
  }
  return { spoolDir, paths }
}

/** Nothing of the bad jobs is where jobs are, all of it is aside, and the good one waits. */
async function assertAside(paths: SpoolPaths): Promise<void> {
  // A folder without a record may be about to get one: it is left alone for a minute.
  for (const id of ids) await utimes(paths.job(id), 1, 1)
  await fsck(paths.root, deps)
  const left = (await readdir(paths.jobs, { recursive: true })).filter((file) => file.includes('acme--bad-'))
  assert.deepEqual(left, [])
  const waiting = (await readdir(paths.ready)).map((name) => name.slice('5-1700000000000-'.length))
  assert.deepEqual(waiting, ['acme--good'])
  assert.ok((await readdir(paths.corrupt)).length >= texts.length)
}

test('a check puts all records aside that cannot be read, and says so', async (t) => {
  const { spoolDir, paths } = await spoil(t)
  const { quarantined } = await fsck(spoolDir, deps)
  const found = new Set(quarantined.flatMap(({ file }) => file.split('/')))
  assert.deepEqual(
    ids.filter((id) => !found.has(id)),
    [],
  )
  t.diagnostic(`${texts.length} texts; ${quarantined.length} files put aside`)
  await assertAside(paths)
  assert.deepEqual((await fsck(spoolDir, deps)).quarantined, [])
})

test('a server that meets them first answers 404, and goes on with the others', async (t) => {
  const { spoolDir, paths } = await spoil(t)
  const queue = await openQueue(spoolDir, settings, deps)
  const app = createApp({
    queue,
    sets: createSetStore(path.join(spoolDir, 'docs')),
    assets: { read: () => undefined, version: () => '' },
    policy: { allowedHosts: ['git.invalid'], allowPrivateNetworks: false, localRepos: [] },
    log: silent,
    clock: Date.now,
    mainModel: 'offline',
    signal: new AbortController().signal,
  })
  const statuses = new Set<number>()
  for (const [n, id] of ids.entries()) {
    const first = n % 2 === 0 ? `/api/job/${id}` : `/jobs/${id}`
    for (const to of [first, `/docs/${id}`, `/api/job/${id}/log`]) statuses.add((await app.request(to)).status)
    statuses.add((await app.request(`/api/job/${id}/cancel`, { method: 'POST' })).status)
  }
  assert.deepEqual([...statuses], [404])
  for (const to of ['/', '/api/jobs?limit=100', '/api/queue', '/readyz', '/api/job/acme--good']) {
    assert.equal((await app.request(to)).status, 200, to)
  }
  await queue.close()
  await assertAside(paths)
})
