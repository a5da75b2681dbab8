/**
 * Restores records and idempotency keys that this version can read from `corrupt/`. It replaces no files, is idempotent, and may be
 * killed at any point, because a file is in its place before it is removed from `corrupt/`. The check that follows restores the
 * indexes.
 */

import { link, lstat, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import { readPlain } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import { push } from '#base/multimap.ts'
import { RecordTooNew } from '#queue/errors.ts'
import { listEntries } from './check-names.ts'
import {
  isCopyName,
  isJobFileName,
  isJobId,
  parseEventsName,
  parseJobFolder,
  parseKeyPath,
  parseRevisionName,
} from './file-names.ts'
import { parseKey } from './idempotency-keys.ts'
import type { SpoolPaths } from './paths.ts'
import { REASON_END } from './quarantine.ts'
import { parse, type Stored } from './record-file.ts'
import { unlessExists } from './sweep-job-folders.ts'
import { syncRevision } from './sync-records.ts'
import { temporaryPath } from './temporary-files.ts'

/** A quarantined file or folder. Its note says where it was and why it was moved. */
interface Quarantined {
  file: string
  isFolder: boolean
  /** The former path, relative to the spool's root; `undefined` when a process died before it wrote the note. */
  from: string | undefined
}

/** A quarantined revision: a file, or part of the quarantined folder of a job. */
interface Revision {
  item: Quarantined
  file: string
  job: Exclude<Stored, { status: 'removed' }>
  /** The modification time. Revisions are never changed, so it is when the revision was written. */
  writtenMs: number
}

/** Restore all readable files. @returns How many. */
export async function restoreQuarantined(paths: SpoolPaths, log: Log): Promise<number> {
  const items = await listQuarantined(paths)
  const byJob = new Map<string, Revision[]>()
  for (const item of items) {
    for (const revision of await readRevisions(paths, item)) {
      const { job_id: jobId } = revision.job
      push(byJob, jobId, revision)
    }
  }
  let count = 0
  for (const [jobId, revisions] of byJob) {
    try {
      count += await restoreJob(paths, jobId, revisions, log)
    } catch (error) {
      if (!isErrno(error, 'EACCES', 'EPERM', 'EIO')) throw error
      log.warn({ ...forLog(error), job_id: jobId }, 'a quarantined job could not be restored')
    }
  }
  for (const item of items)
    count += item.isFolder ? await restoreOtherFiles(paths, item) : await restoreKey(paths, item)
  if (count > 0) log.info({ files: count }, 'restored quarantined files that this version can read')
  return count
}

async function listQuarantined(paths: SpoolPaths): Promise<Quarantined[]> {
  const items: Quarantined[] = []
  for (const entry of await listEntries(paths.corrupt)) {
    if (entry.name.endsWith(REASON_END) || !(entry.isFile() || entry.isDirectory())) continue
    const file = path.join(paths.corrupt, entry.name)
    const { from, isSuperseded } = await readReason(file)
    if (!isSuperseded) items.push({ file, isFolder: entry.isDirectory(), from })
  }
  return items
}

async function readReason(file: string): Promise<{ from: string | undefined; isSuperseded: boolean }> {
  try {
    const reason = Object(JSON.parse((await readPlain(file + REASON_END)).text))
    return { from: typeof reason.file === 'string' ? reason.file : undefined, isSuperseded: reason.superseded === true }
  } catch {
    return { from: undefined, isSuperseded: false }
  }
}

async function readRevisions(paths: SpoolPaths, item: Quarantined): Promise<Revision[]> {
  const names = item.isFolder ? (await listEntries(item.file)).filter((entry) => entry.isFile()) : []
  const files = item.isFolder ? names.map(({ name }) => path.join(item.file, name)) : [item.file]
  const found: Revision[] = []
  for (const file of files) {
    const revision = await readRevision(item, file)
    if (revision === undefined) continue
    const { job_id: jobId, rev } = revision.job
    const home = path.relative(paths.root, item.isFolder ? paths.job(jobId) : paths.revision(jobId, rev))
    if (item.from === undefined || item.from === home) found.push(revision)
  }
  return found
}

/** @returns `undefined` for a file that is not a readable revision, and for one that records the removal of its job. */
async function readRevision(item: Quarantined, file: string): Promise<Revision | undefined> {
  const rev = parseRevisionName(path.basename(file).split('-').at(-1) ?? '')
  const job = rev === undefined ? undefined : parseKnown((await readPlain(file)).text)
  if (job === undefined || job === 'newer' || job.status === 'removed' || job.rev !== rev || !isJobId(job.job_id)) {
    return undefined
  }
  return { item, file, job, writtenMs: (await lstat(file)).mtimeMs }
}

function parseKnown(text: string): Stored | undefined | 'newer' {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof RecordTooNew)) throw error
    return 'newer'
  }
}

/** Restores the newest revision first, because the job exists again with it; the others are only its history. */
async function restoreJob(paths: SpoolPaths, jobId: string, found: Revision[], log: Log): Promise<number> {
  const present = await readPresent(paths, jobId)
  if (present === 'unknown') return 0
  const createdAt = present?.job.created_at ?? newestOf(found).job.created_at
  const isWanted = (revision: Revision): boolean =>
    revision.job.created_at === createdAt &&
    (present === undefined || revision.job.rev <= present.job.rev || isSuccessor(revision, present))
  const wanted = found.filter(isWanted).sort((a, b) => b.job.rev - a.job.rev)
  const left = found.filter((revision) => !wanted.includes(revision))
  let count = 0
  for (const revision of wanted) {
    const { file, item, job } = revision
    const placed = await place(file, paths.revision(jobId, job.rev), paths.job(jobId))
    failpoint('bring:linked')
    if (placed === 'taken') {
      left.push(revision)
      continue
    }
    if (count === 0) await syncRevision(paths, jobId, job.rev)
    await (item.isFolder ? rm(file) : forget(file))
    failpoint('bring:forgotten')
    count += 1
  }
  for (const item of new Set(left.map(({ item }) => item))) await noteSuperseded(paths, item)
  if (left.length > 0)
    log.warn({ job_id: jobId, files: left.length }, 'revisions remain quarantined, because the job has newer ones')
  return count
}

/** The current record of the job. `unknown` if a newer version wrote it or the job was removed; `undefined` if there is none. */
async function readPresent(
  paths: SpoolPaths,
  jobId: string,
): Promise<Pick<Revision, 'job' | 'writtenMs'> | 'unknown' | undefined> {
  const names = (await listEntries(paths.job(jobId))).filter((entry) => entry.isFile()).map(({ name }) => name)
  const revs = names.map(parseRevisionName).filter((rev) => rev !== undefined)
  for (const rev of revs.sort((a, b) => b - a)) {
    const file = paths.revision(jobId, rev)
    const job = parseKnown((await readPlain(file)).text)
    if (job === undefined) continue
    if (job === 'newer' || job.status === 'removed') return 'unknown'
    return { job, writtenMs: (await lstat(file)).mtimeMs }
  }
  return undefined
}

/** The revision of the latest submission, because a job may have been removed and created again under the same id. */
const newestOf = (found: readonly Revision[]): Revision =>
  found.reduce((newest, one) => (submittedMs(one) > submittedMs(newest) ? one : newest))

const submittedMs = ({ job }: Pick<Revision, 'job'>): number => Date.parse(job.submitted_at)

/**
 * Whether a quarantined revision is newer than the present one. If not, the job has continued from an older revision in the
 * meantime.
 */
function isSuccessor(revision: Revision, present: Pick<Revision, 'job' | 'writtenMs'>): boolean {
  return (
    revision.writtenMs >= present.writtenMs &&
    revision.job.epoch >= present.job.epoch &&
    submittedMs(revision) >= submittedMs(present)
  )
}

/** Restores the other files of a job that exists again: its logs and marks. `job.json` is written again with the next change. */
async function restoreOtherFiles(paths: SpoolPaths, { file: folder, from }: Quarantined): Promise<number> {
  const jobId = parseJobFolder(from ?? '')
  const present = jobId === undefined ? undefined : await readPresent(paths, jobId)
  if (jobId === undefined || present === undefined || present === 'unknown') return 0
  let count = 0
  for (const entry of await listEntries(folder)) {
    const file = path.join(folder, entry.name)
    if (isCopyName(entry.name)) {
      await rm(file, { recursive: true, force: true })
      continue
    }
    if (!entry.isFile() || !isJobFileName(entry.name) || parseRevisionName(entry.name) !== undefined) continue
    // The log of a later claim must not exist before that claim starts.
    if ((parseEventsName(entry.name) ?? 0) > present.job.epoch) continue
    if ((await place(file, path.join(paths.job(jobId), entry.name), paths.job(jobId))) === 'taken') continue
    await rm(file)
    count += 1
  }
  // `rmdir` fails unless the folder is empty.
  const isGone = await rmdir(folder).then(
    () => true,
    () => false,
  )
  if (isGone) await rm(folder + REASON_END, { force: true })
  return count
}

async function restoreKey(paths: SpoolPaths, { file, from = '' }: Quarantined): Promise<number> {
  const hash = parseKeyPath(from)
  if (hash === undefined || !isKey((await readPlain(file)).text)) return 0
  const home = paths.keyOfHash(hash)
  if ((await place(file, home, path.dirname(home))) === 'taken') return 0
  await forget(file)
  return 1
}

function isKey(text: string): boolean {
  try {
    return parseKey(text) !== undefined
  } catch {
    return false
  }
}

/**
 * Link a file to its former path.
 *
 * @returns `taken` when another file is there. One with the same content counts as placed: an earlier run or a journal restored it.
 */
async function place(file: string, home: string, folder: string): Promise<'placed' | 'taken'> {
  await mkdir(path.dirname(folder), { mode: 0o700 }).catch(unlessExists)
  await mkdir(folder, { mode: 0o700 }).catch(unlessExists)
  try {
    await link(file, home)
    return 'placed'
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
    if ((await lstat(file)).ino === (await lstat(home)).ino) return 'placed'
    const isPlain = (await lstat(home)).isFile()
    return isPlain && (await readPlain(file)).text === (await readPlain(home)).text ? 'placed' : 'taken'
  }
}

/**
 * Remove a file and its note. The note is removed first, because a file without a note is found again, but a note without a
 * file is not.
 */
async function forget(file: string): Promise<void> {
  await rm(file + REASON_END, { force: true })
  await rm(file)
}

/** Mark an item as superseded, so that it is not restored after its job has been removed. */
async function noteSuperseded(paths: SpoolPaths, { file, from }: Quarantined): Promise<void> {
  const temporary = temporaryPath(paths)
  const reason = { file: from ?? null, reason: 'the job has moved on', superseded: true, at: new Date().toISOString() }
  await writeFile(temporary, `${JSON.stringify(reason)}\n`, { flag: 'wx', mode: 0o600 })
  await rename(temporary, file + REASON_END)
}
