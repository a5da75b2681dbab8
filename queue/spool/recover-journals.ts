/** Recovers the journals of processes that were killed, or whose machine crashed. */

import { lstat, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { openPlain } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import { isOwnerGone, type Owner } from '#base/owner.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { isOfOneRecord } from '#queue/unreadable-records.ts'
import { listEntries } from './check-names.ts'
import { isJobId } from './file-names.ts'
import { DENIED, isDenied } from './foreign-files.ts'
import { parseJournalName } from './journal-name.ts'
import { isSpoolId } from './layout.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { syncJobs } from './sync-records.ts'

/**
 * The age at which a journal of a process in another container, which is not visible, is considered abandoned. A live process
 * settles its journals much earlier.
 */
const FOREIGN_MS = 3_600_000

/** A revision in a journal. */
export interface JournalLine {
  /** The record as JSON, without the line break. */
  text: string
  /** When the journal was created, in milliseconds since the epoch. The revision was written later. */
  begunMs: number
}

/** The first line of a journal. Older versions wrote none; such journals belong to the spool they are in. */
export const spoolLine = (id: string): string => `${JSON.stringify({ spool: id })}\n`

export interface AdoptDeps {
  /** The id of the spool. Journals of other spools are skipped. */
  spoolId: string
  log: Log
  quarantine: Quarantine
  /** Write this revision if its file is missing or cannot be read. @returns Whether it was written. */
  restore(line: JournalLine): Promise<boolean>
  /** Called with skipped journals. */
  reportSkipped(file: string, why: string): void
}

/**
 * Take over the journals of processes that exited without settling them. When this resolves, records lost by a power failure
 * or a disk error are restored.
 *
 * @returns `settled` resolves when the records are synced and the journals are removed.
 */
export async function adoptJournals(
  paths: SpoolPaths,
  { spoolId, log, restore, quarantine, reportSkipped }: AdoptDeps,
): Promise<{ settled: Promise<unknown> }> {
  const pending: Promise<void>[] = []
  for (const name of await readdir(paths.journal)) {
    const file = path.join(paths.journal, name)
    const owner = parseJournalName(name)
    if (owner === undefined || !(await isFile(file))) await quarantine(file, 'not a journal')
    if (owner === undefined || !(await isLeftover(file, owner))) continue
    const journal = await readJournal(file)
    if (journal === 'denied') {
      reportSkipped(file, DENIED)
      continue
    }
    const { spool = spoolId, lines } = journal
    if (spool !== spoolId) {
      reportSkipped(file, 'a journal of another spool; it is skipped')
      continue
    }
    const isWhole = await restoreLines(lines, { log, restore })
    if (!isWhole) continue
    const settled = syncAndRemove(paths, file, lines).catch((error) =>
      log.warn(forLog(error), 'a journal could not be settled; the next check tries again'),
    )
    pending.push(settled)
  }
  return { settled: Promise.all(pending) }
}

/** Restore the lost records of a journal. @throws When some of them cannot be restored by this version. */
export async function restoreJournal(file: string, deps: Pick<AdoptDeps, 'log' | 'restore'>): Promise<void> {
  const journal = await readJournal(file)
  if (journal === 'denied' || !(await restoreLines(journal.lines, deps)))
    throw new Error('Lines of a journal cannot be restored.')
}

/** Find a revision in the journals of all processes of this spool. */
export async function findInJournals(
  paths: SpoolPaths,
  spoolId: string,
  jobId: string,
  rev: number,
): Promise<JournalLine | undefined> {
  for (const name of await readdir(paths.journal)) {
    if (parseJournalName(name) === undefined) continue
    const journal = await readJournal(path.join(paths.journal, name))
    if (journal === 'denied') continue
    const { spool = spoolId, lines } = journal
    const found =
      spool === spoolId && lines.find((line) => line.text.includes(jobId) && newestOf([line]).get(jobId) === rev)
    if (found) return found
  }
  return undefined
}

/** The id of a spool that has lost its LAYOUT, if its journals agree on one. */
export async function findSpoolId(paths: SpoolPaths): Promise<string | undefined> {
  const ids = new Set<string>()
  for (const { name } of await listEntries(paths.journal)) {
    if (parseJournalName(name) === undefined) continue
    const journal = await readJournal(path.join(paths.journal, name))
    if (journal !== 'denied' && journal.spool !== undefined) ids.add(journal.spool)
  }
  return ids.size === 1 ? [...ids][0] : undefined
}

/** @returns false when this version cannot restore some of the lines; the journal is then kept for a version that can. */
async function restoreLines(
  lines: readonly JournalLine[],
  { log, restore }: Pick<AdoptDeps, 'log' | 'restore'>,
): Promise<boolean> {
  let isWhole = true
  let restored = 0
  for (const line of lines) {
    try {
      if (await restore(line)) restored += 1
    } catch (error) {
      if (!isOfOneRecord(error)) throw error
      log.warn(forLog(error), 'a line of a journal cannot be restored; the journal is kept for a version that can')
      isWhole = false
    }
  }
  if (restored > 0) log.warn({ records: restored }, 'the disk had lost records; they were restored from a journal')
  return isWhole
}

async function isLeftover(file: string, owner: Owner): Promise<boolean> {
  const isGone = isOwnerGone(owner)
  if (isGone !== undefined) return isGone
  const found = await lstat(file).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > FOREIGN_MS
}

/** Whether a path is a regular file; true also if it no longer exists. */
const isFile = async (file: string): Promise<boolean> => (await lstat(file).catch(() => undefined))?.isFile() !== false

interface JournalText {
  /** The id of the spool that it names. */
  spool?: string
  lines: JournalLine[]
}

/** `denied`: another user has written it. */
async function readJournal(file: string): Promise<JournalText | 'denied'> {
  try {
    const handle = await openPlain(file)
    try {
      const { birthtimeMs, mtimeMs } = await handle.stat()
      const begunMs = Math.min(birthtimeMs, mtimeMs)
      const lines = (await handle.readFile('utf8'))
        .split('\n')
        .flatMap((text) => (text === '' ? [] : { text, begunMs }))
      const { spool } = parseLine(lines[0]?.text ?? '')
      return isSpoolId(spool) ? { spool, lines: lines.slice(1) } : { lines }
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ELOOP', 'EISDIR')) return { lines: [] }
    if (isDenied(error)) return 'denied'
    throw error
  }
}

async function syncAndRemove(paths: SpoolPaths, file: string, lines: readonly JournalLine[]): Promise<void> {
  await syncJobs(paths, newestOf(lines))
  await rm(file, { recursive: true, force: true })
}

function newestOf(lines: readonly JournalLine[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const { text } of lines) {
    const { job_id: jobId, rev } = parseLine(text)
    if (typeof jobId === 'string' && isJobId(jobId) && Number.isSafeInteger(rev))
      newest.set(jobId, Math.max(Number(rev), newest.get(jobId) ?? 0))
  }
  return newest
}

const parseLine = (line: string): { spool?: unknown; job_id?: unknown; rev?: unknown } => Object(parseIfJson(line))
