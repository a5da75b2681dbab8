/**
 * A real PostgreSQL, from Debian's package, in a folder of its own and as an ordinary user; it ends with the tests of a file.
 * It does not wait for the disk, which only a power loss would notice.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { promisify } from 'node:util'
import pg from 'pg'
import { migrate } from '#database/open.ts'

const run = promisify(execFile)

export interface TestServer {
  port: number
  folder: string
  password: string
  /** The URL of a database as the owner of the server. */
  url(database: string): string
  /** The process id of the postmaster. */
  readonly pid: number
  /** Run a statement in the database `postgres`. */
  admin(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** SIGKILL for the postmaster; its back ends follow. */
  kill(): Promise<void>
  /** An orderly end: `fast` drops connections. */
  stop(): Promise<void>
  start(): Promise<void>
}

let shared: Promise<TestServer> | undefined
let databases = 0

/** One server for all tests of a file. */
export function sharedServer(): Promise<TestServer> {
  shared ??= startServer()
  return shared
}

// Here, and not with the first test that needs a server: it would end with that test.
after(async () => {
  const server = await shared
  await server?.stop()
  if (server !== undefined) await rm(server.folder, { recursive: true, force: true })
})

/** Databases whose tests have ended: to empty one is faster than to make one. */
const free: string[] = []

/** A database with empty tables of docspool. `give` lets another test have it. */
export async function takeDatabase(server: TestServer): Promise<{ url: string; give(): void }> {
  const url = free.pop() ?? (await makeEmptyDatabase(server))
  await migrate(url)
  const rows = await onDatabase(url, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'docspool'`)
  const tables = rows.map(({ name }) => String(name)).filter((name) => name !== 'meta')
  await onDatabase(url, tables.map((name) => `DELETE FROM docspool.${name}`).join(';'))
  return { url, give: () => free.push(url) }
}

/** A new database without any tables. */
export async function makeEmptyDatabase(server: TestServer): Promise<string> {
  const name = `docspool_${databases++}`
  await server.admin(`CREATE DATABASE ${name} TEMPLATE template0`)
  return server.url(name)
}

export async function onDatabase(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

/** @param settings - Of the server, such as `max_connections=10`. */
export async function startServer(settings: readonly string[] = []): Promise<TestServer> {
  const bin = findPrograms()
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-pg-'))
  const password = randomBytes(12).toString('hex')
  const passwordFile = path.join(folder, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  // PostgreSQL refuses to run as root.
  const isRoot = process.geteuid?.() === 0
  if (isRoot) for (const each of [folder, passwordFile]) await chown(each, NOBODY, NOBODY)
  const owner = isRoot ? ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'] : []
  const data = path.join(folder, 'data')
  await run('setpriv', [
    ...owner,
    ...[path.join(bin, 'initdb'), '--no-sync', '-D', data, '-U', 'docspool', '-A', 'scram-sha-256'],
    ...['--pwfile', passwordFile, '-E', 'UTF8', '--locale', 'C'],
  ])
  const port = await freePort()
  let child: ChildProcess | undefined
  let output = ''

  async function start(): Promise<void> {
    const options = [
      ...['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, `port=${port}`, 'max_connections=100'],
      ...['fsync=off', 'shared_buffers=32MB', 'max_wal_size=256MB', ...settings],
    ]
    // It ends when the test's process is killed.
    const args = [...owner, '--pdeathsig', 'INT', path.join(bin, 'postgres'), '-D', data]
    const launch = (): ChildProcess => {
      const started = spawn('setpriv', [...args, ...options.flatMap((option) => ['-c', option])], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      started.stderr.on('data', (chunk) => {
        output = (output + String(chunk)).slice(-20_000)
      })
      return started
    }
    child = launch()
    const end = performance.now() + 60_000
    for (;;) {
      // After SIGKILL, it refuses to start until the last back end of before has ended.
      if (child.exitCode !== null) child = launch()
      try {
        await onDatabase(url('postgres'), 'SELECT 1')
        return
      } catch (error) {
        if (performance.now() > end) throw new Error(`PostgreSQL did not start:\n${output}`, { cause: error })
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
    ending.kill(signal)
    await once(ending, 'exit')
  }

  const url = (database: string): string => `postgres://docspool:${password}@127.0.0.1:${port}/${database}`
  await start()
  return {
    ...{ port, folder, password, url, start },
    get pid() {
      return child?.pid ?? 0
    },
    admin: (text, values) => onDatabase(url('postgres'), text, values),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
  }
}

const NOBODY = 65_534

function findPrograms(): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const bin = versions.map((version) => path.join(root, version, 'bin')).find((each) => existsSync(`${each}/postgres`))
  if (bin === undefined) throw new Error(`These tests need PostgreSQL in ${root}: apt-get install postgresql`)
  return bin
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await new Promise((resolve) => server.close(resolve))
  return port
}
