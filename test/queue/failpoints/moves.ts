/** Runs the moves of `process.ts` and judges what they leave. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { fsck } from '#queue/fsck.ts'
import { Job } from '#queue/job.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createSetStore } from '#store/sets.ts'
import { makeFolder, silent } from '../support.ts'

const script = fileURLToPath(new URL('process.ts', import.meta.url))
const LIMIT_MS = 60_000
interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
  stderr: string
}

export interface Moves {
  process: ChildProcess
  ended: Promise<Ending>
}

/** @param where - The folder of a spool, or the URL of a database. */
export function startMoves(where: string, mode: 'all' | 'rest', failpoint = '', journal = `${where}.journal`): Moves {
  const env = { ...process.env, DOCSPOOL_FAILPOINT: failpoint }
  const args = ['--import', 'tsx', script, where, journal, mode]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: LIMIT_MS })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const ended = new Promise<Ending>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stderr })),
  )
  return { process: child, ended }
}

/** A spool in which a process has died that held a job. */
export async function makeInheritance(t: TestContext): Promise<string> {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  assert.equal((await startMoves(spoolDir, 'all', 'claim:confirmed=exit').ended).signal, 'SIGKILL')
  return spoolDir
}

export async function copyOf(t: TestContext, spoolDir: string): Promise<string> {
  const copy = path.join(await makeFolder(t), 'spool')
  await cp(spoolDir, copy, { recursive: true })
  await cp(`${spoolDir}.journal`, `${copy}.journal`)
  // Of an older program, whose journals name no spool: the first that opens it gives it an id.
  await writeFile(path.join(copy, 'LAYOUT'), '{"version":1}\n')
  for (const name of await readdir(path.join(copy, 'journal'))) {
    const file = path.join(copy, 'journal', name)
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^\{"spool":[^\n]*\n/, ''))
  }
  return copy
}

async function readRevisions(spoolDir: string): Promise<Map<string, Job[]>> {
  const { jobs } = new SpoolPaths(spoolDir)
  const found = new Map<string, Job[]>()
  for (const shard of await readdir(jobs)) {
    for (const id of await readdir(path.join(jobs, shard))) {
      const names = (await readdir(path.join(jobs, shard, id))).filter((name) => name.startsWith('r')).sort()
      const texts = await Promise.all(names.map((name) => readFile(path.join(jobs, shard, id, name), 'utf8')))
      found.set(
        id,
        texts.flatMap((text) => {
          const parsed = Job.safeParse(JSON.parse(text))
          return parsed.success ? [parsed.data] : []
        }),
      )
    }
  }
  return found
}

const hasEnded = (job: Job | undefined): boolean => job?.status === 'completed' || job?.status === 'failed'

const isUnique = (keys: string[], what: string): void => assert.deepEqual(keys, [...new Set(keys)], what)

/**
 * Everything that was promised holds.
 *
 * @param revisions - Of each job, in order; the newest alone where the others are not kept.
 * @param looks - How many are scheduled.
 */
export async function inspectPromises(
  journal: string,
  docs: string,
  revisions: ReadonlyMap<string, Job[]>,
  looks: number,
): Promise<void> {
  const lines = (await readFile(journal, 'utf8')).split('\n')
  const has = (line: string): boolean => lines.includes(line)
  const newest = (id: string) => revisions.get(id)?.at(-1)

  for (const line of lines.filter((line) => line.startsWith('ACK submit '))) {
    const id = line.slice('ACK submit '.length)
    if (has(`TRY remove ${id}`)) continue
    assert.match(newest(id)?.status ?? 'lost', /^(completed|failed)$/, id)
  }
  for (const line of lines.filter((line) => line.startsWith('ACK callback '))) {
    const [, , name, id] = line.split(' ')
    const url = `https://hooks.example/${name}`
    assert.ok(has(`TOLD ${id} ${url} completed`), line)
    const callback = newest(id ?? '')?.callbacks.find((one) => one.url === url)
    assert.ok(callback === undefined || callback.delivered_at !== null, line)
  }
  if (has('ACK cancel acme--doomed')) {
    const doomed = newest('acme--doomed')
    assert.equal(doomed?.status === 'failed' && doomed.error_code, 'CANCELLED')
  }
  if (has('ACK follow acme--followed')) {
    const { status, submitted_at, created_at } = newest('acme--followed') ?? {}
    assert.equal(status, 'completed', 'what is followed was looked at')
    assert.equal(submitted_at, created_at, 'it was submitted once')
  }
  if (has('ACK unfollow acme--let-go')) {
    assert.ok(looks <= 1, 'nobody is looked at that is not followed')
  }
  if (has('ACK remove acme--plain')) assert.notEqual(newest('acme--plain')?.status, 'queued')
  const asked = lines.indexOf('ACK force acme--held')
  if (asked >= 0)
    assert.ok(
      lines.some((line, at) => at > asked && line.startsWith('START acme--held ')),
      'it ran again',
    )

  const starts = lines.filter((line) => line.startsWith('START '))
  isUnique(
    starts.map((line) => line.split(' ').slice(1, 3).join(' ')),
    'no claim was run twice',
  )
  for (const [id, all] of revisions) {
    isUnique(
      all.filter((job, at) => hasEnded(job) && !hasEnded(all[at - 1])).map((job) => `${job.epoch} ${job.submitted_at}`),
      `${id} ended once for each run`,
    )
    const claims = all.filter((job, at) => job.status === 'processing' && all[at - 1]?.status !== 'processing')
    isUnique(
      claims.map(({ epoch }) => String(epoch)),
      `${id} was claimed once in each epoch`,
    )
    const last = all.at(-1)
    if (last?.status !== 'completed') continue
    assert.ok(await createSetStore(docs).readManifest(last.docs_key), `the documents of ${id}`)
  }
}

/** Everything that was promised holds, and nothing is left over. */
export async function inspect(spoolDir: string): Promise<void> {
  const looks = (await readdir(path.join(spoolDir, 'looks'))).length
  await inspectPromises(`${spoolDir}.journal`, `${spoolDir}/docs`, await readRevisions(spoolDir), looks)

  // A check posts callbacks that were recorded and never acknowledged.
  assert.deepEqual(await readdir(path.join(spoolDir, 'outbox')), [], 'all are told')
  await fsck(spoolDir, { log: silent, clock: Date.now })
  const { repaired, reaped, quarantined } = await fsck(spoolDir, { log: silent, clock: Date.now })
  assert.deepEqual({ repaired, reaped, quarantined }, { repaired: 0, reaped: 0, quarantined: [] })
  for (const folder of ['ready', 'delayed', 'active', 'workers', 'work', 'journal', 'corrupt']) {
    assert.deepEqual(await readdir(path.join(spoolDir, folder)), [], folder)
  }
}
