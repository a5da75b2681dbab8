/**
 * What many jobs cost: 100,000 that wait, then a million that ended. How long the programs take to start, with their
 * checks, how long requests and claims take, and what the programs use when there is nothing to do.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { postOf, serverEnvironment } from './http.ts'
import type { Burst, BurstResult } from './load.ts'
import { percentile, print, readFlag } from './measure.ts'
import {
  ask,
  endProcess,
  forkBench,
  type Program,
  readCpuSeconds,
  readRssMb,
  startDocspool,
  startServer,
} from './programs.ts'
import { makeSpool, writeEnded, writeQueued } from './spool.ts'

const QUEUED = 100_000
const ENDED = 1_000_000
const REQUESTS = 500
/** What `idle.ts` does, in JavaScript. */
const IDLE = "process.once('disconnect', () => process.exit()); setInterval(() => undefined, 2 ** 30)"
/** Until the engine has done with compiling and collecting what the start left. */
const SETTLE_S = 40
const IDLE_S = 30
/** Names and bytes that a written job takes, with room. */
const INODES_A_JOB = 2.5
const BYTES_A_JOB = 9_000

type Say = (line: string) => void

/** Takes some ten minutes. `--queued=100000`, `--ended=1000000`, `--idle=30` (seconds). */
export async function run(): Promise<void> {
  const [queued, ended] = [readFlag('queued', QUEUED), readFlag('ended', ENDED)]
  await measureSpool('an empty spool', 0, async () => undefined)
  await measureSpool(`${queued} jobs wait`, queued, async (spoolDir) => writeQueued(spoolDir, queued))
  await measureSpool(`${ended} jobs ended`, ended, async (spoolDir) => writeEnded(spoolDir, ended))
}

async function measureSpool(name: string, jobs: number, fill: (spoolDir: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const spoolDir = path.join(folder, 'spool')
  const say: Say = (line) => void print(`  ${name}; ${line}`)
  try {
    const { bavail, bsize, ffree } = await statfs(folder)
    if (ffree < jobs * INODES_A_JOB || bavail * bsize < jobs * BYTES_A_JOB) return say('left out: the disk has no room')
    await makeSpool(spoolDir)
    const begin = performance.now()
    await fill(spoolDir)
    if (jobs > 0) say(`written in ${((performance.now() - begin) / 1_000).toFixed(0)} s`)
    await measurePrograms(spoolDir, say)
    await measureWork(spoolDir, say)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts of both programs, and what they use while the queue is paused. */
async function measurePrograms(spoolDir: string, say: Say): Promise<void> {
  await writeFile(path.join(spoolDir, 'control/paused'), '')
  const environment = serverEnvironment(spoolDir)
  const server = await startServer(environment)
  const supervisor = await startDocspool(['supervise'], environment, (line) =>
    line.includes('the supervisor has started') ? 'started' : undefined,
  )
  const empty = spawn(process.execPath, ['-e', IDLE], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const emptyTsx = forkBench('idle.ts')
  try {
    say(
      `start: server ${server.readyMs.toFixed(0)} ms, with its check; supervisor ${supervisor.readyMs.toFixed(0)} ms, before its check`,
    )
    await pause(SETTLE_S * 1_000)
    const pids = {
      server: server.pid,
      supervisor: supervisor.pid,
      node: empty.pid ?? 0,
      'node with tsx': emptyTsx.pid ?? 0,
    }
    await measureIdle(pids, say)
  } finally {
    await Promise.all([server.stop(), supervisor.stop(), endProcess(empty), endProcess(emptyTsx)])
    await rm(path.join(spoolDir, 'control/paused'), { force: true })
  }
}

async function measureIdle(pids: Record<string, number>, say: Say): Promise<void> {
  const seconds = readFlag('idle', IDLE_S)
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, cpu: readCpuSeconds(pid) }))
  await pause(seconds * 1_000)
  for (const { name, pid, cpu } of before) {
    const share = ((readCpuSeconds(pid) - cpu) / seconds) * 100
    say(`nothing to do, ${name}: ${share.toFixed(2)} % of a core over ${seconds} s, ${readRssMb(pid).toFixed(0)} MB`)
  }
}

/** Requests to a server, then claims by a worker. */
async function measureWork(spoolDir: string, say: Say): Promise<void> {
  const load = forkBench('load.ts')
  const server = await startServer(serverEnvironment(spoolDir))
  try {
    const post = postOf(server.found)
    await tell('POST', load, { ...post, from: 0, times: REQUESTS, clients: 1 }, say)
    await tell('POST', load, { ...post, from: REQUESTS, times: REQUESTS, clients: 8 }, say)
    const get = { origin: server.found, method: 'GET', status: 200, from: 0, clients: 1 } as const
    await tell(
      'GET /api/job/{id}',
      load,
      { ...get, path: `/api/job/${encodeURIComponent(await findJob(server))}`, times: REQUESTS },
      say,
    )
    await tell('GET /', load, { ...get, path: '/', times: 100 }, say)
    await tell('GET /api/jobs?limit=100', load, { ...get, path: '/api/jobs?limit=100', times: 100 }, say)
    await tell('GET /api/jobs?status=failed', load, { ...get, path: '/api/jobs?status=failed', times: 100 }, say)
    say(`server after that: ${readRssMb(server.pid).toFixed(0)} MB`)
  } finally {
    await endProcess(load)
    await server.stop()
  }
  const claimer = forkBench('claims.ts', [spoolDir, String(REQUESTS)])
  const [times] = (await once(claimer, 'message')) as [number[]]
  const [p50, p99, slowest] = [50, 99, 100].map((percent) => `${percentile(times, percent).toFixed(1)} ms`)
  say(
    `claim: p50 ${p50}, p99 ${p99}, slowest ${slowest} (with the first, which reads all names); worker ${readRssMb(claimer.pid ?? 0).toFixed(0)} MB`,
  )
  await endProcess(claimer)
}

async function tell(name: string, load: ChildProcess, burst: Burst, say: Say): Promise<void> {
  const { p50, p99, perSecond } = await ask<BurstResult>(load, burst)
  const clients = burst.clients === 1 ? '1 client' : `${burst.clients} clients`
  say(`${name}, ${clients}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${perSecond.toFixed(0)}/s`)
}

/** A job there is. */
async function findJob(server: Program): Promise<string> {
  const response = await fetch(`${server.found}/api/jobs?limit=1`, { headers: { accept: 'application/json' } })
  const { jobs } = (await response.json()) as { jobs: { job_id: string }[] }
  if (jobs[0] === undefined) throw new Error('no job')
  return jobs[0].job_id
}
