/**
 * docspool's queue, on a spool and on PostgreSQL, beside BullMQ, NATS JetStream, graphile-worker and pg-boss, in one run on the same disk, each set to have on the
 * disk what it acknowledges. All carry the same bytes, are driven by the same loops from a process of their own, and take
 * turns. `--rounds=3`, `--many=100000` (jobs that are added at the end), `--jobs=2000` (in each round), `--only=docspool,pg-boss`.
 */

import { type ChildProcess, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { writeBare } from '../bare.ts'
import { median, percentile, print, readFlag, repeat } from '../measure.ts'
import { ask, endProcess, forkBench } from '../programs.ts'
import { makeSpool } from '../spool.ts'
import type { FromWorker, ToProducer, ToWorker } from './client.ts'
import { payloadOf } from './payload.ts'
import { type PeerServer, startNats, startPostgres, startRedis } from './servers.ts'

const ROUNDS = 3
const MANY = 100_000
/** Added in each round with `WIDTH` in flight, and a part of it one by one. */
const PARALLEL = 2_000
const SERIAL_PART = 0.15
const WIDTH = 32
const PICKUPS = 60

interface Contender {
  name: string
  /** The driver's file. */
  file: string
  start(folder: string): Promise<PeerServer>
}

const CONTENDERS: Contender[] = [
  { name: 'docspool', file: '../library.ts', start: startSpool },
  { name: 'BullMQ', file: './bullmq.mjs', start: startRedis },
  { name: 'NATS', file: './nats.mjs', start: startNats },
  { name: 'docspool on PostgreSQL', file: '../library.ts', start: startDatabase },
  { name: 'graphile-worker', file: './graphile.mjs', start: startDatabase },
  { name: 'pg-boss', file: './pg-boss.mjs', start: startDatabase },
]

interface Entrant extends Contender {
  server: PeerServer
  producer: ChildProcess
  serial: number[]
  parallel: number[]
  processed: number[]
  pickups: number[]
}

export async function run(): Promise<void> {
  const [rounds, many] = [readFlag('rounds', ROUNDS), readFlag('many', MANY)]
  const parallel = readFlag('jobs', PARALLEL)
  const serial = Math.ceil(parallel * SERIAL_PART)
  spawnSync(fileURLToPath(new URL('setup.sh', import.meta.url)), { stdio: 'inherit' })
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-peers-'))
  // PostgreSQL runs as another user.
  await chmod(folder, 0o755)
  const entrants: Entrant[] = []
  // Servers are tied to this process by nothing: whatever ends it ends them.
  const leave = (): void => {
    for (const { server } of entrants) server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', leave)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const bare = { serial: [] as number[], parallel: [] as number[] }
  try {
    for (const contender of CONTENDERS.filter(({ name }) => isChosen(name))) {
      await enter(contender, path.join(folder, contender.name)).then(
        (entrant) => entrants.push(entrant),
        (error: Error) => print(`  ${contender.name}: left out, ${error.message}`),
      )
    }
    await printHeader(entrants)
    for (let round = 0; round < rounds; round++) {
      const record = JSON.stringify(payloadOf('bare'))
      bare.serial.push(await repeat(() => writeBare(folder, record), serial, 1))
      bare.parallel.push(await repeat(() => writeBare(folder, record), parallel, WIDTH))
      for (const entrant of entrants) await measureRound(entrant, serial, parallel)
    }
    print(
      `  bare write+fsync+rename+fsync(dir): ${rate(bare.serial)} one by one, ${rate(bare.parallel)} with ${WIDTH} at once`,
    )
    for (const entrant of entrants) printRates(entrant, bare)
    for (const { name, producer } of entrants) {
      const perSecond = await add(producer, many, WIDTH)
      print(`  ${name}: ${many} jobs added with ${WIDTH} in flight, while none is taken: ${perSecond.toFixed(0)}/s`)
    }
  } finally {
    for (const { producer } of entrants) await endProcess(producer)
    for (const { server } of entrants) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Start the system and a program that adds jobs to it. */
async function enter(contender: Contender, folder: string): Promise<Entrant> {
  const server = await contender.start(folder)
  try {
    const producer = await startClient(contender, server, 'producer')
    return { ...contender, server, producer, serial: [], parallel: [], processed: [], pickups: [] }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function startSpool(spoolDir: string): Promise<PeerServer> {
  await makeSpool(spoolDir)
  return {
    address: spoolDir,
    label: 'this checkout, the queue library alone',
    stop: async () => undefined,
    kill: () => undefined,
  }
}

/** One server for all that use PostgreSQL, with a database for each. */
let postgres: PeerServer | undefined

async function startDatabase(folder: string): Promise<PeerServer> {
  const isFirst = postgres === undefined
  postgres ??= await startPostgres(folder)
  const name = path.basename(folder).replaceAll(/\W/g, '_')
  const client = new pg.Client({ connectionString: postgres.address })
  await client.connect()
  await client.query(`CREATE DATABASE "${name}" ENCODING 'UTF8' TEMPLATE template0`)
  await client.end()
  const address = new URL(postgres.address)
  address.pathname = `/${name}`
  const { label, stop, kill } = postgres
  const nothing = { stop: async () => undefined, kill: () => undefined }
  return { address: address.href, label, ...(isFirst ? { stop, kill } : nothing) }
}

function isChosen(name: string): boolean {
  const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)
  return only === undefined || only.split(',').includes(name)
}

async function startClient({ file }: Contender, { address }: PeerServer, role: string): Promise<ChildProcess> {
  const client = forkBench('peers/client.ts', [file, address, role])
  const over = new AbortController()
  const ended = once(client, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`its client ended with ${code}`)
  })
  ended.catch(() => undefined)
  await Promise.race([once(client, 'message'), ended]).finally(() => over.abort())
  return client
}

const add = (producer: ChildProcess, times: number, width: number): Promise<number> =>
  ask<number>(producer, { times, width } satisfies ToProducer)

/** Add, then let a worker take all of that, then add single jobs while it waits for them. */
async function measureRound(entrant: Entrant, serial: number, parallel: number): Promise<void> {
  const { producer, server } = entrant
  entrant.serial.push(await add(producer, serial, 1))
  entrant.parallel.push(await add(producer, parallel, WIDTH))
  const worker = await startClient(entrant, server, 'worker')
  try {
    const wait = (wanted: number): Promise<FromWorker> => ask<FromWorker>(worker, { wanted } satisfies ToWorker)
    entrant.processed.push((await wait(serial + parallel)).perSecond)
    for (let n = 0; n < PICKUPS; n++) {
      await pause(20 + Math.random() * 30)
      const [{ pickups }] = await Promise.all([wait(1), add(producer, 1, 1)])
      entrant.pickups.push(...pickups)
    }
  } finally {
    await endProcess(worker)
  }
}

async function printHeader(entrants: Entrant[]): Promise<void> {
  print(
    `  Node ${process.versions.node}, ${availableParallelism()} cores, ${JSON.stringify(payloadOf('a')).length} bytes a job, load ${loadavg()[0]?.toFixed(1)} before`,
  )
  for (const { name, server } of entrants) print(`  ${name}: ${server.label}`)
  const { dependencies } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'))
  const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`)
  print(`  clients: ${versions.join(', ')}`)
}

/** With the least and the most of all rounds. */
function rate(values: number[]): string {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map((one) => one.toFixed(0))
  return `${middle}/s (${least} to ${most})`
}

function printRates({ name, serial, parallel, processed, pickups }: Entrant, bare: Record<string, number[]>): void {
  const ratio = (values: number[], of: number[] = []): string => `${(median(values) / median(of)).toFixed(2)} of bare`
  const [p50, p99] = [50, 99].map((percent) => `${percentile(pickups, percent).toFixed(1)} ms`)
  print(
    `  ${name}: add one by one ${rate(serial)}, ${ratio(serial, bare.serial)}; ${WIDTH} in flight ${rate(parallel)}, ${ratio(parallel, bare.parallel)}; take and end, 8 at once ${rate(processed)}; idle pickup p50 ${p50}, p99 ${p99}`,
  )
}
