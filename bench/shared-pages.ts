/**
 * Pages of a database through the folder of a machine, beside the same pages of a spool, in turns; and how long the first read
 * of a set of 50 MB takes, which is fetched whole. The documents come into the database by `docspool move`.
 */

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import { createSetStore } from '#store/sets.ts'
import { makeEmptyDatabase } from '../test/postgres/server.ts'
import { startServer as startPostgres } from '../test/postgres/start-server.ts'
import { newSet } from '../test/store/new-set.ts'
import { serverEnvironment } from './http.ts'
import type { Burst, BurstResult } from './load.ts'
import { median, print, readFlag } from './measure.ts'
import { publishSets } from './pages/sets.ts'
import { ask, endProcess, forkBench, type Program, readCpuSeconds, startServer } from './programs.ts'
import { makeSpool, writeEnded } from './spool.ts'

const SET_PAGES = 100
const SETS = 20
const REQUESTS = 2_000
const CLIENTS = 8

/** `--rounds=8`, `--mb=50`. */
export async function run(): Promise<void> {
  const [rounds, mb] = [readFlag('rounds', 8), readFlag('mb', 50)]
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const postgres = await startPostgres(['fsync=on', 'shared_buffers=256MB'])
  const programs: Program[] = []
  const load = forkBench('load.ts')
  try {
    const [spoolDir, cache] = [path.join(folder, 'spool'), path.join(folder, 'cache')]
    await makeSpool(spoolDir)
    const docs = path.join(spoolDir, 'docs')
    const keys = await publishSets(docs, SETS, SET_PAGES)
    keys.push(await createSetStore(docs).publish(largeSet(mb)))
    writeEnded(spoolDir, keys.length, (n) => keys[n] ?? '')
    const url = await makeEmptyDatabase(postgres)
    const begin = performance.now()
    await promisify(execFile)(process.execPath, [ENTRY_SCRIPT, 'move', '--from', spoolDir, '--to', 'database'], {
      env: { ...process.env, DOCSPOOL_DATABASE_URL: url },
    })
    print(`  moved into the database in ${((performance.now() - begin) / 1_000).toFixed(1)} s`)
    const spool = await startServer({ ...serverEnvironment(spoolDir) })
    programs.push(spool)
    const shared = await startServer({ ...serverEnvironment(cache), DOCSPOOL_DATABASE_URL: url })
    programs.push(shared)
    for (const again of ['first', 'second']) {
      const at = performance.now()
      const answer = await fetch(`${shared.found}/static-docs/ended--${SETS}/overview.md`)
      await answer.arrayBuffer()
      print(
        `  ${again} read of a set of ${mb} MB: ${((performance.now() - at) / 1_000).toFixed(2)} s (${answer.status})`,
      )
    }
    await compare([spool, shared], rounds, load)
  } finally {
    await endProcess(load)
    for (const program of programs) await program.stop()
    await postgres.stop()
    for (const each of [folder, postgres.folder]) await rm(each, { recursive: true, force: true })
  }
}

/** Bytes that cannot be compressed, in files of a megabyte. */
function largeSet(mb: number) {
  const binaries = Array.from({ length: mb }, (_, n) => [`part-${n}.bin`, randomBytes(1_048_576)] as const)
  return { ...newSet('A large set.'), binaries: new Map(binaries) }
}

async function compare(servers: readonly Program[], rounds: number, load: Parameters<typeof ask>[0]): Promise<void> {
  const page = `/static-docs/ended--{n/${SET_PAGES}}/page-{n%${SET_PAGES}}.md`
  const rates = servers.map(() => [] as number[])
  const costs = servers.map(() => [] as number[])
  for (let round = 0; round <= rounds; round++) {
    // Each begins as often as the other.
    const order = round % 2 === 0 ? [0, 1] : [1, 0]
    for (const at of order) {
      const { found, pid } = servers[at] ?? { found: '', pid: 0 }
      const burst: Burst = {
        ...{ origin: found, method: 'GET', path: page, below: SETS * SET_PAGES, from: 0, times: REQUESTS },
        ...{ clients: CLIENTS, status: 200 },
      }
      const before = readCpuSeconds(pid)
      const { perSecond } = await ask<BurstResult>(load, burst)
      // The first round fetches what is missing.
      if (round === 0) continue
      rates[at]?.push(perSecond)
      costs[at]?.push((1e6 * (readCpuSeconds(pid) - before)) / REQUESTS)
    }
  }
  const [spool = 0, shared = 0] = rates.map(median)
  const [own = 0, other = 0] = costs.map(median)
  const paired = (rates[1] ?? []).map((rate, n) => rate / (rates[0]?.[n] ?? 1))
  print(
    `  pages a second: ${spool.toFixed(0)} of a spool, ${shared.toFixed(0)} of a database through a warm folder; ratio of pairs ${median(paired).toFixed(2)}`,
  )
  print(`  processor time a page: ${own.toFixed(0)} µs and ${other.toFixed(0)} µs, ratio ${(own / other).toFixed(2)}`)
}
