/** A sync of the whole file system says why it failed, and ends within its time limit. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { syncFileSystem, syncJobs } from '#queue/spool/sync-records.ts'

/** Puts a program called `sync` first on the PATH; without a script, there is none. */
async function withSync(t: TestContext, script?: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-sync-'))
  const { PATH } = process.env
  t.after(async () => {
    process.env.PATH = PATH
    await rm(folder, { recursive: true, force: true })
  })
  if (script !== undefined) await writeFile(path.join(folder, 'sync'), `#!/bin/sh\n${script}\n`, { mode: 0o700 })
  process.env.PATH = script === undefined ? folder : `${folder}:${PATH}`
  return folder
}

test('a missing `sync` is reported as missing', async (t) => {
  const folder = await withSync(t)
  await assert.rejects(syncFileSystem(folder), /^Error: `sync` is not installed$/)
})

test('a failure is reported with what `sync` printed', async (t) => {
  const folder = await withSync(t, 'echo "error syncing: Input/output error" >&2; exit 1')
  await assert.rejects(syncFileSystem(folder), /^Error: `sync` failed \(error syncing: Input\/output error\)$/)
})

test('a `sync` that hangs is killed', async (t) => {
  const folder = await withSync(t, 'exec sleep 600')
  await assert.rejects(syncFileSystem(folder, 100), /^Error: `sync` did not finish within 0.1 s$/)
})

test('records are synced one by one when the file system cannot be', async (t) => {
  const folder = await withSync(t, 'exit 1')
  const jobs = new Map(Array.from({ length: 100 }, (_, index) => [`acme--${index}`, 1]))
  // The folder is not a spool: the check for a missing spool shows that the records themselves were tried.
  await assert.rejects(syncJobs(new SpoolPaths(folder), jobs), { code: 'ENOENT' })
})
