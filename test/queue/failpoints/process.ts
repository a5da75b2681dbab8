/**
 * Takes a queue through every move that it has: `process.ts FOLDER|URL JOURNAL MODE`, the folder of a spool or the URL of a
 * database. With `all` it submits, cancels, retries
 * and removes, prints what was acknowledged, and supervises beside that; with `rest` it only supervises. Ends when nothing
 * waits or runs.
 */
import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { AppError } from '#base/errors.ts'
import { ReportedError } from '#queue/errors.ts'
import { fsck } from '#queue/fsck.ts'
import { openQueue } from '#queue/open-queue.ts'
import { placeOf } from '#queue/open-storage.ts'
import type { ClaimedJob, RunContext, RunResult } from '#queue/runner.ts'
import { parseRevisionName } from '#queue/spool/file-names.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createQuarantine } from '#queue/spool/quarantine.ts'
import { supervise } from '#queue/supervisor.ts'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore } from '#store/sets.ts'
import { onDatabase } from '../../postgres/start-server.ts'
import { request, settings, silent, until } from '../support.ts'

const [where = '', journal = '', mode] = process.argv.slice(2)
const databaseUrl = where.startsWith('postgres:') ? where : null
const spoolDir = databaseUrl === null ? where : `${journal}.machine`
const place = placeOf({ spoolDir, databaseUrl })
const leaseMs = 5_000
const sets = createSetStore(`${spoolDir}/docs`)
/** Ends the wait of a job that runs until it is told. */
const goOn = new Map<string, () => void>()
const starts = new Map<string, number>()
let isReleased = false
/** Grows when a job waits for its next try and at the end, so that what was put off is due at once. */
let laterMs = mode === 'rest' ? 7_200_000 : 0

const note = (...words: (string | number)[]): void => appendFileSync(journal, `${words.join(' ')}\n`)

async function run(job: ClaimedJob, context: RunContext): Promise<RunResult> {
  note('START', job.jobId, job.epoch, process.pid)
  const tries = (starts.get(job.jobId) ?? 0) + 1
  starts.set(job.jobId, tries)
  context.report({ stage: 'clone', percent: 1, text: 'Working' })
  if (mode === 'all' && /held|doomed/.test(job.jobId) && !isReleased) {
    await new Promise<void>((resolve, reject) => {
      goOn.set(job.jobId, resolve)
      context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true })
    })
  }
  if (job.jobId === 'acme--passing' && tries === 1) {
    throw new ReportedError({ code: 'NETWORK', message: 'Gone for a moment.', hint: null })
  }
  const docsKey = await sets.publish(setOf(job.jobId))
  return { docsKey, resolvedCommit: 'a'.repeat(40), summary: 'Documented.' }
}

function setOf(jobId: string): NewSet {
  const pages = [{ file: 'overview.md', title: jobId, module: null, html: 'overview.html', headings: [], diagrams: 0 }]
  return {
    manifest: {
      repo_url: `https://github.com/acme/${jobId}`,
      name: jobId,
      full_name: `acme/${jobId}`,
      commit: 'a'.repeat(40),
      commit_url: null,
      committed_at: '2026-01-01T00:00:00.000Z',
      main_model: 'offline',
      generator_version: '0',
      statistics: { files: 0, lines: 0, components: 0, edges: 0, modules: 0, pages: 1 },
      pages,
      tree: [{ title: jobId, file: 'overview.md', children: [] }],
    },
    files: new Map([['overview.md', `# ${jobId}\n`]]),
    html: new Map([['overview.html', '<h1></h1>']]),
  }
}

/** What the caller is told counts; a refusal is no promise. */
async function acknowledge(what: string, id: string, step: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      note('TRY', what, id)
      await step()
      note('ACK', what, id)
      return
    } catch (error) {
      if (!(error instanceof AppError || (error instanceof Error && 'code' in error)) || tries > 3) throw error
      note('REFUSED', what, id)
    }
  }
}

const clock = () => Date.now() + laterMs
const open = () => openQueue(place, settings, { log: silent, clock })
// The upgrade of the layout may be what fails.
const queue = await open().catch(open)
const drain = new AbortController()
const supervisor = supervise({
  spoolDir,
  databaseUrl,
  run,
  concurrency: 4,
  isPassing: (code) => code === 'NETWORK',
  graceMs: 100,
  leaseMs,
  clock,
  async notify({ url, job }) {
    note('TOLD', job.job_id, url, job.status)
    return { is: 'delivered' }
  },
  follows: {
    look: async (asked) => {
      for (const { repoUrl } of asked) note('LOOK', repoUrl)
      const refs = [{ ref: 'HEAD', commit: 'a'.repeat(40) }]
      return new Map(asked.map(({ id }) => [id, { is: 'seen', refs, counted: [], repositoryWish: undefined }]))
    },
    toRequest: async (_, repoUrl) => request(repoUrl.replace(/.*\//, '')),
    admission: settings,
  },
  log: silent,
  signal: drain.signal,
  hardSignal: new AbortController().signal,
})

if (mode === 'all') {
  const submit = (id: string, changes = {}) => acknowledge('submit', id, () => queue.submit(request(id, changes)))
  const told = (id: string, name: string) =>
    acknowledge(`callback ${name}`, id, () =>
      queue.submit(
        request(id, { callback: { url: `https://hooks.example/${name}`, origin: 'https://hooks.example' } }),
      ),
    )
  async function hasEnded(id: string): Promise<boolean> {
    const view = (await queue.read(id))?.view
    return view === undefined || view.status === 'completed' || view.status === 'failed'
  }
  const ended = (id: string) => until(() => hasEnded(id), `${id} ends`)
  async function isPutOff(): Promise<boolean> {
    if (await hasEnded('acme--passing')) return true
    return starts.has('acme--passing') && (await queue.read('acme--passing'))?.view.status === 'queued'
  }
  /** A job that has ended stays as it is. */
  async function cancel(id: string): Promise<void> {
    await acknowledge((await hasEnded(id)) ? 'late-cancel' : 'cancel', id, () => queue.cancel(id))
  }
  await submit('acme--plain')
  await told('acme--passing', 'first')
  await submit('acme--held')
  await submit('acme--doomed')
  /** Runs here, or another process has done it while this one was stopped. */
  const runs = (id: string) => until(async () => goOn.has(id) || (await hasEnded(id)), `${id} runs`)
  await Promise.all([runs('acme--held'), runs('acme--doomed'), ended('acme--plain')])
  await acknowledge('force', 'acme--held', () => queue.submit(request('acme--held', { force: true })))
  await cancel('acme--doomed')
  isReleased = true
  goOn.get('acme--held')?.()
  await Promise.all([
    ended('acme--held'),
    ended('acme--doomed'),
    until(isPutOff, 'acme--passing waits for its next try'),
  ])
  laterMs += 7_200_000
  await ended('acme--passing')
  await told('acme--passing', 'cached')
  await acknowledge('retry', 'acme--plain', () => queue.retry('acme--plain').catch(tolerateState))
  await ended('acme--plain')
  await acknowledge('remove', 'acme--plain', () => queue.remove('acme--plain'))
  // A version that cannot read a record puts it aside, and this one brings it back.
  await submit('acme--aside')
  await ended('acme--aside')
  if (databaseUrl === null) await putAside('acme--aside')
  await acknowledge('fsck', 'acme--aside', () => fsck(place, { log: silent, clock }))
  for (const id of ['acme--followed', 'acme--let-go']) {
    const wish = { branches: [], tags: [] }
    const follow = { repoUrl: `https://github.com/acme/${id}`, wish, everyMinutes: 43_200 }
    await acknowledge('follow', id, () => queue.follows.put(follow))
  }
  await acknowledge('unfollow', 'acme--let-go', () => queue.follows.remove('https://github.com/acme/acme--let-go'))
  // While nothing is claimed, a job that waits is cancelled while it waits.
  await setPaused(true)
  for (let n = 0; n < 3; n++) await submit(`acme--many${n}`, { idempotencyKey: `many ${n}` })
  await cancel('acme--many2')
}
await setPaused(false)
await until(async () => {
  laterMs += 60_000
  // First, because a look submits before it records what it saw.
  const isSeen = (await queue.follows.list()).every(({ refs }) => refs.length > 0)
  const { queued, processing } = await queue.counts()
  return isSeen && queued + processing === 0 && (await countOutbox()) === 0
}, 'nothing waits, runs or is to be told')
drain.abort()
await supervisor
await queue.close()
note('END')
process.exit(0)

async function putAside(id: string): Promise<void> {
  const paths = new SpoolPaths(spoolDir)
  const names = readdirSync(paths.job(id)).filter((name) => parseRevisionName(name) !== undefined)
  const quarantine = createQuarantine(paths, silent)
  for (const name of names) await quarantine(`${paths.job(id)}/${name}`, 'a revision that cannot be read')
}

async function setPaused(isPaused: boolean): Promise<void> {
  const { pausedMark } = new SpoolPaths(spoolDir)
  if (databaseUrl !== null) {
    const pause = `INSERT INTO docspool.pause (since) VALUES ('2026-01-01T00:00:00.000Z') ON CONFLICT DO NOTHING`
    await onDatabase(databaseUrl, isPaused ? pause : 'DELETE FROM docspool.pause')
  } else if (isPaused) writeFileSync(pausedMark, '')
  else rmSync(pausedMark, { force: true })
}

async function countOutbox(): Promise<number> {
  if (databaseUrl !== null) return (await onDatabase(databaseUrl, 'SELECT FROM docspool.outbox')).length
  return readdirSync(new SpoolPaths(spoolDir).outbox).length
}

/** Acknowledged by an earlier try that failed only afterwards. */
function tolerateState(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'WRONG_STATE')) throw error
}
