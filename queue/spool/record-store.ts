/**
 * Records as immutable numbered files; the highest number is current. A revision is written under a temporary name and then linked
 * to its number. link(2) fails when the number is taken, so exactly one writer succeeds. The journal makes it durable.
 */

import { lstatSync } from 'node:fs'
import { link, mkdir, readdir, rename, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import { readPlain } from '#base/files.ts'
import type { JobStore } from '#queue/backend.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { Job, JobIn } from '#queue/job.ts'
import { isJobFileName, isJobId, parseEventsName, parseRevisionName } from './file-names.ts'
import type { Journal } from './journal.ts'
import { readStamp } from './listing.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { parse, type Stored, toText } from './record-file.ts'
import { findInJournals, type JournalLine } from './recover-journals.ts'
import { createRevisionFiles, KEPT_REVISIONS } from './revision-files.ts'
import type { SpoolRoot } from './root.ts'
import { sweepFolder, unlessExists } from './sweep-job-folders.ts'
import { syncRevision } from './sync-records.ts'
import { temporaryPath } from './temporary-files.ts'

/** How often a read is repeated when revisions disappear while it runs. */
const MAX_READ_ATTEMPTS = 20
/** Maximum number of cached records. */
const MAX_CACHED = 16_384

export interface SpoolStore extends JobStore {
  /**
   * Write the first revision and link it to further names, which costs less than creating more files.
   *
   * @param names - `entry`: its name in the queue. `note`: its name in the index by repository, linked last; the folder is created.
   * @returns false when the job exists.
   */
  createAs(job: JobIn<'queued'>, names: { entry: string; note?: string }): Promise<boolean>
  /** Write a revision from a journal if its file is missing or unreadable. @returns Whether it was written. */
  restore(line: JournalLine): Promise<boolean>
  /**
   * Remove the folder if the job was removed a day ago; quarantine it if none of its revisions can be read.
   *
   * @returns Whether either was done.
   */
  sweep(jobId: string, now: number): Promise<boolean>
}

export interface StoreDeps {
  root: Pick<SpoolRoot, 'id' | 'locate' | 'device'>
  journal: Journal
  quarantine: Quarantine
  /** Called with each new revision; must not throw. */
  onWritten(job: Job): void
  /** Called with the id of each job that had a lost revision restored. */
  onRestored(jobId: string): void
  /** Skip unreadable revisions instead of restoring or quarantining them. */
  isReading: boolean
}

export function createStore(
  paths: SpoolPaths,
  { root, journal, quarantine, onWritten, onRestored, isReading }: StoreDeps,
): SpoolStore {
  const { newestRevision, requireJobsFolder, writeTemporary, createJobFolder, linkRevision, prune } =
    createRevisionFiles(paths, root)
  const cached = new LRUCache<string, { stamp: string; stored: Stored }>({ max: MAX_CACHED })
  /** The newest revision that this process knows to be durable, keyed by job id. */
  const durable = new LRUCache<string, number>({ max: MAX_CACHED })

  async function read(jobId: string): Promise<Job | undefined> {
    const stored = await readNewest(jobId)
    return stored?.status === 'removed' ? undefined : stored
  }

  /** The newest revision, cached until the folder changes, which each new revision does. */
  async function readNewest(jobId: string): Promise<Stored | undefined> {
    if (!isJobId(jobId)) return undefined
    // Unreadable revisions are skipped, because they are still in the folder if nothing may be quarantined.
    const unreadable = new Set<number>()
    for (let tries = 0; tries < MAX_READ_ATTEMPTS; tries++) {
      const found = readStamp(paths.job(jobId))
      if (found === undefined) return await requireJobsFolder()
      const known = cached.get(jobId)
      if (known?.stamp === found.stamp) return known.stored
      const rev = await newestRevision(jobId, unreadable)
      if (rev === 0) return undefined
      const stored = await readRevision(jobId, rev)
      if (stored === 'gone') {
        unreadable.add(rev)
        continue
      }
      if (found.isSettled) cached.set(jobId, { stamp: found.stamp, stored })
      return stored
    }
    return undefined
  }

  /** Read a revision. @returns `gone` if it was pruned or quarantined after it was listed. */
  async function readRevision(jobId: string, rev: number): Promise<Stored | 'gone'> {
    const file = paths.revision(jobId, rev)
    let found: { text: string; ino: number } | undefined
    try {
      found = await readPlain(file)
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return 'gone'
      if (!isErrno(error, 'ELOOP', 'EISDIR')) throw error
    }
    const stored = found === undefined ? undefined : parse(found.text)
    if (stored !== undefined && stored.job_id === jobId && stored.rev === rev) return stored
    const line = found === undefined || isReading ? undefined : await findInJournals(paths, root.id, jobId, rev)
    if (line !== undefined && (await restore(line))) return parse(line.text) ?? 'gone'
    const reason = stored === undefined ? 'a revision that cannot be read' : 'a revision of another job'
    await quarantine(file, found === undefined ? 'a revision that is not a plain file' : reason, found?.ino)
    return 'gone'
  }

  async function createAs(job: JobIn<'queued'>, { entry, note }: { entry: string; note?: string }): Promise<boolean> {
    const isNewFolder = await createJobFolder(job.job_id)
    failpoint('accept:folder')
    const before = isNewFolder ? undefined : await readNewest(job.job_id)
    if (before !== undefined && before.status !== 'removed') return false
    const first: Job = { ...job, rev: (before?.rev ?? 0) + 1, epoch: before?.epoch ?? 0 }
    const text = toText(first)
    const temporary = await writeTemporary(text)
    failpoint('accept:written')
    try {
      if (!(await linkRevision(temporary, first))) {
        await rm(temporary, { force: true })
        return false
      }
      failpoint('accept:linked')
      await rename(temporary, entry)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    failpoint('accept:entered')
    onWritten(first)
    const revision = paths.revision(job.job_id, first.rev)
    await Promise.all([
      makeDurable(first, text),
      note === undefined ? undefined : linkIn(path.dirname(note), revision, note),
    ])
    failpoint('accept:journaled')
    await prune(first)
    return true
  }

  async function create(job: JobIn<'queued'>): Promise<boolean> {
    const alias = temporaryPath(paths)
    try {
      return await createAs(job, { entry: alias })
    } finally {
      await rm(alias, { force: true })
    }
  }

  async function update<J extends Job>(current: Job, next: J): Promise<J | undefined> {
    const written: J = { ...next, rev: current.rev + 1 }
    if (!(await append(written))) return undefined
    onWritten(written)
    return written
  }

  async function remove(job: Job): Promise<boolean> {
    const { version, job_id, epoch, rev } = job
    if (!(await append({ version, job_id, epoch, rev: rev + 1, status: 'removed' }))) return false
    // If the job was accepted again in the meantime, the new job's files must be kept.
    const isLast = (await newestRevision(job_id)) === rev + 1
    for (const name of await readdir(paths.job(job_id))) {
      const isOld = (parseEventsName(name) ?? Number.POSITIVE_INFINITY) <= epoch
      const isStale = isLast && isJobFileName(name) && parseRevisionName(name) === undefined
      if (isOld || isStale) await rm(path.join(paths.job(job_id), name), { recursive: true, force: true })
    }
    return true
  }

  /** Write a revision after the first. @returns false when its number is taken or the job no longer exists. */
  async function append(next: Stored): Promise<boolean> {
    const text = toText(next)
    const temporary = await writeTemporary(text)
    failpoint('record:written')
    try {
      if (!(await linkRevision(temporary, next))) return false
      failpoint('record:linked')
    } finally {
      await rm(temporary, { force: true })
    }
    await makeDurable(next, text)
    failpoint('record:journaled')
    await prune(next)
    return true
  }

  /** Write a revision to the journal. @throws {SpoolUnavailable} Its file is not in this spool. */
  async function makeDurable({ job_id: jobId, rev }: Stored, text: string): Promise<void> {
    await journal.append({ jobId, rev, text })
    // The journal line is in this spool. Check that the file is, too, in case something was mounted over it in the meantime.
    const file = lstatSync(paths.revision(jobId, rev), { throwIfNoEntry: false })
    const isHere = file === undefined ? (await newestRevision(jobId)) >= rev : file.dev === root.device
    if (!isHere) throw new SpoolUnavailable('The spool became unavailable while a job was being recorded.')
    durable.set(jobId, rev)
  }

  async function confirm({ job_id: jobId, rev }: Job): Promise<void> {
    if ((durable.get(jobId) ?? 0) >= rev) return
    await syncRevision(paths, jobId, rev)
    durable.set(jobId, rev)
  }

  async function restore({ text, begunMs }: JournalLine): Promise<boolean> {
    const stored = parse(text)
    if (stored === undefined || !isJobId(stored.job_id)) return false
    await createJobFolder(stored.job_id)
    const file = paths.revision(stored.job_id, stored.rev)
    const found = await readPlain(file).catch(() => undefined)
    // `parse` throws for a revision of a newer version, which is not lost either.
    if (found !== undefined && parse(found.text) !== undefined) return false
    // The revision was removed by `prune`.
    if (found === undefined && (await newestRevision(stored.job_id)) >= stored.rev + KEPT_REVISIONS) return false
    const temporary = await writeTemporary(`${text}\n`)
    // `restoreQuarantined` compares modification times: a quarantined revision was written after the journal was created.
    await utimes(temporary, begunMs / 1_000, begunMs / 1_000)
    await rename(temporary, file)
    onRestored(stored.job_id)
    return true
  }

  return {
    read,
    create,
    createAs,
    update,
    confirm,
    remove,
    restore,
    sweep: async (jobId, now) => sweepFolder(paths, jobId, await readNewest(jobId), now, quarantine),
  }
}

/** Link to a name, creating its folder if necessary. Does nothing when the name exists. */
async function linkIn(folder: string, from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return
    if (!isErrno(error, 'ENOENT')) throw error
    await mkdir(folder, { mode: 0o700 }).catch(unlessExists)
    await link(from, to).catch((error) => {
      // If the revision is missing (quarantined or pruned), the next check adds the note.
      if (!isErrno(error, 'EEXIST', 'ENOENT')) throw error
    })
  }
}
