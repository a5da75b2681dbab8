/** `docspool up` while its database is away, a standby, or refuses it: what `up` runs waits, and nothing ends with 78. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { migrate } from '#database/open.ts'
import { program, type RunningDocspool, startDocspool, until } from '../support/docspool.ts'
import { makeEmptyDatabase } from './server.ts'
import { onDatabase, startServer, type TestServer } from './start-server.ts'

let server: TestServer
let url: string
before(async () => {
  server = await startServer()
  url = await makeEmptyDatabase(server)
})
after(async () => {
  await server.stop()
  await rm(server.folder, { recursive: true, force: true })
})

/** Kill the supervisor while something is wrong, wait until it has been tried again, mend it, and wait for a supervisor. */
async function survives({ process, pids, output }: RunningDocspool, sign: RegExp, mend: () => Promise<unknown>) {
  const [supervisor = assert.fail()] = await until(async () => nonEmpty(await pids('supervise')))
  const before = output().length
  globalThis.process.kill(supervisor, 'SIGKILL')
  await until(() => (sign.test(output().slice(before)) || process.exitCode !== null ? true : undefined))
  await until(() => (/"code":1\b/.test(output().slice(before)) || process.exitCode !== null ? true : undefined))
  assert.equal(process.exitCode, null, output().slice(before))
  await mend()
  await until(() => (/the supervisor has started/.test(output().slice(before)) ? true : undefined))
}

const nonEmpty = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined)

test('programs of `up` that die while the database is a standby, refuses them or is stopped wait for it', async () => {
  await migrate(url)
  await onDatabase(url, `CREATE ROLE app LOGIN PASSWORD 'first'`)
  await onDatabase(url, 'GRANT USAGE ON SCHEMA docspool TO app')
  await onDatabase(url, 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA docspool TO app')
  const asApp = new URL(url)
  asApp.username = 'app'
  asApp.password = 'first'
  const docspool = await startDocspool({ DOCSPOOL_DATABASE_URL: asApp.href, DOCSPOOL_LOG_LEVEL: 'info' })
  try {
    await until(() => (/the supervisor has started/.test(docspool.output()) ? true : undefined))

    await server.admin(`ALTER ROLE app PASSWORD 'second'`)
    await survives(docspool, /refuses the password/, () => server.admin(`ALTER ROLE app PASSWORD 'first'`))

    const standby = path.join(server.folder, 'data', 'standby.signal')
    await server.stop()
    await writeFile(standby, '')
    await server.start()
    await survives(docspool, /is a standby/, async () => {
      await server.stop()
      await rm(standby)
      await server.start()
    })

    await server.stop()
    // The server that runs is not taken for another program at its port.
    const env = { ...process.env, DOCSPOOL_DATABASE_URL: asApp.href, DOCSPOOL_PORT: new URL(docspool.origin).port }
    const doctor = spawnSync(process.execPath, [program, 'doctor'], { env, encoding: 'utf8' })
    assert.match(doctor.stdout, /^warn {2}port: docspool is running at .*its spool or database is unavailable$/m)
    await survives(docspool, /cannot be reached/, () => server.start())
  } finally {
    assert.equal(await docspool.stop(), 0)
  }
})
