/**
 * Pages of documents a second, out of 10,000 that are published, beside the same bytes as static files through the same
 * server: read by Hono's middleware for static files, and out of memory. Asked at random (a page is seldom in the cache),
 * and a few of them over and over.
 */

import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Burst, BurstResult } from '../load.ts'
import { median, print, readFlag } from '../measure.ts'
import { ask, endProcess, forkBench, readCpuSeconds } from '../programs.ts'
import { makeSpool, writeEnded } from '../spool.ts'
import { publishSets } from './sets.ts'

const SET_PAGES = 100
const REQUESTS = 3_000
const CLIENTS = 16
/** Pages that many readers read at once. */
const FEW = 100

interface Case {
  path: string
  below: number
  encoding?: string
}

/** Takes two minutes and 600 MB below the folder for temporary files. `--pages=10000 --rounds=5`. */
export async function run(): Promise<void> {
  const count = Math.ceil(readFlag('pages', 10_000) / SET_PAGES) * SET_PAGES
  const rounds = readFlag('rounds', 5)
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const [spoolDir, files] = [path.join(folder, 'spool'), path.join(folder, 'files')]
  await makeSpool(spoolDir)
  const keys = await publishSets(path.join(spoolDir, 'docs'), count / SET_PAGES, SET_PAGES)
  writeEnded(spoolDir, keys.length, (n) => keys[n] ?? '')
  await mkdir(files)
  const load = forkBench('load.ts')
  const server = forkBench('pages/server.ts', [spoolDir, files])
  try {
    const [origin] = (await once(server, 'message')) as [string]
    const bytes = await copyPages(origin, files, count)
    print(`  ${count} pages in ${keys.length} sets, ${Math.round(bytes / count / 1_024)} KB each, ${CLIENTS} clients`)
    const page = `/static-docs/ended--{n/${SET_PAGES}}/page-{n%${SET_PAGES}}.md`
    for (const [how, below] of [
      ['any of them', count],
      [`${FEW} of them`, FEW],
    ] as const) {
      const cases: Record<string, Case> = {
        'as documents': { path: page, below },
        'as compressed documents': { path: page, below, encoding: 'gzip' },
        'as files': { path: '/files/page-{n}.html', below },
        // All of them would take more memory than a service has for that.
        'as assets': { path: '/assets/page-{n}', below: Math.min(below, 1_000) },
      }
      await compare(how, cases, rounds, origin, server.pid ?? 0, load)
    }
  } finally {
    await endProcess(load)
    await endProcess(server)
    await rm(folder, { recursive: true, force: true })
  }
}

async function compare(
  how: string,
  cases: Record<string, Case>,
  rounds: number,
  origin: string,
  pid: number,
  load: Parameters<typeof ask>[0],
): Promise<void> {
  const rates = new Map<string, number[]>()
  const costs = new Map<string, number[]>()
  for (let round = 0; round <= rounds; round++) {
    for (const [name, one] of Object.entries(cases)) {
      const burst: Burst = { origin, method: 'GET', ...one, from: 0, times: REQUESTS, clients: CLIENTS, status: 200 }
      const before = readCpuSeconds(pid)
      const { perSecond } = await ask<BurstResult>(load, burst)
      // The first round warms up.
      if (round === 0) continue
      rates.set(name, [...(rates.get(name) ?? []), perSecond])
      costs.set(name, [...(costs.get(name) ?? []), ((readCpuSeconds(pid) - before) * 1_000) / REQUESTS])
    }
  }
  const rateOf = (name: string): number => median(rates.get(name) ?? [])
  const costOf = (name: string): number => median(costs.get(name) ?? [])
  for (const name of Object.keys(cases)) {
    print(
      `  ${how}, ${name}: ${rateOf(name).toFixed(0)}/s, ${costOf(name).toFixed(2)} ms of the server's processor each`,
    )
  }
  const ratio = (of: (name: string) => number, other: string): string => (of('as documents') / of(other)).toFixed(2)
  print(
    `  ${how}, documents beside files: ratio ${ratio(rateOf, 'as files')}; beside assets: ratio ${ratio(rateOf, 'as assets')}`,
  )
}

/** The bytes that the service answers with, as files. @returns How many. */
async function copyPages(origin: string, files: string, count: number): Promise<number> {
  let bytes = 0
  for (let n = 0; n < count; n++) {
    const answer = await fetch(`${origin}/static-docs/ended--${Math.floor(n / SET_PAGES)}/page-${n % SET_PAGES}.md`)
    const body = new Uint8Array(await answer.arrayBuffer())
    if (answer.status !== 200) throw new Error(`page ${n} was answered with ${answer.status}`)
    bytes += body.length
    await writeFile(path.join(files, `page-${n}.html`), body)
  }
  return bytes
}
