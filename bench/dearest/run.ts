/**
 * Whether one request holds the server: of each route the dearest is asked for from one address, within the limits as they are
 * by default, while a client asks for `/healthz` and reads pages. Told are the times of `/healthz`, how the dear requests were answered, and
 * the memory of the server. The first line, where nothing dear is asked, says what the machine does by itself.
 */

import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { get as httpGet } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createSetStore } from '#store/sets.ts'
import { percentile, print, readFlag } from '../measure.ts'
import { ask, endProcess, forkBench, readRssMb, startServer } from '../programs.ts'
import { makeSpool, writeEnded, writeQueued, writeVersions } from '../spool.ts'
import type { Asked } from './asker.ts'
import { largeSet, largeVersion } from './large-set.ts'
import { dearest } from './routes.ts'

const ROWS = 14_000
const JOBS = 60_000
/** One in so many jobs documents the same repository. */
const LARGE_EVERY = 30
const SECONDS = 5
const CONNECTIONS = 40
/** Of the repository that is asked for a page which none of them has. */
const VERSIONS = 21
/** Between two looks at `/healthz`. */
const EVERY_MS = 10

/** Takes some ten minutes. `--rows=14000 --jobs=60000 --seconds=5`; `--only=search` for routes with that in their names, `--program=/path/docspool.mjs` for another version. */
export async function run(): Promise<void> {
  const [rows, jobs, seconds] = [readFlag('rows', ROWS), readFlag('jobs', JOBS), readFlag('seconds', SECONDS)]
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const asker = forkBench('dearest/asker.ts')
  try {
    const spoolDir = path.join(folder, 'spool')
    await makeSpool(spoolDir)
    const { set, longFile } = largeSet(rows)
    const store = createSetStore(path.join(spoolDir, 'docs'))
    const [key, next] = [await store.publish(set), await store.publish(largeSet(rows, 2).set)]
    const keyOf = (n: number) => (n === jobs - 2 ? next : key)
    writeEnded(spoolDir, jobs, keyOf, (n) => (n % LARGE_EVERY === 0 ? 'large' : `ended--${n}`))
    writeQueued(spoolDir, 10)
    const versions: string[] = []
    for (let n = 0; n < VERSIONS; n++) versions.push(await store.publish(largeVersion(n)))
    writeVersions(spoolDir, 'versions', versions)
    const address = 'git.invalid/acme/versions'
    const wanted = dearest(`ended--${jobs - 1}`, `ended--${jobs - 2}`, longFile, address).filter(({ name }) =>
      name.includes(flag('only') ?? ''),
    )
    const server = await startServer(
      {
        DOCSPOOL_SPOOL_DIR: spoolDir,
        DOCSPOOL_ALLOWED_HOSTS: 'git.invalid',
        DOCSPOOL_HOOK_SECRETS: Array.from({ length: 20 }, (_, n) => `git.invalid/o${n}=${'s'.repeat(32)}${n}`).join(
          ',',
        ),
      },
      flag('program'),
    )
    try {
      print(`  ${rows} rows in the search, ${jobs} jobs; milliseconds of /healthz`)
      for (const [number, { name, requests, connections = CONNECTIONS }] of wanted.entries()) {
        // What the limits have taken for one route, the next has again.
        const address = `127.0.1.${number + 1}`
        const before = { rss: readRssMb(server.pid), loop: readLoopSeconds(server.pid) }
        const end = new AbortController()
        const watch = watchHealth(server.found, `ended--${jobs - 1}`, end.signal)
        const asked = await ask<Asked>(asker, { origin: server.found, address, requests, connections, seconds })
        await pause(500)
        end.abort()
        const times = await watch
        const [p50, p99, most] = [50, 99, 100].map((percent) => percentile(times, percent).toFixed(0))
        const answers = Object.entries(asked).map(([status, count]) => `${count} × ${status}`)
        const loop = readLoopSeconds(server.pid) - before.loop
        const each = (loop * 1_000) / Object.values(asked).reduce((sum, count) => sum + count, times.length)
        print(
          `  ${name}: p50 ${p50}, p99 ${p99}, most ${most}; ${answers.join(', ')}; ${loop.toFixed(1)} s of the loop, ${each.toFixed(1)} ms an answer; ${before.rss.toFixed(0)} to ${readRssMb(server.pid).toFixed(0)} MB`,
        )
      }
      await pause(3_000)
      print(`  in the end ${readRssMb(server.pid).toFixed(0)} MB`)
    } finally {
      await server.stop()
    }
  } finally {
    await endProcess(asker)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Processor time of the thread that answers; it holds where other programs run. */
function readLoopSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const flag = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

/** Ask from another address until the signal fires, beside a page now and then. @returns Milliseconds of each answer. */
async function watchHealth(origin: string, id: string, signal: AbortSignal): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; !signal.aborted; n++) {
    const begin = performance.now()
    await read(`${origin}/healthz`)
    times.push(performance.now() - begin)
    if (n % 20 === 0) void read(`${origin}/static-docs/${id}/page-${1 + (n % 300)}.md`)
    await pause(EVERY_MS)
  }
  return times
}

function read(url: string): Promise<void> {
  return new Promise((resolve) => {
    const asked = httpGet(url, { localAddress: '127.0.0.2' }, (response) => {
      response.resume()
      response.once('close', resolve)
    })
    asked.once('error', () => resolve())
  })
}
