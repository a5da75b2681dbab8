/** What commands say where they cannot write, and by which name they call the spool. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { chown, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeSpool } from '../queue/faults/programs.ts'
import { program } from '../support/docspool.ts'
import { lacking } from '../support/skips.ts'

async function run(args: string[], out: number | 'ignore' = 'ignore'): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', out, 'pipe'] })
  let err = ''
  child.stderr?.on('data', (chunk) => (err += String(chunk)))
  await once(child, 'close')
  return { code: child.exitCode, err }
}

test('output on a full disk is one line, and a failure', async () => {
  for (const args of [['--version'], ['check-config']]) {
    const { code, err } = await run(args, openSync('/dev/full', 'w'))
    assert.equal(code, 1)
    assert.match(err, /^docspool: cannot write its output: [^\n]*ENOSPC[^\n]*\n$/)
  }
})

test('a spool of another user has the name that was given', async (t: TestContext) => {
  if (process.getuid?.() !== 0) return t.skip(lacking('the right to start programs as somebody else'))
  const { spoolDir } = await makeSpool(t, 65_534)
  await mkdir(path.join(spoolDir, 'keys'), { recursive: true })
  await writeFile(path.join(spoolDir, 'keys', 'id_rsa'), 'mine')
  await chown(spoolDir, 65_534, 65_534)
  const { code, err } = await run(['init', '--spool-dir', spoolDir])
  assert.equal(code, 78)
  assert.ok(err.startsWith(`docspool: ${spoolDir} is not a spool`), err)
})

test('a folder that nobody can make ends init for good', async () => {
  const { code, err } = await run(['init', '--spool-dir', '/proc/1/root/proc/x'])
  assert.equal(code, 78)
  assert.match(err, /\(SPOOL_UNUSABLE\)\nSet DOCSPOOL_SPOOL_DIR or --spool-dir to a folder /)
})
