/** Addresses that are none, and servers that refuse: one clear line, exit code 78 or 1, and nothing written. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { MIGRATIONS, SCHEMA_VERSION } from '#database/migrations/list.ts'
import { inspectSchema, migrate } from '#database/open.ts'
import { program } from '../support/docspool.ts'
import { makeEmptyDatabase, sharedServer } from './server.ts'
import { onDatabase, type TestServer } from './start-server.ts'

let server: TestServer
let folder: string
before(async () => {
  server = await sharedServer()
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-bad-'))
})
after(() => rm(folder, { recursive: true, force: true }))

async function run(url: string, ...args: string[]): Promise<{ code: number; text: string }> {
  const spoolDir = path.join(folder, 'spool')
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DOCSPOOL_DATABASE_URL: url, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, text: text.replace('Starting docspool …\n', '') }
}

/** With exit code 78: trying again would not help. */
const refuses = (url: string, expected: RegExp, ...args: string[]): Promise<void> => endsWith(78, url, expected, args)

async function endsWith(exitCode: number, url: string, expected: RegExp, args: string[] = []): Promise<void> {
  const { code, text } = await run(url, ...(args.length > 0 ? args : ['migrate']))
  assert.equal(code, exitCode, text)
  assert.match(text, expected)
  assert.ok(text.trimEnd().split('\n').length <= 2, `a line and a hint:\n${text}`)
  assert.doesNotMatch(text, /at .*\.ts:|\bsecret-word\b/, 'no stack and no password')
}

const withUrl = (change: (url: URL) => void): string => {
  const url = new URL(server.url('postgres'))
  change(url)
  return url.href
}

describe('what DOCSPOOL_DATABASE_URL must not be', () => {
  it('no address', async () => {
    for (const text of ['nonsense', 'mysql://a:secret-word@b/c', 'postgres://', 'postgres://user@host', 'http://a/b']) {
      await refuses(text, /DOCSPOOL_DATABASE_URL.*: expected an address such as /)
    }
  })

  it('a host that there is not, and a port where nothing listens: a service manager is to try again', async () => {
    const unknown = 'postgres://u:secret-word@no-such-host.invalid/docspool'
    await endsWith(1, unknown, /host of the database is unknown|cannot be reached/)
    const closed = withUrl((url) => (url.port = '1'))
    await endsWith(1, closed, /cannot be reached \(ECONNREFUSED\)/)
    await endsWith(1, closed, /cannot be reached \(ECONNREFUSED\)/, ['up'])
  })

  it('a wrong password, user or database', async () => {
    await refuses(
      withUrl((url) => (url.password = 'secret-word')),
      /refuses the password/,
    )
    await refuses(
      withUrl((url) => (url.username = 'nobody-known')),
      /refuses the password|refuses this user/,
    )
    await refuses(server.url('no_such_database'), /There is no such database/)
  })

  it('a server without TLS when sslmode asks for it', async () => {
    await refuses(
      withUrl((url) => url.searchParams.set('sslmode', 'require')),
      /encrypted connection/,
    )
  })

  it('the database of another program', async () => {
    const url = await makeEmptyDatabase(server)
    await onDatabase(url, 'CREATE SCHEMA docspool; CREATE TABLE docspool.theirs (a int)')
    await refuses(url, /belongs to another program/)
    await refuses(url, /belongs to another program/, 'up')
    const tables = await onDatabase(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'docspool'`)
    assert.deepEqual(tables, [{ tablename: 'theirs' }])
  })

  it('one that may not be written', async () => {
    const url = await makeEmptyDatabase(server)
    await onDatabase(url, `DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'secret-word'`)
    const asReader = new URL(url)
    asReader.username = 'reader'
    asReader.password = 'secret-word'
    await refuses(asReader.href, /lacks privileges \(42501\)/)
    assert.deepEqual(await onDatabase(url, `SELECT nspname FROM pg_namespace WHERE nspname = 'docspool'`), [])
  })
})

describe('the schema', () => {
  it('is made at start, once, by many programs at once', async () => {
    const url = await makeEmptyDatabase(server)
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)])
    assert.deepEqual(applied.map(({ length }) => length).sort(), [0, 0, SCHEMA_VERSION])
    assert.deepEqual(await inspectSchema(url), { version: SCHEMA_VERSION, missing: [] })
  })

  it('is described before it is made', async () => {
    const url = await makeEmptyDatabase(server)
    const described = await run(url, 'migrate', '--dry-run')
    assert.deepEqual(
      [described.code, described.text],
      [0, MIGRATIONS.map(({ version, name }) => `${version} ${name}: would be applied\n`).join('')],
    )
    assert.deepEqual(await onDatabase(url, `SELECT nspname FROM pg_namespace WHERE nspname = 'docspool'`), [])
    assert.equal(
      (await run(url, 'migrate')).text,
      MIGRATIONS.map(({ version, name }) => `${version} ${name}: applied\n`).join(''),
    )
    assert.match((await run(url, 'migrate')).text, /up to date/)
  })

  it('of a newer version is refused, unless that works with this one', async () => {
    const url = await makeEmptyDatabase(server)
    await migrate(url)
    await onDatabase(url, `UPDATE docspool.meta SET version = 99, oldest_program = ${SCHEMA_VERSION}`)
    assert.deepEqual(await inspectSchema(url), { version: 99, missing: [] })
    await onDatabase(url, 'UPDATE docspool.meta SET oldest_program = 99')
    await refuses(url, new RegExp(`have version 99; this version of docspool supports up to ${SCHEMA_VERSION}\\.`))
    await refuses(url, /have version 99/, 'serve')
  })

  it('is needed by commands that only read', async () => {
    await refuses(await makeEmptyDatabase(server), /has no docspool tables/, 'jobs')
  })
})

it('doctor says once what is wrong with a database, and finds nothing wrong with a new one', async () => {
  const closed = withUrl((url) => (url.port = '1'))
  const away = await run(closed, 'doctor')
  assert.equal(away.code, 1)
  assert.equal(away.text.split('cannot be reached').length, 2, away.text)
  const fresh = await run(await makeEmptyDatabase(server), 'doctor', '--json')
  const findings = fresh.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; ok: boolean; text: string })
  const database = findings.find(({ name }) => name === 'database')
  assert.deepEqual([database?.ok, /has no tables yet/.test(database?.text ?? '')], [true, true], fresh.text)
  assert.deepEqual(
    findings.filter(({ ok }) => !ok).map(({ name }) => name),
    [],
    fresh.text,
  )
})

it('a password is in no list of processes and no list of settings', async () => {
  const { code, text } = await run('postgres://u:secret-word@127.0.0.1/d', 'check-config', '--print-config')
  assert.equal(code, 0)
  assert.match(text, /DOCSPOOL_DATABASE_URL=['"]?\[hidden\]/)
  assert.doesNotMatch(text, /secret-word/)
  const asFlag = await run('', 'migrate', '--database-url', 'postgres://u:secret-word@127.0.0.1/d')
  assert.equal(asFlag.code, 2, 'there is no such flag')
  assert.ok(!(await readdir(folder)).includes('spool-of-bad-input'))
})
