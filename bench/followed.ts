/**
 * A followed repository: bytes received by the clones of its newest tags, with kept objects and without; seconds and bytes on the
 * disk with their documents; then a push, its webhook by curl, and seconds to the new pages, beside a first run.
 *
 * `--repository=FOLDER`: a clone with tags. `--tags=20`. `--clones`: only the clones.
 */

import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { newestFirst } from '#base/ref-patterns.ts'
import { parseRepository } from '#base/repository.ts'
import { clone } from '#generate/clone/clone.ts'
import { hasEnded, readJob } from '../test/support/client.ts'
import { startDocspool } from '../test/support/docspool.ts'
import { startGitHttp } from '../test/support/git-http.ts'
import { git } from '../test/support/repositories.ts'
import { print } from './measure.ts'

const SECRET = 'a-secret-of-the-bench'
const runFile = promisify(execFile)

interface Ref {
  ref: string
  commit: string
  job_id: string
}

export async function run(): Promise<void> {
  const from = flag('repository')
  const tags = Number(flag('tags') ?? 20)
  if (from === undefined) throw new Error('Expected --repository=FOLDER, a clone with tags.')
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-followed-'))
  const folder = path.join(root, 'test', 'repository.git')
  await mkdir(path.dirname(folder), { recursive: true })
  await runFile('git', ['clone', '--quiet', '--bare', from, folder])
  try {
    await measureClones(root, folder, tags)
    if (process.argv.includes('--clones')) return
    await measure(root, folder, { what: 'one tag', count: 1, isPushed: false })
    await measure(root, folder, { what: `${tags} tags`, count: tags, isPushed: true })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** The newest tags one after the other, with kept objects and without. */
async function measureClones(root: string, folder: string, count: number): Promise<void> {
  const server = await startGitHttp(root)
  const repository = parseRepository(`${server.url}/test/repository`, {
    allowedHosts: [`127.0.0.1:${server.port}`],
    allowPrivateNetworks: true,
    localRepos: [],
  })
  const names = newestFirst((await git(folder, ['tag'])).trim().split('\n')).slice(0, count)
  const objects = path.join(root, 'objects')
  for (const [what, kept] of [
    ['clones, objects kept', { folder: objects, maxBytes: 2 ** 31 }],
    ['clones, nothing kept', undefined],
  ] as const) {
    let received = 0
    let first = 0
    const start = performance.now()
    for (const commitId of [null, ...names]) {
      const workDir = await mkdtemp(path.join(root, 'work-'))
      const tree = await clone({
        ...{ repository, commitId, kept, workDir, depth: 1, maxBytes: 2 ** 31, maxFileBytes: 2 ** 20 },
        ...{ timeoutMs: 300_000, allowPrivateNetworks: true, signal: new AbortController().signal },
        onProgress: () => undefined,
        onReceived: (bytes) => (received += bytes),
      })
      await tree.close()
      await rm(workDir, { recursive: true, force: true })
      first ||= received
    }
    const seconds = (performance.now() - start) / 1_000
    const disk = kept === undefined ? '' : `, objects ${mb(await sizeOf(objects))}`
    tell(what, `${seconds.toFixed(1)} s, received ${mb(received)}, of which ${mb(first)} for the first${disk}`)
  }
  await server.close()
}

interface Case {
  what: string
  count: number
  isPushed: boolean
}

async function measure(root: string, folder: string, { what, count, isPushed }: Case): Promise<void> {
  const server = await startGitHttp(root)
  const host = `127.0.0.1:${server.port}`
  const url = `${server.url}/test/repository`
  const docspool = await startDocspool({
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: host,
    DOCSPOOL_SOURCE_LINKS: `${host}=github`,
    DOCSPOOL_HOOK_SECRETS: `${host}=${SECRET}`,
    DOCSPOOL_CONCURRENCY: '1',
  })
  const { origin, spoolDir } = docspool
  const address = `${origin}/api/follows/${encodeURIComponent(url)}`
  const readRefs = async (): Promise<Ref[]> => ((await (await fetch(address)).json()) as { refs: Ref[] }).refs
  const received = async (): Promise<number> =>
    Number(
      /^docspool_clone_received_bytes_total (\d+)/m.exec(await (await fetch(`${origin}/metrics`)).text())?.[1] ?? 0,
    )
  const whenDone = async (isDone: (refs: Ref[]) => boolean): Promise<void> => {
    for (;;) {
      const refs = await readRefs()
      const jobs = await Promise.all(refs.map(({ job_id }) => readJob(origin, job_id)))
      const isAll = jobs.every(
        (job, at) => job !== undefined && hasEnded(job) && job.resolved_commit === refs[at]?.commit,
      )
      if (refs.length > 0 && isDone(refs) && isAll) return
      const failed = jobs.find((job) => job?.status === 'failed')
      if (failed !== undefined) throw new Error(`${failed.job_id}: ${failed.error_message}`)
      await pause(25)
    }
  }
  try {
    const start = performance.now()
    const body = JSON.stringify({ tags: ['semver:*'], branches: [], keep: count, every: '30d' })
    await fetch(address, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })
    await whenDone((refs) => refs.length === count + 1)
    const seconds = (performance.now() - start) / 1_000
    // Counts are written every 5 s.
    await pause(6_000)
    const sizes = await Promise.all(
      ['docs', 'cache/objects', 'cache', '.'].map((name) => sizeOf(path.join(spoolDir, name))),
    )
    const [docs, objects, cache, all] = sizes
    tell(
      what,
      `${seconds.toFixed(1)} s, received ${mb(await received())}, docs ${mb(docs)}, objects ${mb(objects)}, cache with objects ${mb(cache)}, spool ${mb(all)}`,
    )
    if (isPushed) await measurePush({ origin, folder, url, whenDone, received })
  } finally {
    await docspool.stop()
    await server.close()
  }
}

interface Pushed {
  origin: string
  folder: string
  url: string
  whenDone(isDone: (refs: Ref[]) => boolean): Promise<void>
  received(): Promise<number>
}

/** A commit over real HTTP, the webhook by curl, and the time until the pages of the commit are there. */
async function measurePush({ origin, folder, url, whenDone, received }: Pushed): Promise<void> {
  const branch = (await git(folder, ['symbolic-ref', 'HEAD'])).trim()
  const file = (await git(folder, ['ls-tree', '-r', '--name-only', 'HEAD']))
    .split('\n')
    .find((name) => /\.(?:py|ts)$/.test(name))
  const before = await received()
  const text = `${await git(folder, ['show', `HEAD:${file}`])}\n# One line more.\n`
  const parts = [
    `commit ${branch}\ncommitter A <a@b.c> ${Math.floor(Date.now() / 1_000)} +0000\ndata 1\nx\nfrom ${branch}^0\n`,
  ]
  parts.push(`M 100644 inline ${file}\ndata ${Buffer.byteLength(text)}\n${text}\n`)
  await git(folder, ['fast-import', '--quiet'], parts.join(''))
  const commit = (await git(folder, ['rev-parse', 'HEAD'])).trim()
  const start = performance.now()
  const body = JSON.stringify({ ref: branch, after: commit, repository: { clone_url: url } })
  const signature = createHmac('sha256', SECRET).update(body).digest('hex')
  const headers = [
    '-H',
    'content-type: application/json',
    '-H',
    'x-gitea-event: push',
    '-H',
    `x-gitea-signature: ${signature}`,
  ]
  const { stdout } = await runFile('curl', ['-sS', ...headers, '-d', body, `${origin}/hooks`])
  await whenDone((refs) => refs.some((one) => one.ref === 'HEAD' && one.commit === commit))
  const seconds = (performance.now() - start) / 1_000
  await pause(6_000)
  tell(
    'a push, its webhook, new pages',
    `${seconds.toFixed(1)} s, received ${mb((await received()) - before)}; ${stdout.trim()}`,
  )
  const first = performance.now()
  const repo = JSON.stringify({ repo_url: url, force: true })
  const { job_id } = (await (
    await fetch(`${origin}/api/jobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: repo })
  ).json()) as Ref
  for (
    let job = await readJob(origin, job_id);
    job === undefined || !hasEnded(job);
    job = await readJob(origin, job_id)
  )
    await pause(25)
  tell('the same commit as a first run', `${((performance.now() - first) / 1_000).toFixed(1)} s`)
}

async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await runFile('du', ['-s', '--block-size=1', folder]).catch(() => ({ stdout: '0' }))
  return Number(stdout.split('\t')[0])
}

const mb = (bytes = 0): string => `${(bytes / 1_048_576).toFixed(2)} MB`
const tell = (what: string, figures: string): unknown => print(`${what.padEnd(32)} ${figures}`)
const flag = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
