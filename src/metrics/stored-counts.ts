/**
 * Stores the counts of supervisors, so that they survive restarts: one file for each, below `spool/metrics/`. A new supervisor
 * takes over the file of a dead one by `rename(2)`, so that nothing counts twice and files do not accumulate. Counts of the
 * last seconds before a `kill -9` are lost.
 */

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Registry } from 'prom-client'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName, temporaryName } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import { isOfThisMachine, isProcessAlive, readBootId, readOwnStart, readPidNamespace } from '#base/process.ts'
import { addUp, Counts, sumOf, toCounts } from './count-format.ts'
import type { JobMetrics } from './job-metrics.ts'

const FOLDER = 'metrics'
const WRITE_MS = 5_000
/** The file is rewritten at least this often, because a file older than `STALE_MS` can be taken over. */
const RENEW_MS = 60_000
const STALE_MS = 300_000
const MAX_FILES = 64
const MAX_BYTES = 1_048_576

const StoredCounts = z.object({
  version: z.literal(1),
  process: z.object({ pid: z.int(), pidStart: z.string(), bootId: z.string(), pidNamespace: z.string() }),
  metrics: Counts,
})
type StoredCounts = z.infer<typeof StoredCounts>

/** The sums of the counts of all supervisors of a spool; 0 without any. */
export async function readJobMetrics(spoolDir: string): Promise<Registry> {
  const files = await listFiles(path.join(spoolDir, FOLDER))
  const kept = await Promise.all(files.map((file) => readKept(file)))
  return addUp(kept.flatMap((each) => (each === undefined ? [] : [each.metrics])))
}

export interface KeepDeps {
  log: Log
  /** Throws while another folder is mounted where the spool should be. */
  locate(): unknown
  everyMs?: number
}

/**
 * Store the counts of this process periodically.
 *
 * @returns Stops, and stores them once more. Never rejects.
 */
export function keepJobMetrics(
  spoolDir: string,
  metrics: JobMetrics,
  { log, locate, everyMs = WRITE_MS }: KeepDeps,
): () => Promise<void> {
  const folder = path.join(spoolDir, FOLDER)
  const file = path.join(folder, `${process.pid}-${randomBytes(4).toString('hex')}.json`)
  const owner = { pid: process.pid, pidStart: readOwnStart(), bootId: readBootId(), pidNamespace: readPidNamespace() }
  let before: StoredCounts | undefined
  let hasAdopted = false
  let written = ''
  let writtenAt = 0
  let isLogged = false

  async function write(): Promise<void> {
    locate()
    // The folder is created with the spool.
    if (!existsSync(folder)) return
    if (!hasAdopted) before = await adopt(folder, file)
    hasAdopted = true
    const sum = await sumOf([before?.metrics ?? [], toCounts(await metrics.read())])
    const text = `${JSON.stringify({ version: 1, process: owner, metrics: sum } satisfies StoredCounts)}\n`
    const now = performance.now()
    if (text === written && now - writtenAt < RENEW_MS) return
    const temporary = path.join(folder, temporaryName())
    try {
      await writeFile(temporary, text, { mode: 0o600, flag: 'wx' })
      locate()
      await rename(temporary, file)
    } finally {
      await rm(temporary, { force: true })
    }
    written = text
    writtenAt = now
  }
  const tryToWrite = (): Promise<void> =>
    write().catch((error) => {
      if (!isLogged) log.warn(forLog(error), 'the metrics of jobs cannot be stored')
      isLogged = true
    })

  let last = Promise.resolve()
  const timer = setInterval(() => {
    last = last.then(tryToWrite)
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await last
    await tryToWrite()
  }
}

/** Take over the file of a dead process. @returns Its counts. */
async function adopt(folder: string, own: string): Promise<StoredCounts | undefined> {
  for (const file of await listFiles(folder)) {
    const kept = await readKept(file)
    if (kept === undefined || (await isOwned(file, kept))) continue
    try {
      await rename(file, own)
      return kept
    } catch (error) {
      // Another process was first.
      if (!isErrno(error, 'ENOENT')) throw error
    }
  }
  return undefined
}

async function isOwned(file: string, { process: owner }: StoredCounts): Promise<boolean> {
  if (isOfThisMachine(owner)) return isProcessAlive(owner.pid, owner.pidStart)
  const found = await lstat(file).catch(() => undefined)
  return found === undefined || Math.abs(Date.now() - found.mtimeMs) < STALE_MS
}

/** @returns `undefined` for a file that cannot be read. */
async function readKept(file: string): Promise<StoredCounts | undefined> {
  try {
    const found = await lstat(file)
    if (!found.isFile() || found.size > MAX_BYTES) return undefined
    return StoredCounts.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const own = names.filter((name) => name.endsWith('.json') && !isTemporaryName(name)).sort()
  return own.slice(0, MAX_FILES).map((name) => path.join(folder, name))
}
