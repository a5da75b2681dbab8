/**
 * Records as immutable numbered files; the highest number is current. A revision is written under a temporary name and then linked
 * to its number. link(2) fails when the number is taken, so exactly one writer succeeds. The journal makes it durable.
 */

import { lstatSync } from 'node:fs'
import { link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import type { JobStore } from '#queue/backend.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { Job, JobIn } from '#queue/job.ts'
import { isJobFileName, parseEventsName, parseRevisionName } from './file-names.ts'
import type { Journal } from './journal.ts'
import type { SpoolPaths } from './paths.ts'
import { createRecordReader, type RecordReaderDeps } from './read-records.ts'
import { type Stored, toText } from './record-file.ts'
import type { JournalLine } from './recover-journals.ts'
import { createRevisionFiles } from './revision-files.ts'
import type { SpoolRoot } from './root.ts'
import { sweepFolder, unlessExists } from './sweep-job-folders.ts'
import { syncRevision } from './sync-records.ts'
import { temporaryPath } from './temporary-files.ts'

/** Maximum number of records remembered as durable. */
const MAX_DURABLE = 16_384

export interface SpoolStore extends JobStore {
  /**
   * Write the first revision and link it to more names, which costs less than creating more files.
   *
   * @param names - `entry`: its name in the queue. `note`: its name in the index by repository, linked last; the folder is created.
   * @returns false when the job exists.
   */
  createAs(job: JobIn<'queued'>, names: { entry: string; note?: string }): Promise<boolean>
  /** Write a revision from a journal if its file is missing or unreadable. @returns Whether it was written. */
  restore(line: JournalLine): Promise<boolean>
  /**
   * Remove the folder if the job was removed at least a day ago; quarantine it if none of its revisions can be read.
   *
   * @returns Whether either was done.
   */
  sweep(jobId: string, now: number): Promise<boolean>
}

export interface StoreDeps extends RecordReaderDeps {
  root: Pick<SpoolRoot, 'id' | 'locate' | 'device'>
  journal: Journal
  /** Called with each new revision; must not throw. */
  onWritten(job: Job): void
}

export function createStore(
  paths: SpoolPaths,
  { root, journal, quarantine, onWritten, onRestored, isReading }: StoreDeps,
): SpoolStore {
  const files = createRevisionFiles(paths, root)
  const { newestRevision, writeTemporary, createJobFolder, linkRevision, prune } = files
  const { readNewest, restore } = createRecordReader(paths, files, { root, quarantine, onRestored, isReading })
  /** The newest revision that this process knows to be durable, keyed by job id. */
  const durable = new LRUCache<string, number>({ max: MAX_DURABLE })

  async function read(jobId: string): Promise<Job | undefined> {
    const stored = await readNewest(jobId)
    return stored?.status === 'removed' ? undefined : stored
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
