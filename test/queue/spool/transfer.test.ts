import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { makeFolder, silent } from '../support.ts'

test('files among the marks of expired jobs that are not marks are not listed', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const spool = await openSpool(spoolDir, { log: silent, clock: Date.now, leaseMs: 15_000 })
  t.after(() => spool.close())
  await spool.transfer.restoreExpired({ jobId: 'acme--a', atMs: 5_000 })
  const folder = path.dirname(new SpoolPaths(spoolDir).expiredMark('acme--a'))
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, '.hidden'), '')
  const marks: unknown[] = []
  for await (const mark of spool.transfer.listExpired()) marks.push(mark)
  assert.deepEqual(marks, [{ jobId: 'acme--a', atMs: 5_000 }])
})
