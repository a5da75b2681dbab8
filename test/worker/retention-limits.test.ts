/** `docspool gc` without the settings of the service keeps what the service keeps. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { atEnd, makeFolder, until } from '../queue/support.ts'
import { program } from '../support/docspool.ts'

const DAY_S = 86_400

function start(t: TestContext, spoolDir: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  atEnd(t, () => child.kill('SIGKILL'))
  return child
}

async function gc(t: TestContext, spoolDir: string, ...args: string[]) {
  const child = start(t, spoolDir, ['gc', '--json', ...args])
  let out = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  const [code] = await once(child, 'close')
  assert.equal(code, 0)
  const report: { documents: { key: string }[]; service_limits: Record<string, number> } = JSON.parse(out)
  return { limits: report.service_limits, removed: report.documents.map(({ key }) => key) }
}

test('gc uses the limits of the last supervisor, unless others are given', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const supervisor = start(t, spoolDir, ['supervise'], {
    DOCSPOOL_CACHE_EXPIRY_DAYS: '3650',
    DOCSPOOL_JOB_CLEANUP_HOURS: '99999',
    DOCSPOOL_MAX_DOCS_GB: '0.5',
  })
  await until(() => existsSync(path.join(spoolDir, 'control/limits')), 'the limits are noted', 60_000)
  supervisor.kill('SIGTERM')
  await once(supervisor, 'close')
  const key = 'a'.repeat(32)
  const set = path.join(spoolDir, 'docs', key)
  await mkdir(set)
  await writeFile(path.join(set, 'overview.md'), 'x')
  const longAgo = Date.now() / 1_000 - 400 * DAY_S
  await utimes(set, longAgo, longAgo)

  const shared = { DOCSPOOL_JOB_CLEANUP_HOURS: 99_999, DOCSPOOL_MAX_DOCS_GB: 0.5, DOCSPOOL_KEPT_OBJECTS_MB: 2_048 }
  const kept = await gc(t, spoolDir)
  assert.deepEqual(kept, { limits: { ...shared, DOCSPOOL_CACHE_EXPIRY_DAYS: 3_650 }, removed: [] })
  const given = await gc(t, spoolDir, '--cache-expiry-days', '365')
  assert.deepEqual(given, { limits: shared, removed: [key] })
})
