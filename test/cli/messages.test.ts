/** Messages that lead an operator on: commands that can be run as they are, and errors that are called what they are. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { forLog } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import { ServerUnreachable } from '#cli/service-client.ts'
import { SpoolOwnedByAnother } from '#cli/spool-owner.ts'
import { NoDocuments } from '#cli/written-sets.ts'
import { FolderHasJobs } from '#queue/spool/database-mark.ts'
import { program } from '../support/docspool.ts'

test('commands in hints begin with the program as it can be run', () => {
  for (const { hint } of [new ServerUnreachable('x'), new NoDocuments('x'), new FolderHasJobs('x')]) {
    assert.ok(hint.includes(`\`${PROGRAM} `), hint)
  }
})

test('who may not use a spool of root is told how to get it', () => {
  const { hint } = new SpoolOwnedByAnother('/srv/spool', 'up', { uid: 0, gid: 0 })
  assert.match(
    hint ?? '',
    /^Run: sudo .*\nIf root made it by mistake, give it to this user, as root: chown -hR \S+ \/srv\/spool$/,
  )
  assert.doesNotMatch(new SpoolOwnedByAnother('/srv/spool', 'up', { uid: 4242, gid: 4242 }).hint ?? '', /chown/)
})

test('a full disk is SPOOL_FULL in the log', () => {
  assert.equal(forLog(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })).code, 'SPOOL_FULL')
  assert.equal(forLog(new Error('x')).code, 'INTERNAL')
})

test('a current folder that has been removed is named', () => {
  const cwd = mkdtempSync(path.join(tmpdir(), 'docspool-gone-'))
  // Makes the bundle, which is not possible there.
  assert.equal(spawnSync(process.execPath, [program, '--version']).status, 0)
  const script = 'rmdir "$PWD"; exec "$0" "$1" generate repository'
  const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, program], { cwd, encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(stderr, /^docspool: the current folder has been removed\n/)
})
