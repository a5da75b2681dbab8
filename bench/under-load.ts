/** The real server under many clients for a while: what goes wrong, how long answers take, and whether its memory grows. */

import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Crowd, CrowdResult } from './crowd.ts'
import { serverEnvironment } from './http.ts'
import { median, print, readFlag } from './measure.ts'
import { endProcess, forkBench, readCpuSeconds, readRssMb, startServer } from './programs.ts'
import { makeSpool, writeEnded, writeQueued } from './spool.ts'

const CLIENTS = 200
const STREAMS = 1_000
const SECONDS = 60
const QUEUED = 100
const ENDED = 1_000
const SAMPLE_MS = 500
/** Until the engine has compiled what is asked for, and its heap is as large as that needs; memory is looked at after it. */
const WARM_UP_S = 10
/** Files that a program has open beside its connections. */
const OTHER_FILES = 100

/** `--clients=200`, `--streams=1000`, `--seconds=60`. */
export async function run(): Promise<void> {
  const [clients, streams, seconds] = [
    readFlag('clients', CLIENTS),
    readFlag('streams', STREAMS),
    readFlag('seconds', SECONDS),
  ]
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const spoolDir = path.join(folder, 'spool')
  await makeSpool(spoolDir)
  writeEnded(spoolDir, ENDED)
  writeQueued(spoolDir, QUEUED)
  const server = await startServer({
    ...serverEnvironment(spoolDir),
    DOCSPOOL_MAX_STREAMS: String(streams),
    // All come from one address.
    DOCSPOOL_STREAMS_PER_CLIENT: '0',
    DOCSPOOL_SEARCHES_PER_MINUTE: '0',
    DOCSPOOL_LOG_LEVEL: 'info',
  })
  const crowd = forkBench('crowd.ts')
  try {
    const files = await openFilesLimit(server.pid)
    if (files < clients + streams + OTHER_FILES) {
      return void print(
        `  left out: a program may have ${files} files open (ulimit -n), too few for ${clients + streams}`,
      )
    }
    crowd.send({
      origin: server.found,
      clients,
      streams,
      seconds: WARM_UP_S + seconds,
      queued: QUEUED,
      ended: ENDED,
    } satisfies Crowd)
    await once(crowd, 'message')
    const answered = once(crowd, 'message') as Promise<[CrowdResult]>
    await Promise.race([answered, pause(WARM_UP_S * 1_000)])
    const before = readCpuSeconds(server.pid)
    const memory: number[] = []
    const sampling = setInterval(() => memory.push(readRssMb(server.pid)), SAMPLE_MS)
    const [result] = await answered
    clearInterval(sampling)
    tell(result, memory, { files, seconds, cpuS: readCpuSeconds(server.pid) - before, clients, streams })
  } finally {
    await endProcess(crowd)
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Around {
  files: number
  seconds: number
  cpuS: number
  clients: number
  streams: number
}

function tell(result: CrowdResult, memory: number[], { files, seconds, cpuS, clients, streams }: Around): void {
  const third = Math.floor(memory.length / 3)
  const [first, last] = [median(memory.slice(0, third)), median(memory.slice(-third))]
  const errors = Object.entries(result.errors).map(([what, count]) => `${count} ${what}`)
  print(`  ${clients} clients, ${streams} event streams, ${WARM_UP_S} s and ${seconds} s; at most ${files} open files`)
  print(
    `  ${result.requests} requests, ${result.perSecond.toFixed(0)}/s, p50 ${result.p50.toFixed(0)} ms, p99 ${result.p99.toFixed(0)} ms; ${result.streams} streams open to the end, ${result.events} events`,
  )
  print(`  errors: ${errors.length === 0 ? 'none' : errors.join('; ')}`)
  print(
    `  memory of the server, MB: ${first.toFixed(0)} in the first third, ${last.toFixed(0)} in the last, ${Math.max(...memory).toFixed(0)} at most; ${cpuS.toFixed(0)} s of processor time`,
  )
}

/** The soft limit of a program, `ulimit -n`. */
async function openFilesLimit(pid: number): Promise<number> {
  const limits = await readFile(`/proc/${pid}/limits`, 'utf8')
  const [, soft] = /^Max open files\s+(\d+|unlimited)/m.exec(limits) ?? []
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}
