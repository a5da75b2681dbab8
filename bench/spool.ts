/** Spools with many jobs, their files written as the queue writes them but without syncs (docs/spool.md tells of them). */

import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { createLog } from '#base/log.ts'
import { entryOf } from '#queue/backend.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { type Job, submittedMs } from '#queue/job.ts'
import { complete, createJob, start } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'

export const settings = { queueSize: 10_000_000, cacheExpiryMs: 0, retryCooldownMs: 0, revalidateMs: 0 }
export const deps = { log: createLog('bench', 'silent'), clock: Date.now }

const DAY_MS = 86_400_000
const ENDED_DAYS = 30

/** A submission of a repository that no program here may clone from: a job that starts fails at once. */
export function request(jobId: string, repo = jobId, commitId: string | null = null): SubmitRequest {
  const repoUrl = `https://git.invalid/acme/${repo}`
  const rest = { commitId, options: {}, priority: 5, force: false, mainModel: 'offline', idempotencyKey: null }
  return { jobId, repoUrl, ...rest }
}

/** @param spoolDir - Absolute; made when it is missing. */
export async function makeSpool(spoolDir: string): Promise<void> {
  await (await openQueue(spoolDir, settings, deps)).close()
}

/** Jobs `queued--0`, … that wait. */
export function writeQueued(spoolDir: string, count: number): void {
  const paths = new SpoolPaths(spoolDir)
  const begin = Date.now() - count
  for (let n = 0; n < count; n++) {
    const job = createJob(request(`queued--${n}`), begin + n)
    const record = writeRecord(paths, job)
    linkSync(record, paths.readyEntry(entryOf(job)))
  }
}

/**
 * Jobs `ended--0`, … that completed, over the last 30 days.
 *
 * @param repoOf - The name of a job's repository; by default each job has its own.
 */
export function writeEnded(
  spoolDir: string,
  count: number,
  keyOf = (n: number): string => `key-${n}`,
  repoOf = (n: number): string => `ended--${n}`,
): void {
  const paths = new SpoolPaths(spoolDir)
  const begin = Date.now() - ENDED_DAYS * DAY_MS
  for (let n = 0; n < count; n++) {
    const at = begin + Math.floor((n / count) * ENDED_DAYS * DAY_MS)
    writeCompleted(paths, request(`ended--${n}`, repoOf(n)), keyOf(n), at)
  }
}

/** Completed jobs `version--0`, … of one repository: the default branch and releases, one for each key. */
export function writeVersions(spoolDir: string, repo: string, keys: readonly string[]): void {
  const paths = new SpoolPaths(spoolDir)
  for (const [n, key] of keys.entries()) {
    const commit = n === 0 ? null : `v1.${n}.0`
    writeCompleted(paths, request(`version--${n}`, repo, commit), key, Date.now() - DAY_MS + n)
  }
}

function writeCompleted(paths: SpoolPaths, submitted: SubmitRequest, docsKey: string, at: number): void {
  const claimed = { ...start(createJob(submitted, at), '1-1-00000000', at), rev: 2 }
  const result = { docsKey, resolvedCommit: '0'.repeat(40), summary: '12 files in 3 modules' }
  const job = { ...complete(claimed, result, at + 2_000), rev: 3 }
  const record = writeRecord(paths, job)
  makeFolder(paths.endedDay('completed', at))
  linkSync(record, paths.endedEntry('completed', { jobId: job.job_id, submittedMs: submittedMs(job) }))
}

const made = new Set<string>()

function makeFolder(folder: string): void {
  if (made.has(folder)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  made.add(folder)
}

/** The newest revision alone, and its place among the jobs of its repository. @returns Its file. */
function writeRecord(paths: SpoolPaths, job: Job): string {
  makeFolder(paths.shard(job.job_id))
  mkdirSync(paths.job(job.job_id), { mode: 0o700 })
  const record = paths.revision(job.job_id, job.rev)
  writeFileSync(record, `${JSON.stringify(job)}\n`, { mode: 0o600 })
  makeFolder(paths.repoShard(job.repo_url))
  linkSync(record, paths.repoEntry(job.repo_url, job.job_id))
  return record
}
