/**
 * Throughput of the queue beside what the disk can do: accepted jobs a second against a bare loop of write, fsync, rename
 * and fsync of the folder, in turns on the same disk; then what a queue of many costs when only names are read.
 */

import { mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLog } from '#base/log.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { openQueue } from '#queue/open.ts'

const ROUNDS = 3
const SERIAL = 200
const PARALLEL = 1_000
const WIDTH = 32
const MANY = 100_000

const settings = { queueSize: 1_000_000, cacheExpiryMs: 0, retryCooldownMs: 0, revalidateMs: 0 }
const deps = { log: createLog('bench', 'silent'), clock: Date.now }

/** Print the figures; takes some 20 s. */
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
  const bare = async () => await writeBare(folder, counter++)
  await repeat(submit, 50, 1)
  const rates = { serial: { bare: [] as number[], queue: [] as number[] }, parallel: { bare: [] as number[], queue: [] as number[] } }
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
    print(`accepted jobs, ${how}: ${b.toFixed(0)}/s; bare write+fsync+rename+fsync(dir): ${a.toFixed(0)}/s; ratio ${(b / a).toFixed(2)}`)
  }
}

async function measureMany(folder: string): Promise<void> {
  const spoolDir = path.join(folder, 'many')
  await (await openQueue(spoolDir, settings, deps)).close()
  const ready = path.join(spoolDir, 'ready')
  const now = Date.now()
  // Entries without records: what is measured reads names only.
  for (let n = 0; n < MANY; n++) await writeFile(path.join(ready, `5-${now - MANY + n}-acme--${n}`), '')
  const queue = await openMany(spoolDir)
  const cost = async (what: string, step: () => Promise<unknown>) => {
    const begin = performance.now()
    await step()
    print(`with ${MANY.toLocaleString('en')} waiting, ${what}: ${(performance.now() - begin).toFixed(1)} ms`)
  }
  await cost('counts, first', () => queue.counts())
  await cost('counts, again', () => queue.counts())
  await cost('submit, and the position in the answer', () => queue.submit(request('acme--last')))
  await cost('submit with priority 0', () => queue.submit({ ...request('acme--urgent'), priority: 0 }))
  await cost('read, with the position', () => queue.read('acme--last'))
  await cost('list of the 2 newest', () => queue.list({ limit: 2 }))
  await queue.close()
}
