/**
 * Throughput of the queue beside what the disk can do: accepted jobs a second against a bare loop of write, fsync, rename
 * and fsync of the folder, in turns on the same disk; then what a queue of many costs when only names are read.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createJob } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import { writeBare } from './bare.ts'
import { median, print, repeat } from './measure.ts'
import { deps, makeSpool, request, settings, writeQueued } from './spool.ts'

const ROUNDS = 3
const SERIAL = 200
const PARALLEL = 1_000
const WIDTH = 32
const MANY = 20_000

/** Print the figures; takes some 15 s. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  try {
    await compare(folder)
    await measureMany(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function compare(folder: string): Promise<void> {
  const queue = await openQueue(path.join(folder, 'spool'), settings, deps)
  let counter = 0
  const submit = async () => void (await queue.submit(request(`acme--${counter++}`)))
  const bare = async () => await writeBare(folder, JSON.stringify(createJob(request(`acme--${counter++}`), 0)))
  await repeat(submit, 50, 1)
  const noRates = () => ({ bare: [] as number[], queue: [] as number[] })
  const rates = { serial: noRates(), parallel: noRates() }
  for (let round = 0; round < ROUNDS; round++) {
    rates.serial.bare.push(await repeat(bare, SERIAL, 1))
    rates.serial.queue.push(await repeat(submit, SERIAL, 1))
    rates.parallel.bare.push(await repeat(bare, PARALLEL, WIDTH))
    rates.parallel.queue.push(await repeat(submit, PARALLEL, WIDTH))
  }
  await queue.close()
  for (const [name, { bare: disk, queue: ours }] of Object.entries(rates)) {
    const [a, b] = [median(disk), median(ours)]
    const how = name === 'serial' ? 'one by one' : `${WIDTH} at once`
    print(
      `accepted jobs, ${how}: ${b.toFixed(0)}/s; bare write+fsync+rename+fsync(dir): ${a.toFixed(0)}/s; ratio ${(b / a).toFixed(2)}`,
    )
  }
}

/** A spool with many jobs, written without syncs. */
async function measureMany(folder: string): Promise<void> {
  const spoolDir = path.join(folder, 'many')
  await makeSpool(spoolDir)
  writeQueued(spoolDir, MANY)
  const cost = async <T>(what: string, step: () => Promise<T>): Promise<T> => {
    const begin = performance.now()
    const value = await step()
    print(`${MANY} jobs wait; ${what}: ${(performance.now() - begin).toFixed(1)} ms`)
    return value
  }
  const queue = await cost('start, with the check', () => openQueue(spoolDir, settings, deps))
  await cost('counts, first', () => queue.counts())
  await cost('counts, again', () => queue.counts())
  await cost('submit', () => queue.submit(request('acme--last')))
  await cost('submit with priority 0', () => queue.submit({ ...request('acme--urgent'), priority: 0 }))
  await cost('read with position', () => queue.read('acme--last'))
  await cost('list of the 20 newest', () => queue.list({ limit: 20 }))
  await queue.close()
}
