/**
 * Starts a real PostgreSQL, from Debian's package, in a folder of its own and as an ordinary user.
 * It does not wait for the disk, which only a power loss would notice.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from '../support/free-port.ts'

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
  /** It was a standby and takes writes when this resolves. */
  promote(): Promise<void>
  /** End it now, and remove its folder. */
  remove(): Promise<void>
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

/** The name that a standby gives to its primary, for `synchronous_standby_names`. */
export const STANDBY = 'standby'

/**
 * @param settings - Of the server, such as `max_connections=10`.
 * @param primary - Start a standby of this server instead.
 */
export async function startServer(settings: readonly string[] = [], primary?: TestServer): Promise<TestServer> {
  const bin = findPrograms()
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-pg-'))
  const password = primary?.password ?? randomBytes(12).toString('hex')
  const passwordFile = path.join(folder, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  // PostgreSQL refuses to run as root.
  const isRoot = process.geteuid?.() === 0
  if (isRoot) for (const each of [folder, passwordFile]) await chown(each, NOBODY, NOBODY)
  const owner = isRoot ? ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'] : []
  const data = path.join(folder, 'data')
  const make =
    primary === undefined
      ? [
          ...[path.join(bin, 'initdb'), '--no-sync', '-D', data, '-U', 'docspool', '-A', 'scram-sha-256'],
          ...['--pwfile', passwordFile, '-E', 'UTF8', '--locale', 'C'],
        ]
      : [
          ...[path.join(bin, 'pg_basebackup'), '--no-sync', '--checkpoint=fast', '-R', '-D', data],
          ...['-d', `${primary.url('postgres')}?application_name=${STANDBY}`],
        ]
  await run('setpriv', [...owner, ...make], { cwd: folder })
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
  const admin: TestServer['admin'] = (text, values) => onDatabase(url('postgres'), text, values)
  await start()
  return {
    ...{ port, folder, password, url, start, admin },
    get pid() {
      return child?.pid ?? 0
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    async promote() {
      await admin('SELECT pg_promote()')
    },
    async remove() {
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
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
