/**
 * Private instances of the peers' servers: on loopback, on free ports, with their data in a temporary folder, each set to
 * have on the disk what it acknowledges. They are no services, and end by their process id.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { accessSync, chownSync, constants, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '../../test/support/docspool.ts'
import { freePort } from '../../test/support/free-port.ts'
import { endProcess } from '../programs.ts'

export interface PeerServer {
  address: string
  /** Program and version, and what makes it durable. */
  label: string
  stop(): Promise<void>
  /** End it now, without a wait. */
  kill(): void
}

/** Where setup.sh unpacks what the system does not have. */
const unpacked = fileURLToPath(new URL('node_modules/.servers', import.meta.url))
/** PostgreSQL refuses to run as root; this user owns nothing. */
const NOBODY = 65_534

/** @param folder - For its data; must not exist. @throws When it is not installed. */
export async function startRedis(folder: string): Promise<PeerServer> {
  const program = find('redis-server')
  mkdirSync(folder)
  const port = await freePort()
  const settings = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
  const child = start(program, ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...settings])
  await waitForPort(port, child)
  const version = /v=(\S+)/.exec(run(program, ['--version']))?.[1]
  const label = `Redis ${version}, appendfsync always`
  return {
    address: `redis://127.0.0.1:${port}`,
    label,
    stop: () => endProcess(child),
    kill: () => child.kill('SIGKILL'),
  }
}

/** @param folder - For its data; must not exist. @throws When it is not installed. */
export async function startNats(folder: string): Promise<PeerServer> {
  const program = find('nats-server')
  mkdirSync(folder)
  const port = await freePort()
  const file = path.join(folder, 'nats.conf')
  const store = `jetstream { store_dir: ${JSON.stringify(folder)}, sync_interval: always, max_file_store: 8GB }`
  writeFileSync(file, `listen: "127.0.0.1:${port}"\n${store}\n`)
  const child = start(program, ['-c', file])
  await waitForPort(port, child)
  const version = /v(\d\S+)/.exec(run(program, ['--version']))?.[1]
  const label = `NATS JetStream ${version}, sync_interval always`
  return {
    address: `nats://127.0.0.1:${port}`,
    label,
    stop: () => endProcess(child),
    kill: () => child.kill('SIGKILL'),
  }
}

/** @param folder - For its data; must not exist; its parents must be open to others. @throws When it is not installed. */
export async function startPostgres(folder: string): Promise<PeerServer> {
  const program = find('postgres')
  const beside = (name: string): string => path.join(path.dirname(program), name)
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  mkdirSync(folder, { mode: 0o700 })
  if ('uid' in user) chownSync(folder, NOBODY, NOBODY)
  const options = ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']
  execFileSync(beside('initdb'), options, {
    ...user,
    env: environment(),
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const port = await freePort()
  const listen = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`]
  const durable = ['-c', 'fsync=on', '-c', 'synchronous_commit=on']
  const child = start(program, ['-D', folder, '-p', `${port}`, ...listen, ...durable], user)
  await until(() => {
    refuseEnded(child)
    return succeeds(() => run(beside('pg_isready'), ['-h', '127.0.0.1', '-p', `${port}`])) || undefined
  }, 30_000)
  const label = `PostgreSQL ${/(\d[\d.]*)/.exec(run(program, ['--version']))?.[1]}, fsync and synchronous_commit on`
  // SIGINT: end at once and in order, whoever is connected.
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await endProcess(child)
  }
  return { address: `postgres://postgres@127.0.0.1:${port}/postgres`, label, stop, kill: () => child.kill('SIGQUIT') }
}

/** In the path, where Debian keeps the versions of PostgreSQL, or unpacked. */
function find(name: string): string {
  const roots = ['/', unpacked]
  const versions = roots.flatMap((root) => {
    const folder = path.join(root, 'usr/lib/postgresql')
    return existsSync(folder) ? readdirSync(folder).map((version) => path.join(folder, version, 'bin')) : []
  })
  const folders = [
    ...versions,
    ...(process.env.PATH ?? '').split(':'),
    path.join(unpacked, 'usr/bin'),
    path.join(unpacked, 'usr/sbin'),
  ]
  const program = folders.map((folder) => path.join(folder, name)).find(isProgram)
  if (program === undefined) throw new Error(`${name} is not installed and could not be unpacked`)
  return program
}

const isProgram = (file: string): boolean => succeeds(() => accessSync(file, constants.X_OK))

/** Libraries that were unpacked come last: those of the system suit it better. */
function environment(): NodeJS.ProcessEnv {
  const folder = path.join(unpacked, 'usr/lib')
  const libraries = existsSync(folder) ? readdirSync(folder).filter((name) => name.includes('-linux-')) : []
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    LD_LIBRARY_PATH: libraries.map((name) => path.join(folder, name)).join(':'),
  }
}

function start(program: string, args: string[], user: { uid?: number; gid?: number } = {}): ChildProcess {
  const child = spawn(program, args, { ...user, env: environment(), cwd: '/', stdio: 'ignore' })
  child.on('error', () => undefined)
  return child
}

const run = (program: string, args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', env: environment(), stdio: ['ignore', 'pipe', 'ignore'] })

function succeeds(step: () => unknown): boolean {
  try {
    step()
    return true
  } catch {
    return false
  }
}

async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  await until(async () => {
    refuseEnded(child)
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false)).on('close', () => resolve(false))
      setTimeout(() => socket.destroy(), 200)
    })
    return isOpen || undefined
  }, 15_000)
}

function refuseEnded(child: ChildProcess): void {
  const { exitCode, spawnfile } = child
  if (exitCode !== null) throw new Error(`${path.basename(spawnfile)} ended with ${exitCode}`)
}
