/**
 * Real repositories through the real program over smart HTTP on loopback: seconds from POST to documents, and whether
 * what came out is complete, right and the same every time. What is judged here is what a reader gets over HTTP; none of
 * the program's own checks is used.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'
import type { JobView } from '#queue/contract.ts'
import { hasEnded, post, readSet, waitFor } from '../../test/support/client.ts'
import { diagramsOf, faultOf } from '../../test/support/mermaid.ts'
import { git } from '../../test/support/repositories.ts'
import { walkSet } from '../../test/support/walk-links.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { print, readFlag } from '../measure.ts'
import { auditSet } from './audit.ts'
import { definitionsIn } from './definitions.ts'

const LIMIT_MS = 900_000
/** Time for the next worker to start and to wait for a job, as on any server that is not busy. */
const PAUSE_MS = 6_000
/** Surroundings that must not show in a set. */
const SURROUNDINGS = [
  { TZ: 'UTC', LC_ALL: 'C' },
  { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' },
  { TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8' },
  { TZ: 'Asia/Kolkata', LC_ALL: 'C.UTF-8' },
  { TZ: 'UTC', LC_ALL: 'sv_SE.UTF-8' },
]

export async function run(): Promise<void> {
  const runs = readFlag('runs', 5)
  const folders = process.argv.filter((one) => one.startsWith('--repo=')).map((one) => path.resolve(one.slice(7)))
  if (folders.length === 0) throw new Error('Name a checkout: make bench ONLY="documents --repo=/path/to/repository".')
  const world = await createWorld({ DOCSPOOL_CONCURRENCY: '1', DOCSPOOL_REVALIDATE_MINUTES: '0' })
  world.git.faults = { anyCommit: true }
  try {
    await mkdir(path.join(world.root, 'test'), { recursive: true })
    for (const folder of folders) {
      const name = path.basename(folder)
      const checkout = path.join(world.root, name)
      await git(world.root, ['clone', '--quiet', folder, checkout])
      await symlink(path.join(checkout, '.git'), path.join(world.root, `test/${name}.git`))
      print(`\n  ${name}`)
      for (const line of await measure(world, folder, name, runs)) print(`    ${line}`)
    }
  } finally {
    await world.close()
  }
}

async function measure(world: World, folder: string, name: string, runs: number): Promise<string[]> {
  const { job, seconds } = await timed(world, name, false)
  if (job.status !== 'completed') return [`${job.error_code} ${job.error_message}`]
  const docsPath = job.docs_path ?? ''
  const walked = await walkSet(world.origin, docsPath)
  const set = await readSet(world.origin, docsPath)
  const diagrams = [...set].filter(([file]) => file.endsWith('.md')).flatMap(([, text]) => diagramsOf(text))
  const unread: string[] = []
  for (const diagram of diagrams) {
    const fault = await faultOf(diagram)
    if (fault !== undefined) unread.push(fault)
  }
  const defined = definitionsIn(folder)
  const found = auditSet(set, folder, defined)
  const verification = JSON.parse(set.get('verification.json') ?? '{}') as { fault_count?: number }
  return [
    `${seconds} s from POST to completed on a server that has just started, ${job.progress}`,
    ...(await againAndUpdated(world, name, { runs, changed: defined[defined.length >> 1]?.file })),
    `${walked.pages} pages, ${walked.internalLinks} links inside, ${walked.anchors} to anchors, ${walked.sourceLinks} to lines: ${walked.faults.length} wrong`,
    ...walked.faults.slice(0, 5).map((fault) => `  ${fault}`),
    `${diagrams.length} diagrams: ${unread.length} that mermaid does not read`,
    ...found,
    `${verification.fault_count} faults in verification.json`,
    ...(await repeat(world, name, runs)),
  ]
}

/** The same forced while a worker waits; then after a commit that adds a comment to one file. */
async function againAndUpdated(
  world: World,
  name: string,
  { runs, changed }: { runs: number; changed: string | undefined },
): Promise<string[]> {
  const again: string[] = []
  for (let run = 0; run < runs; run += 1) {
    await pause(PAUSE_MS)
    again.push((await timed(world, name, true)).seconds)
  }
  const lines = [`${again.join(', ')} s forced, with a worker waiting`]
  if (changed === undefined) return lines
  const checkout = path.join(world.root, name)
  await appendFile(path.join(checkout, changed), /\.(?:py|rb|sh)$/.test(changed) ? '\n# changed\n' : '\n// changed\n')
  await git(checkout, ['commit', '--quiet', '--all', '--message=Change'])
  await pause(PAUSE_MS)
  const { job, seconds } = await timed(world, name, false)
  return [...lines, `${seconds} s after a commit that changes ${changed}, ${job.status}`]
}

async function timed(world: World, name: string, force: boolean): Promise<{ job: JobView; seconds: string }> {
  const startedAt = performance.now()
  const { body } = await post(world.origin, { repo_url: world.urlOf(name), force })
  const job = await waitFor(world.origin, body.job_id, hasEnded, LIMIT_MS)
  return { job, seconds: ((performance.now() - startedAt) / 1_000).toFixed(1) }
}

/** The same commit in other surroundings, with a home, a time zone and a language of its own each time. */
async function repeat(world: World, name: string, runs: number): Promise<string[]> {
  const sets: Map<string, string>[] = []
  let peakMb = 0
  let seconds = Number.POSITIVE_INFINITY
  for (const env of SURROUNDINGS.slice(0, runs)) {
    const home = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
    try {
      const port = new URL(world.urlOf(name)).port
      const startedAt = performance.now()
      peakMb = Math.max(
        peakMb,
        await generateOnce([world.urlOf(name), '-o', path.join(home, 'set')], {
          ...env,
          HOME: home,
          TMPDIR: home,
          DOCSPOOL_SPOOL_DIR: path.join(home, 'spool'),
          DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
          DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${port}`,
          DOCSPOOL_SOURCE_LINKS: `127.0.0.1:${port}=github`,
        }),
      )
      seconds = Math.min(seconds, (performance.now() - startedAt) / 1_000)
      const names = await readdir(path.join(home, 'set'))
      sets.push(
        new Map(
          await Promise.all(
            names.map(
              async (file): Promise<[string, string]> => [file, await readFile(path.join(home, 'set', file), 'latin1')],
            ),
          ),
        ),
      )
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  }
  const [first, ...others] = sets
  if (first === undefined) return []
  const differing = [...first.keys()].filter((file) => others.some((set) => set.get(file) !== first.get(file)))
  const counts = new Set(sets.map((set) => set.size)).size
  return [
    `${sets.length} runs of generate: ${differing.length} of ${first.size} files differ, ${counts === 1 ? 'as many files each time' : 'not as many files each time'}; the quickest ${seconds.toFixed(1)} s, the largest ${peakMb} MB`,
    ...differing.slice(0, 5).map((file) => `  ${file}`),
  ]
}

/** @returns The most memory that the process held, MB. */
async function generateOnce(args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [ENTRY_SCRIPT, 'generate', ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  let peak = 0
  const timer = setInterval(() => {
    try {
      const kb = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      peak = Math.max(peak, Math.round(Number(kb ?? 0) / 1_024))
    } catch {
      // It has just ended.
    }
  }, 50)
  const [code] = await once(child, 'exit')
  clearInterval(timer)
  if (code !== 0) throw new Error(`generate ended with ${code}:\n${Buffer.concat(said).toString()}`)
  return peak
}
