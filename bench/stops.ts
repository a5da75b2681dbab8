/**
 * Stops docspool again and again while a job runs, in each way in which it is stopped in life: by signals, terminals, npm,
 * namespaces, and, as root, by `systemctl stop` under a systemd of its own. Each job must end as if nothing had happened: done
 * once, by the worker that had it.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { post, waitFor } from '../test/support/client.ts'
import { until } from '../test/support/docspool.ts'
import { freePort } from '../test/support/free-port.ts'
import { startGitHttp } from '../test/support/git-http.ts'
import { makeRepository } from '../test/support/repositories.ts'
import { stopDuringJob, WAYS } from '../test/support/stopping.ts'
import { bootSystemd } from '../test/support/systemd.ts'
import { print, readFlag } from './measure.ts'

const STOPS = 20
/** What a job needs after the request to end. */
const JOB_MS = 2_000
/** Stops at once, each with programs of its own. */
const AT_ONCE = 3

interface Outcome {
  isDone: boolean
  isDoneOnce: boolean
  ms: number
}

export async function run(): Promise<void> {
  const stops = readFlag('stops', STOPS)
  print(`  ${stops} stops each, of a job that needs ${JOB_MS} ms more:`)
  const only = process.argv.find((argument) => argument.startsWith('--way='))?.slice('--way='.length)
  for (const way of WAYS) {
    if (only !== undefined && way.name !== only) continue
    const outcomes: Outcome[] = []
    let begun = 0
    const lane = async (): Promise<void> => {
      while (begun++ < stops) {
        const { job, starts, ms } = await stopDuringJob(way, { jobMs: JOB_MS })
        const isDone = job.status === 'completed'
        outcomes.push({ isDone, isDoneOnce: isDone && job.epoch === 1 && starts <= 1, ms })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    report(way.name, outcomes)
  }
  if (only === undefined || only === 'systemctl stop') report('systemctl stop', await stopUnit(stops))
}

function report(name: string, outcomes: Outcome[] | undefined): void {
  if (outcomes === undefined) {
    print(`  ${name}: no systemd can be booted here`)
    return
  }
  const count = (wanted: (outcome: Outcome) => boolean): number => outcomes.filter(wanted).length
  const slowest = Math.max(...outcomes.map(({ ms }) => ms))
  const done = `finished ${count(({ isDone }) => isDone)} of ${outcomes.length}`
  const others = `cut or doubled ${count(({ isDoneOnce }) => !isDoneOnce)}, slowest ${Math.round(slowest)} ms`
  print(`  ${name}: ${done}, ${others}`)
}

async function stopUnit(stops: number): Promise<Outcome[] | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-stops-'))
  const git = await startGitHttp(folder)
  const systemd = process.getuid?.() === 0 ? await bootSystemd() : undefined
  try {
    if (systemd === undefined) return undefined
    const port = await freePort()
    const origin = `http://127.0.0.1:${port}`
    const settings = `DOCSPOOL_PORT=${port}\nDOCSPOOL_ALLOWED_HOSTS=127.0.0.1:${git.port}\nDOCSPOOL_ALLOW_PRIVATE_NETWORKS=true\n`
    const unit = await readFile(new URL('../setup/docspool.service', import.meta.url), 'utf8')
    await systemd.write('/etc/systemd/system/docspool.service', unit)
    await systemd.write('/etc/docspool/docspool.env', settings)
    await systemd.run('systemctl', 'daemon-reload')
    const init = ['node', '/opt/docspool/src/docspool.mjs', 'init', '--spool-dir', '/var/lib/docspool']
    const made = await systemd.run(...init)
    if (made.code !== 0) throw new Error(made.text)
    const outcomes: Outcome[] = []
    for (let stop = 0; stop < stops; stop++) {
      await makeRepository(path.join(folder, `test/small-${stop}.git`), { 'a.py': 'x = 1\n' })
      const { code, text } = await systemd.run('systemctl', 'start', 'docspool')
      if (code !== 0) throw new Error(text)
      let release: () => void = () => undefined
      git.faults = {
        held: new Promise((resolve) => {
          release = resolve
        }),
      }
      git.requests.length = 0
      const { body } = await post(origin, { repo_url: `${git.url}/test/small-${stop}` })
      await until(() => git.requests.length > 0 || undefined)
      const askedAt = performance.now()
      const stopping = systemd.run('systemctl', 'stop', 'docspool')
      await pause(JOB_MS)
      release()
      await stopping
      const ms = performance.now() - askedAt
      git.faults = {}
      await systemd.run('systemctl', 'start', 'docspool')
      const job = await waitFor(origin, body.job_id, ({ status }) => status === 'completed')
      outcomes.push({ isDone: job.epoch === 1, isDoneOnce: job.epoch === 1, ms })
    }
    return outcomes
  } finally {
    await systemd?.close()
    await git.close()
    await rm(folder, { recursive: true, force: true })
  }
}
