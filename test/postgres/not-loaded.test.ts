/** Without the setting, no package for PostgreSQL is loaded. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { makeFolder } from '../queue/support.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** The packages that a process has loaded when these statements have run. */
async function packagesAfter(statements: string): Promise<string> {
  const script = `${statements}
    const { Module } = await import('node:module')
    console.log(Object.keys(Module._cache).filter((file) => /node_modules.(?:pg|postgres)/.test(file)).join(' '))
    process.exit()`
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
  })
  return stdout.trim()
}

test('a server, a supervisor and commands on a spool load nothing of the database', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const open = (place: string): string => `
    const { openQueue } = await import('./queue/open-queue.ts')
    const { readConfig } = await import('./src/base/config.ts')
    const { pino } = await import('pino')
    const deps = { log: pino({ level: 'silent' }), clock: Date.now }
    const queue = await openQueue(${place}, readConfig(), deps).catch(() => undefined)
    await queue?.state()
    await import('./src/server/serve.ts')
    await import('./src/worker/supervise.ts')
    await import('./src/cli/gc.ts')
    await import('./src/cli/doctor.ts')`
  assert.equal(await packagesAfter(open(JSON.stringify(spoolDir))), '')
  assert.match(await packagesAfter(open(`{ databaseUrl: 'postgres://a@127.0.0.1:1/b' }`)), /node_modules.pg/)
})
