/**
 * Stores the counts of supervisors, so that they survive restarts: one file for each, below `spool/metrics/`. A new supervisor
 * takes over the file of a dead one by `rename(2)`, so that nothing counts twice and files do not accumulate. After a
 * `kill -9`, the counts of the last few seconds are lost.
 */

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Registry } from 'prom-client'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName, temporaryName } from '#base/files.ts'
import { isOfThisMachine, isProcessAlive, readBootId, readOwnStart, readPidNamespace } from '#base/process.ts'
import { addUp, Counts, sumOf, toCounts } from './count-format.ts'
import type { JobMetrics } from './job-metrics.ts'
import { type WriteOptions, writePeriodically } from './write-periodically.ts'

const FOLDER = 'metrics'
/** The file is rewritten at least this often, because a file older than `STALE_MS` can be taken over. */
const RENEW_MS = 60_000
const STALE_MS = 300_000
const MAX_FILES = 64
const MAX_FILE_BYTES = 1_048_576

const StoredCounts = z.object({
  version: z.literal(1),
  process: z.object({ pid: z.int(), pidStart: z.string(), bootId: z.string(), pidNamespace: z.string() }),
  metrics: Counts,
})
type StoredCounts = z.infer<typeof StoredCounts>

/**
 * The sums of the counts of all supervisors of a spool; 0 without any. While the folder cannot be read, the registry is
 * empty, because Prometheus would treat counters of 0 as a restart.
 */
export async function readJobMetrics(spoolDir: string): Promise<Registry> {
  const files = await listFiles(path.join(spoolDir, FOLDER)).catch(() => undefined)
  if (files === undefined) return new Registry()
  const stored = await Promise.all(files.map((file) => readStored(file)))
  return addUp(stored.flatMap((each) => (each === undefined ? [] : [each.metrics])))
}

export interface KeepDeps extends WriteOptions {
  /** Throws while another folder is mounted where the spool should be. */
  locate(): unknown
}

/**
 * Store the counts of this process periodically.
 *
 * @returns A function that stops this and stores the counts one last time. Never rejects.
 */
export function keepJobMetrics(
  spoolDir: string,
  metrics: JobMetrics,
  { locate, ...options }: KeepDeps,
): () => Promise<void> {
  const folder = path.join(spoolDir, FOLDER)
  const file = path.join(folder, `${process.pid}-${randomBytes(4).toString('hex')}.json`)
  const owner = { pid: process.pid, pidStart: readOwnStart(), bootId: readBootId(), pidNamespace: readPidNamespace() }
  let before: StoredCounts | undefined
  let hasAdopted = false
  let written = ''
  let writtenAt = 0

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
  return writePeriodically(write, options)
}

/** Take over the file of a dead process. @returns Its counts. */
async function adopt(folder: string, own: string): Promise<StoredCounts | undefined> {
  for (const file of await listFiles(folder)) {
    const stored = await readStored(file)
    if (stored === undefined || (await isOwned(file, stored))) continue
    try {
      await rename(file, own)
      return stored
    } catch (error) {
      // Another supervisor took it over first.
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

/** @returns `undefined` for a file that cannot be read or is invalid. */
async function readStored(file: string): Promise<StoredCounts | undefined> {
  try {
    const found = await lstat(file)
    if (!found.isFile() || found.size > MAX_FILE_BYTES) return undefined
    return StoredCounts.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  const own = names.filter((name) => name.endsWith('.json') && !isTemporaryName(name)).sort()
  return own.slice(0, MAX_FILES).map((name) => path.join(folder, name))
}
