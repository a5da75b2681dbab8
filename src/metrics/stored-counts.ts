/**
 * Stores the counts of supervisors in the spool, so that they survive restarts: one file for each, below `metrics/`. A new supervisor
 * takes over the file of a dead one by `rename(2)`, so that nothing counts twice and files do not accumulate. After a
 * `kill -9`, the counts of the last few seconds are lost.
 */

import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName, temporaryName } from '#base/files.ts'
import { isOfThisMachine, isProcessAlive, readBootId, readOwnStart, readPidNamespace } from '#base/process.ts'
import { Counts } from './count-format.ts'
import type { CountStore } from './shared-counts.ts'

const FOLDER = 'metrics'
/** A file of another machine that is older can be taken over; `keepSharedCounts` rewrites its own more often. */
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
 * The counts of the supervisors of a spool.
 *
 * @param locate - Throws while another folder is mounted where the spool should be.
 */
export function createStoredCounts(spoolDir: string, locate: () => unknown = () => undefined): CountStore {
  const folder = path.join(spoolDir, FOLDER)
  const fileOf = (owner: string): string => path.join(folder, `${owner}.json`)
  const own = { pid: process.pid, pidStart: readOwnStart(), bootId: readBootId(), pidNamespace: readPidNamespace() }

  async function write(owner: string, counts: string): Promise<boolean> {
    locate()
    const temporary = path.join(folder, temporaryName())
    try {
      await writeFile(temporary, `{"version":1,"process":${JSON.stringify(own)},"metrics":${counts}}\n`, {
        mode: 0o600,
        flag: 'wx',
      })
      locate()
      await rename(temporary, fileOf(owner))
    } finally {
      await rm(temporary, { force: true })
    }
    return true
  }

  return {
    async adopt(owner) {
      locate()
      const adopted = await adopt(folder, fileOf(owner))
      return adopted && JSON.stringify(adopted.metrics)
    },
    // `write` creates the file.
    create: async () => undefined,
    write,
    async list() {
      const stored = await Promise.all((await listFiles(folder)).map(readStored))
      return stored.flatMap((each) => (each === undefined ? [] : [JSON.stringify(each.metrics)]))
    },
  }
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
