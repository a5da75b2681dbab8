/**
 * Repositories and hosts that mean harm, through the real program: how long and how much memory until a set or a clear
 * failure, and which files outside of the spool were touched on the way (needs strace). Then READMEs that parsers choke on,
 * while somebody reads: whether the server's answers suffer.
 */

import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hasEnded, post, readJob } from '../../test/support/client.ts'
import { until } from '../../test/support/docspool.ts'
import { startGitHttp } from '../../test/support/git-http.ts'
import { pathologicalMarkdown } from '../../test/support/pathological-markdown.ts'
import { makeRepository } from '../../test/support/repositories.ts'
import { print } from '../measure.ts'
import { forkBench, startServer } from '../programs.ts'
import type { Asked } from './asker.ts'
import { CASES, type Case, HONEST, HOSTS, startUntrusted, type World } from './cases.ts'
import { readWorkers, startTraced, type TracedSupervisor } from './traced.ts'
import { tellXss } from './xss/run.ts'

const SECRET = randomUUID()
/** For hosts that take their time. */
const CLONE_TIMEOUT_S = 5
const POLL_MS = 600_000
/** How often each piece of a README repeats. */
const REPEATS = 50_000

interface Running {
  origin: string
  spoolDir: string
  supervisor: TracedSupervisor
}

/** Each with a docspool of its own. */
const PARTS: Record<string, { env: Record<string, string>; act(world: World, running: Running): Promise<void> }> = {
  repositories: {
    env: {},
    async act(world, running) {
      for (const each of [HONEST, ...CASES]) await tell(each, world, running)
      print(`  files of the spool that hold what the links lead to: ${countSecrets(running.spoolDir)}`)
    },
  },
  hosts: {
    env: { DOCSPOOL_CLONE_TIMEOUT_S: String(CLONE_TIMEOUT_S), DOCSPOOL_MAX_REPO_MB: '5' },
    async act(world, running) {
      for (const each of [HONEST, ...HOSTS]) await tell(each, world, running)
    },
  },
  markdown: { env: { DOCSPOOL_MAX_FILE_KB: '8192' }, act: tellMarkdown },
}

/** `--part=repositories`, `hosts`, `markdown`; several. `--part=xss` with `--corpora=/path` only by its name. */
export async function run(): Promise<void> {
  const wanted = process.argv.filter((flag) => flag.startsWith('--part=')).map((flag) => flag.slice(7))
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const root = path.join(folder, 'git')
  await mkdir(root)
  const world: World = {
    root,
    server: await startGitHttp(root),
    untrusted: await startUntrusted(root),
    canary: path.join(folder, 'canary', 'secret'),
  }
  try {
    await mkdir(path.dirname(world.canary))
    await writeFile(world.canary, `${SECRET}\n`)
    const parts = Object.entries(PARTS).filter(([name]) => wanted.length === 0 || wanted.includes(name))
    for (const [, { env, act }] of parts) {
      await withDocspool(folder, world, env, (running) => act(world, running))
    }
    if (wanted.includes('xss')) await tellXss(world)
  } finally {
    await world.server.close()
    world.untrusted.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function withDocspool(
  folder: string,
  { server, untrusted }: World,
  env: Record<string, string>,
  act: (running: Running) => Promise<void>,
): Promise<void> {
  const spoolDir = await mkdtemp(path.join(folder, 'spool-'))
  const all = {
    DOCSPOOL_SPOOL_DIR: spoolDir,
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: [server.url, untrusted.url].map((url) => new URL(url).host).join(','),
    DOCSPOOL_LOG_LEVEL: 'info',
    ...env,
  }
  const reader = await startServer(all)
  const supervisor = await startTraced(spoolDir, all, `${spoolDir}.strace`)
  try {
    await act({ origin: reader.found, spoolDir, supervisor })
  } finally {
    await supervisor.program.stop()
    await reader.stop()
  }
}

interface Outcome {
  seconds: number
  /** Of the largest worker. */
  peakMb: number
  said: string
}

async function tell(each: Case, world: World, running: Running): Promise<void> {
  const name = each.name.replace(/[^a-z0-9]+/gi, '-')
  const folder = path.join(world.root, 'o', `${name}.git`)
  if (!existsSync(folder)) await each.make(folder, world)
  world.server.faults = each.faults ?? {}
  const host = each.isUntrusted ? world.untrusted.url : world.server.url
  const { seconds, peakMb, said } = await document(`${host}/o/${name}`, running)
  world.server.faults = {}
  const outside = running.supervisor.takeOutside()
  // What the honest one needs is the program's own.
  const shown =
    each === HONEST ? `${outside.length} of the system` : `${outside.length} ${outside.slice(0, 5).join(' ')}`
  print(
    `  ${each.name.padEnd(42)} ${seconds.toFixed(1).padStart(6)} s ${peakMb.toFixed(0).padStart(6)} MB  ${said.padEnd(34)} outside: ${shown}`,
  )
}

async function document(url: string, { origin, spoolDir }: Running): Promise<Outcome> {
  const begin = performance.now()
  const { status, body } = await post(origin, { repo_url: url })
  if (status >= 400) throw new Error(`refused: ${JSON.stringify(body)}`)
  let peakMb = 0
  const job = await until(async () => {
    for (const mb of readWorkers(spoolDir).values()) peakMb = Math.max(peakMb, mb)
    const now = await readJob(origin, body.job_id)
    return now !== undefined && hasEnded(now) ? now : undefined
  }, POLL_MS)
  const tries = job.epoch > 1 ? `, ${job.epoch} tries` : ''
  const said = `${job.status === 'completed' ? 'a set' : job.error_code}${tries}`
  return { seconds: (performance.now() - begin) / 1_000, peakMb, said }
}

function countSecrets(spoolDir: string): number {
  try {
    return execFileSync('grep', ['-rlaF', SECRET, spoolDir], { encoding: 'utf8' }).trim().split('\n').length
  } catch {
    return 0
  }
}

async function tellMarkdown(world: World, running: Running): Promise<void> {
  const make = async (name: string, text: string): Promise<string> => {
    const slug = `readme-${name.replace(/[^a-z0-9]+/gi, '-')}`
    const readme = `# A title\n\nWhat this is, in a sentence.\n\n${text}\n`
    await makeRepository(path.join(world.root, 'o', `${slug}.git`), {
      'README.md': readme,
      'a.py': 'def a():\n    pass\n',
    })
    return `${world.server.url}/o/${slug}`
  }
  const quiet = await whileAsked(running.origin, () => new Promise((resolve) => setTimeout(resolve, 5_000)))
  const plain = await make('plain', 'Words. '.repeat(REPEATS))
  const honest = await whileAsked(running.origin, () => document(plain, running))
  const urls = new Map<string, string>()
  for (const [name, text] of Object.entries(pathologicalMarkdown(REPEATS))) urls.set(name, await make(name, text))
  const hostile = await whileAsked(running.origin, async () => {
    for (const [name, url] of urls) {
      const { seconds, peakMb, said } = await document(url, running)
      print(
        `  README: ${name.padEnd(40)} ${seconds.toFixed(1).padStart(6)} s ${peakMb.toFixed(0).padStart(6)} MB  ${said}`,
      )
    }
  })
  for (const [when, asked] of Object.entries({
    'nothing runs': quiet,
    'an honest job': honest,
    'those jobs': hostile,
  })) {
    print(
      `  server while ${when}: ${asked.requests} requests, ${asked.errors} errors, p50 ${asked.p50.toFixed(1)} ms, p99 ${asked.p99.toFixed(1)} ms`,
    )
  }
}

/** What readers of the first page see while something happens. */
async function whileAsked(origin: string, act: () => Promise<unknown>): Promise<Asked> {
  const asker = forkBench('hostile/asker.ts')
  asker.send(`${origin}/`)
  await act()
  const answer = once(asker, 'message') as Promise<[Asked]>
  asker.send('enough')
  return (await answer)[0]
}
