/**
 * Makes the spool of a released version, with a job of each kind in it: `node --import tsx test/spools/make.ts FOLDER`
 * writes `<version>.tar.gz` and `<version>.json`, which says what is in it. Run it once at each release, with the code of the
 * release, and keep both files here; they are never made anew.
 *
 * The archive is the backup of `docs/operations.md`: it names no process and no machine.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { GENERATOR_VERSION } from '#base/version.ts'
import { ReportedError } from '#queue/errors.ts'
import { fsck } from '#queue/fsck.ts'
import { openQueue } from '#queue/open-queue.ts'
import type { ClaimedJob, RunContext, RunResult } from '#queue/runner.ts'
import { parseRevisionName } from '#queue/spool/file-names.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { supervise } from '#queue/supervisor.ts'
import { createSetStore } from '#store/sets.ts'
import { settings, silent, until } from '../queue/support.ts'
import { newSet } from '../store/new-set.ts'
import { createServer } from './server.ts'
import { SUBMISSIONS, type Submission } from './submissions.ts'

const [target = '.'] = process.argv.slice(2)
const work = mkdtempSync(path.join(tmpdir(), 'docspool-made-'))
const spoolDir = path.join(work, 'spool')
const paths = new SpoolPaths(spoolDir)
const deps = { log: silent, clock: Date.now }
const sets = createSetStore(path.join(spoolDir, 'docs'))
const queue = await openQueue(spoolDir, settings, deps)
const server = createServer(spoolDir, queue)

async function run({ jobId, repoUrl, commitId }: ClaimedJob, { signal }: RunContext): Promise<RunResult> {
  if (repoUrl.endsWith('/failing')) {
    throw new ReportedError({ code: 'CLONE_FAILED', message: 'There is no such repository.', hint: null })
  }
  // The process dies while it waits.
  if (repoUrl.endsWith('/running')) await new Promise((_, reject) => signal.addEventListener('abort', reject))
  const { manifest, ...set } = newSet(`# Documents of ${jobId}\n`)
  const docsKey = await sets.publish({ ...set, manifest: { ...manifest, repo_url: repoUrl, full_name: jobId } })
  return { docsKey, resolvedCommit: commitId?.length === 40 ? commitId : 'a'.repeat(40), summary: 'Documented.' }
}

const made: { job_id: string; submission: Submission; docs_key: string | null }[] = []
async function submit(submission: Submission): Promise<string> {
  const { job_id } = await server.submit(submission)
  made.push({ job_id, submission, docs_key: null })
  return job_id
}

const drain = new AbortController()
const now = new AbortController()
const supervisor = supervise({
  ...{ spoolDir, run, concurrency: 4, isPassing: () => false, graceMs: 100, log: silent },
  ...{ signal: drain.signal, hardSignal: now.signal },
})
for (const submission of SUBMISSIONS) {
  const { becomes } = submission
  if (becomes === 'queued') continue
  const id = await submit(submission)
  await until(async () => {
    const status = (await queue.read(id))?.view.status
    return becomes === 'processing' ? status === 'processing' : status === 'completed' || status === 'failed'
  }, id)
  if (becomes === 'removed') await queue.remove(id)
  if (becomes === 'damaged') {
    for (const name of readdirSync(paths.job(id))) {
      if (parseRevisionName(name) !== undefined) writeFileSync(path.join(paths.job(id), name), '{"version":1,')
    }
  }
}
writeFileSync(paths.pausedMark, '')
for (const submission of SUBMISSIONS) {
  const { becomes } = submission
  if (becomes !== 'queued' && becomes !== 'cancelled') continue
  const id = becomes === 'queued' ? await submit(submission) : made.find((one) => one.submission === submission)?.job_id
  if (becomes === 'cancelled' && id !== undefined) {
    await queue.retry(id)
    await queue.cancel(id)
  }
}
const backend = await openSpool(spoolDir, { ...deps, leaseMs: 15_000 })
await backend.expiry.mark('acme--expired')
await backend.close()
await fsck(spoolDir, deps)
for (const one of made) one.docs_key = (await queue.read(one.job_id))?.docsKey ?? null
await queue.close()
await server.close()

// As the supervisor leaves it when it is killed now.
mkdirSync(target, { recursive: true })
const left = ['active', 'workers', 'journal', 'tmp', 'work', 'cache'].map((name) => `--exclude=./${name}`)
const archive = path.join(target, `${GENERATOR_VERSION}.tar.gz`)
execFileSync('tar', [
  ...['-C', spoolDir, '-czf', archive, '--sort=name', '--owner=docspool:990', '--group=docspool:990'],
  ...['--warning=no-file-ignored', ...left, '.'],
])
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
writeFileSync(
  path.join(target, `${GENERATOR_VERSION}.json`),
  `${JSON.stringify({ version: GENERATOR_VERSION, commit, made_at: new Date().toISOString(), jobs: made }, null, 2)}\n`,
)
drain.abort()
now.abort()
await supervisor
rmSync(work, { recursive: true })
process.exit(0)
