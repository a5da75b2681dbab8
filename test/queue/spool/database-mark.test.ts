/** The folder of a machine beside a database: without the setting, no command takes it for a spool. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { openQueue, openQueueToRead } from '#queue/open-queue.ts'
import { pinFolder } from '#queue/pin-spool.ts'
import { hasRecords, isBesideDatabase, SpoolBesideDatabase } from '#queue/spool/database-mark.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { program } from '../../support/docspool.ts'
import { makeFolder, request, settings, silent } from '../support.ts'

const COMMANDS = ['fsck', 'gc', 'gc --dry-run', 'pause', 'resume', 'drain', 'jobs', 'up', 'serve', 'supervise']
const databaseUrl = 'postgres://nobody@127.0.0.1:1/none'

test('every command refuses a folder beside a database when no database is configured, and changes nothing', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'machine')
  await pinFolder({ spoolDir, expectSpool: false, databaseUrl })
  const { work, databaseMark } = new SpoolPaths(spoolDir)
  await mkdir(path.join(work, 'acme--a.1'))
  const deps = { log: silent, clock: Date.now }
  await assert.rejects(openQueue(spoolDir, settings, deps), SpoolBesideDatabase)
  await assert.rejects(openQueueToRead(spoolDir, deps), SpoolBesideDatabase)
  for (const command of COMMANDS) {
    const child = spawn(process.execPath, [program, ...command.split(' ')], {
      env: { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let text = ''
    child.stderr.on('data', (chunk) => (text += String(chunk)))
    const [code] = await once(child, 'close')
    assert.equal(code, 78, `${command}: ${text}`)
    assert.match(text, /SPOOL_BESIDE_DATABASE[\s\S]*DOCSPOOL_DATABASE_URL/, command)
  }
  assert.deepEqual(await readdir(work), ['acme--a.1'])
  await rm(databaseMark)
  await (await openQueue(spoolDir, settings, deps)).close()
})

test('a spool with jobs is not taken for the folder of a machine beside a database', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const queue = await openQueue(spoolDir, settings, { log: silent, clock: Date.now })
  await queue.submit(request('acme--a'))
  await queue.close()
  assert.equal(await hasRecords(spoolDir), true)
  assert.equal(await isBesideDatabase(spoolDir), false)
})
