/** The file LAYOUT: made once, brought up to date once, whoever comes at the same time. */
import assert from 'node:assert/strict'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { SpoolTooNew, SpoolUnavailable } from '#queue/errors.ts'
import { openQueue, openQueueToRead } from '#queue/open-queue.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { listTree } from '../../support/tree.ts'
import { makeFolder, makeQueue, request, settings, silent } from '../support.ts'

const deps = { log: silent, clock: Date.now }
const OLD = '{"version":1}\n'

test('programs that make a spool at once, or bring one up to date at once, agree on its id', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const open = () => Promise.all(Array.from({ length: 8 }, () => pinSpool(spoolDir, false)))
  const made = new Set(await open())
  assert.equal(made.size, 1)
  const { layout } = new SpoolPaths(spoolDir)
  await writeFile(layout, OLD)
  const upgraded = new Set(await open())
  assert.equal(upgraded.size, 1)
  assert.notDeepEqual(upgraded, made)
  assert.equal(await readFile(layout, 'utf8'), `{"version":2,"id":"${[...upgraded][0]}"}\n`)
  assert.deepEqual(new Set(await open()), upgraded)
})

test('a spool of version 1 is read as it is, and has an id when it is first written', async (t) => {
  const { spoolDir, queue } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  await queue.close()
  const { layout, root } = new SpoolPaths(spoolDir)
  await writeFile(layout, OLD)
  const before = await listTree(root)
  const reader = await openQueueToRead(spoolDir, deps)
  assert.equal((await reader.list({ limit: 9 })).jobs[0]?.view.job_id, 'acme--a')
  await reader.close()
  assert.deepEqual(await listTree(root), before)
  const writer = await openQueue(spoolDir, settings, deps)
  assert.equal((await writer.read('acme--a'))?.view.status, 'queued')
  await writer.close()
  assert.match(await readFile(layout, 'utf8'), /^\{"version":2,"id":"[0-9a-f]{32}"\}\n$/)
})

test('a newer layout is refused by readers and writers, with nothing written', async (t) => {
  const { spoolDir, queue } = await makeQueue(t)
  await queue.close()
  await writeFile(new SpoolPaths(spoolDir).layout, '{"version":3}\n')
  const before = await listTree(spoolDir)
  await assert.rejects(openQueueToRead(spoolDir, deps), SpoolTooNew)
  await assert.rejects(openQueue(spoolDir, settings, deps), SpoolTooNew)
  await assert.rejects(pinSpool(spoolDir, 'f'.repeat(32)), SpoolTooNew)
  assert.deepEqual(await listTree(spoolDir), before)
})

test('LAYOUT that is deleted under a program comes back with its id, but not in a folder that was emptied', async (t) => {
  const { spoolDir, queue } = await makeQueue(t)
  const paths = new SpoolPaths(spoolDir)
  const text = await readFile(paths.layout, 'utf8')
  await rm(paths.layout)
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  assert.equal(await readFile(paths.layout, 'utf8'), text)
  for (const name of ['LAYOUT', 'jobs', 'ready']) await rm(path.join(spoolDir, name), { recursive: true })
  await assert.rejects(queue.submit(request('acme--b')), SpoolUnavailable)
  await assert.rejects(stat(paths.jobs), { code: 'ENOENT' })
  await mkdir(paths.jobs)
})
