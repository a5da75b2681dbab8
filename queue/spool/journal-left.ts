/** Journals that nobody settles any more: their process is gone, by `kill -9` or with the whole machine. */

import { constants } from 'node:fs'
import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import { isOwnerGone, type Owner, readOwner } from '#base/owner.ts'
import { readBootId } from '#base/process.ts'
import { isOfOneRecord } from '#queue/errors.ts'
import { parseJournalName } from './journal-name.ts'
import { isJobId, type SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { syncJobs } from './sync-records.ts'

/** The process may live where it cannot be seen, in another container; a living one settles a journal long before this. */
const FOREIGN_MS = 3_600_000

export interface AdoptDeps {
  log: Log
  quarantine: Quarantine
  /** Write this revision if its file is missing or cannot be read. */
  restore(text: string): Promise<void>
}

/**
 * Take over the journals of processes that ended without settling them. What the machine lost when it went down is
 * restored when this resolves; of journals of this boot no file can have been lost.
 *
 * @returns `settled` resolves when their files are synced and the journals gone.
 */
export async function adoptJournals(
  paths: SpoolPaths,
  { log, restore, quarantine }: AdoptDeps,
): Promise<{ settled: Promise<unknown> }> {
  const pending: Promise<void>[] = []
  for (const name of await readdir(paths.journal)) {
    const file = path.join(paths.journal, name)
    const owner = parseJournalName(name)
    if (owner === undefined || !(await isFile(file))) await quarantine(file, 'not a journal')
    if (owner === undefined || !(await isLeft(file, owner))) continue
    const lines = await readLines(file)
    const isOfThisBoot = owner.boot === readOwner().boot && readBootId() !== ''
    if (!isOfThisBoot) {
      log.warn({ records: lines.length }, 'the machine went down; records are restored from a journal')
      const isWhole = await restoreAll(lines)
      if (!isWhole) continue
    }
    const settled = syncAndRemove(paths, file, lines).catch((error) =>
      log.warn(forLog(error), 'a journal could not be settled; the next check tries again'),
    )
    pending.push(settled)
  }
  return { settled: Promise.all(pending) }

  /** @returns false when this program cannot restore some of them: then the journal stays for one that can. */
  async function restoreAll(lines: readonly string[]): Promise<boolean> {
    let isWhole = true
    for (const line of lines) {
      try {
        await restore(line)
      } catch (error) {
        if (!isOfOneRecord(error)) throw error
        log.warn(forLog(error), 'a line of a journal cannot be restored; the journal stays for a program that can')
        isWhole = false
      }
    }
    return isWhole
  }
}

async function isLeft(file: string, owner: Owner): Promise<boolean> {
  const isGone = isOwnerGone(owner)
  if (isGone !== undefined) return isGone
  const found = await lstat(file).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > FOREIGN_MS
}

/** Or gone by now. */
const isFile = async (file: string): Promise<boolean> => (await lstat(file).catch(() => undefined))?.isFile() !== false

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NOFOLLOW }).catch(
    (error) => {
      if (isErrno(error, 'ENOENT', 'ELOOP', 'EISDIR')) return ''
      throw error
    },
  )
  return text.split('\n').filter((line) => line !== '')
}

async function syncAndRemove(paths: SpoolPaths, file: string, lines: readonly string[]): Promise<void> {
  await syncJobs(paths, newestOf(lines))
  await rm(file, { recursive: true, force: true })
}

function newestOf(lines: readonly string[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const line of lines) {
    const { job_id: jobId, rev } = parseLine(line)
    if (typeof jobId === 'string' && isJobId(jobId) && Number.isSafeInteger(rev))
      newest.set(jobId, Math.max(Number(rev), newest.get(jobId) ?? 0))
  }
  return newest
}

function parseLine(line: string): { job_id?: unknown; rev?: unknown } {
  try {
    return Object(JSON.parse(line))
  } catch {
    return {}
  }
}
