/**
 * The real server, asked over HTTP by another process: durable submissions a second as a share of what the disk does, and
 * answers a second with 10,000 jobs in the spool beside those of a route that answers a constant.
 */

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createJob } from '#queue/job-transitions.ts'
import { writeBare } from './bare.ts'
import type { Burst, BurstResult } from './load.ts'
import { median, print, readFlag, repeat } from './measure.ts'
import { ask, endProcess, forkBench, startServer } from './programs.ts'
import { makeSpool, request, writeEnded, writeQueued } from './spool.ts'

const ROUNDS = 5
const JOBS = 10_000
const WIDTHS = [1, 32]
const POSTS = { 1: 200, 32: 1_500 } as Record<number, number>
/** Of the page, and of the others: several for each job, as most answers are asked for more than once. */
const PAGES = 1_000
const GETS = 20_000

/** Takes a minute. `--rounds=5`. */
export async function run(): Promise<void> {
  const rounds = readFlag('rounds', ROUNDS)
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const load = forkBench('load.ts')
  try {
    await measurePosts(folder, load, rounds)
    await measureGets(folder, load, rounds)
  } finally {
    await endProcess(load)
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the server of a bench may be asked for. */
export const serverEnvironment = (spoolDir: string): Record<string, string> => ({
  DOCSPOOL_SPOOL_DIR: spoolDir,
  DOCSPOOL_QUEUE_SIZE: '10000000',
  // All come from one address.
  DOCSPOOL_SUBMISSIONS_PER_HOUR: '0',
  DOCSPOOL_JOBS_PER_CLIENT: '0',
  DOCSPOOL_ALLOWED_HOSTS: 'git.invalid',
  // The line that says where it listens is one of them; a line for each request goes nowhere in a real service either.
  DOCSPOOL_LOG_LEVEL: 'info',
})

/** A submission of a job that is not there yet. */
export const postOf = (origin: string): Omit<Burst, 'from' | 'times' | 'clients'> => {
  const body = JSON.stringify({ repo_url: 'https://git.invalid/acme/posted-{n}' })
  return { origin, method: 'POST', path: '/api/jobs', body, status: 202 }
}

async function measurePosts(folder: string, load: ChildProcess, rounds: number): Promise<void> {
  const server = await startServer(serverEnvironment(path.join(folder, 'posts')))
  const record = JSON.stringify(createJob(request('bare'), 0))
  let from = 0
  const post = async (times: number, clients: number): Promise<BurstResult> => {
    const result = await ask<BurstResult>(load, { ...postOf(server.found), from, times, clients })
    from += times
    return result
  }
  try {
    await post(200, 8)
    for (const width of WIDTHS) {
      const times = POSTS[width] ?? 0
      const bare: number[] = []
      const posted: BurstResult[] = []
      for (let round = 0; round < rounds; round++) {
        bare.push(await repeat(() => writeBare(folder, record), times, width))
        posted.push(await post(times, width))
      }
      const [disk, http] = [median(bare), median(posted.map(({ perSecond }) => perSecond))]
      print(
        `  POST, ${width} clients: ${http.toFixed(0)}/s, p99 ${median(posted.map(({ p99 }) => p99)).toFixed(1)} ms; bare write+fsync+rename+fsync(dir), ${width} at once: ${disk.toFixed(0)}/s; ratio ${(http / disk).toFixed(2)}`,
      )
    }
  } finally {
    await server.stop()
  }
}

async function measureGets(folder: string, load: ChildProcess, rounds: number): Promise<void> {
  const spoolDir = path.join(folder, 'gets')
  await makeSpool(spoolDir)
  writeEnded(spoolDir, JOBS - 100)
  writeQueued(spoolDir, 100)
  const server = await startServer(serverEnvironment(spoolDir))
  const constant = forkBench('constant.ts')
  try {
    const [address] = (await once(constant, 'message')) as [string]
    const cases = {
      'GET /api/job/{id}': { origin: server.found, path: '/api/job/ended--{n}' },
      'GET /': { origin: server.found, path: '/' },
      'a Hono route that answers a constant': { origin: address, path: '/' },
    }
    const shared = { method: 'GET', from: 0, below: JOBS - 100, status: 200 } as const
    for (const clients of WIDTHS) {
      const results = new Map<string, BurstResult[]>(Object.keys(cases).map((name) => [name, []]))
      for (let round = 0; round < rounds; round++) {
        for (const [name, one] of Object.entries(cases)) {
          const times = name === 'GET /' ? PAGES : GETS
          const burst: Burst = { ...shared, ...one, times, clients }
          results.get(name)?.push(await ask<BurstResult>(load, burst))
        }
      }
      for (const [name, of] of results) {
        const [rate, p99] = [median(of.map(({ perSecond }) => perSecond)), median(of.map((result) => result.p99))]
        print(
          `  ${name}, ${clients} clients, ${JOBS} jobs in the spool: ${rate.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms`,
        )
      }
    }
  } finally {
    await endProcess(constant)
    await server.stop()
  }
}
