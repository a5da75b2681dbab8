/**
 * Records as immutable numbered files; the highest number is the record. A revision is written under another name and
 * then linked to its number: link(2) fails when the number is taken, so of all who want to write the next revision exactly
 * one does. The journal makes it durable.
 */

import { constants, existsSync } from 'node:fs'
import { link, lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import type { JobStore } from '#queue/backend.ts'
import { SpoolTooNew } from '#queue/errors.ts'
import { Job, type JobIn } from '#queue/job.ts'
import type { Journal } from './journal.ts'
import { readStamp } from './listing.ts'
import { isJobFileName, isJobId, parseEventsName, parseRevisionName, type SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { syncRevision } from './sync-records.ts'
import { temporaryPath } from './temporary.ts'

/** Older revisions may go; see `update` for why that is safe. */
const KEPT_REVISIONS = 32
const MAX_RECORD_BYTES = 256 * 1_024
const READ_TRIES = 20
const KEPT_REMOVED_MS = 24 * 3_600_000
/** A folder without a revision may be about to get one. */
const KEPT_EMPTY_MS = 60_000
/** Records in memory. */
const KEPT_READ = 16_384

/**
 * The revision that says a job was removed. Its folder stays for a day, and a new job of the same id goes on counting:
 * a writer that slept through the removal finds its number taken.
 */
const Removed = z.object({
  version: z.literal(1),
  job_id: z.string().min(1).max(200),
  status: z.literal('removed'),
  rev: z.int().positive(),
  epoch: z.int().nonnegative(),
})
const Stored = z.discriminatedUnion('status', [...Job.options, Removed])
type Stored = z.infer<typeof Stored>

export interface SpoolStore extends JobStore {
  /**
   * Write the first revision and give it more names: links cost less than files of their own.
   *
   * @param names - `entry` is complete when it is there; `note` comes after it, and its folder is made.
   * @returns false when the job exists.
   */
  createAs(job: JobIn<'queued'>, names: { entry: string; note?: string }): Promise<boolean>
  /** Write a revision that a power loss has taken, from the text of its file; nothing where the file is whole. */
  restore(text: string): Promise<void>
  /** Clear the folder away if no job is in it: it was removed a day ago, or none of its revisions can be read. */
  sweep(jobId: string, now: number): Promise<boolean>
}

export interface StoreDeps {
  journal: Journal
  quarantine: Quarantine
  /** Told of each new revision; must not throw. */
  onWritten(job: Job): void
}

export function createStore(paths: SpoolPaths, { journal, quarantine, onWritten }: StoreDeps): SpoolStore {
  const kepts = new Map<string, { stamp: string; stored: Stored }>()
  /** Newest revisions that this process knows to be durable. */
  const durable = new Map<string, number>()

  async function read(jobId: string): Promise<Job | undefined> {
    const stored = await readNewest(jobId)
    return stored?.status === 'removed' ? undefined : stored
  }

  /** What was read stays good until the folder changes: each revision is a new name in it. */
  async function readNewest(jobId: string): Promise<Stored | undefined> {
    if (!isJobId(jobId)) return undefined
    for (let tries = 0; tries < READ_TRIES; tries++) {
      const found = readStamp(paths.job(jobId))
      if (found === undefined) return await none()
      const kept = kepts.get(jobId)
      if (kept?.stamp === found.stamp) return kept.stored
      const rev = await newestRevision(jobId)
      if (rev === 0) return undefined
      const stored = await readRevision(jobId, rev)
      if (stored === 'gone') continue
      if (found.isSettled) keep(jobId, found.stamp, stored)
      return stored
    }
    return undefined
  }

  function keep(jobId: string, stamp: string, stored: Stored): void {
    kepts.delete(jobId)
    kepts.set(jobId, { stamp, stored })
    if (kepts.size > KEPT_READ) kepts.delete(kepts.keys().next().value ?? '')
  }

  /** 0 when there is none. */
  async function newestRevision(jobId: string): Promise<number> {
    try {
      return newestOf(await readdir(paths.job(jobId)))
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
      await none()
      return 0
    }
  }

  /** No such job, or no such spool: the second is an error. */
  async function none(): Promise<undefined> {
    if (!existsSync(paths.jobs)) await lstat(paths.jobs)
  }

  /** `gone`: pruned or put aside since it was listed. */
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
    const reason = stored === undefined ? 'a revision that cannot be read' : 'a revision of another job'
    await quarantine(file, found === undefined ? 'a revision that is not a plain file' : reason, found?.ino)
    return 'gone'
  }

  async function createAs(job: JobIn<'queued'>, { entry, note }: { entry: string; note?: string }): Promise<boolean> {
    const isNewFolder = await makeFolder(job.job_id)
    failpoint('accept:folder')
    const before = isNewFolder ? undefined : await readNewest(job.job_id)
    if (before !== undefined && before.status !== 'removed') return false
    const first: Job = { ...job, rev: (before?.rev ?? 0) + 1, epoch: before?.epoch ?? 0 }
    const text = toText(first)
    const temporary = await writeTemporary(text)
    failpoint('accept:written')
    try {
      if (!(await linkRevision(temporary, first, !isNewFolder))) {
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
      writeDown(first, text),
      note === undefined ? undefined : linkIn(path.dirname(note), revision, note),
    ])
    failpoint('accept:journaled')
    await prune(first)
    return true
  }

  /** Its bytes are not synced. */
  async function writeTemporary(text: string): Promise<string> {
    const temporary = temporaryPath(paths)
    try {
      await writeFile(temporary, text, { flag: 'wx', mode: 0o600 })
      return temporary
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  /** @returns Whether this call made the folder. */
  async function makeFolder(jobId: string): Promise<boolean> {
    const folder = paths.job(jobId)
    try {
      await mkdir(folder, { mode: 0o700 })
      return true
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false
      if (!isErrno(error, 'ENOENT')) throw error
    }
    // Without the folder of all jobs the spool is away: that one is not made here.
    await mkdir(paths.shard(jobId), { mode: 0o700 }).catch(unlessExists)
    return (await mkdir(folder, { mode: 0o700 }).catch(unlessExists)) === undefined
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
    // A job that was accepted again in the meantime has files of its own.
    const isLast = (await newestRevision(job_id)) === rev + 1
    for (const name of await readdir(paths.job(job_id))) {
      const isOld = (parseEventsName(name) ?? Number.POSITIVE_INFINITY) <= epoch
      const isRest = isLast && isJobFileName(name) && parseRevisionName(name) === undefined
      if (isOld || isRest) await rm(path.join(paths.job(job_id), name), { recursive: true, force: true })
    }
    return true
  }

  /** Write a revision after the first. @returns false when its number is taken or the job is gone. */
  async function append(next: Stored): Promise<boolean> {
    const text = toText(next)
    const temporary = await writeTemporary(text)
    failpoint('record:written')
    try {
      if (!(await linkRevision(temporary, next, true))) return false
      failpoint('record:linked')
    } finally {
      await rm(temporary, { force: true })
    }
    await writeDown(next, text)
    failpoint('record:journaled')
    await prune(next)
    return true
  }

  async function writeDown({ job_id: jobId, rev }: Stored, text: string): Promise<void> {
    await journal.append({ jobId, rev, text })
    durable.set(jobId, rev)
    if (durable.size > KEPT_READ) durable.delete(durable.keys().next().value ?? '')
  }

  async function confirm({ job_id: jobId, rev }: Job): Promise<void> {
    if ((durable.get(jobId) ?? 0) >= rev) return
    await syncRevision(paths, jobId, rev)
    durable.set(jobId, rev)
  }

  /** Take revisions away that are too old to count. */
  async function prune({ job_id: jobId, rev }: Stored): Promise<void> {
    if (rev <= KEPT_REVISIONS) return
    for (const name of await readdir(paths.job(jobId))) {
      const old = parseRevisionName(name)
      if (old !== undefined && old <= rev - KEPT_REVISIONS) await rm(paths.revision(jobId, old), { force: true })
    }
  }

  /**
   * Give a written file the number of its revision. A writer that slept while `KEPT_REVISIONS` others wrote finds its
   * number pruned and free again: hence the look how far the job has come. Readers take the highest number, so none has
   * seen what is taken back here.
   */
  async function linkRevision(temporary: string, next: Stored, isOld: boolean): Promise<boolean> {
    const file = paths.revision(next.job_id, next.rev)
    try {
      await link(temporary, file)
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false
      if (isErrno(error, 'ENOENT') && (await newestRevision(next.job_id)) === 0) return false
      throw error
    }
    if (!isOld || (await newestRevision(next.job_id)) < next.rev + KEPT_REVISIONS) return true
    await rm(file, { force: true })
    return false
  }

  async function restore(text: string): Promise<void> {
    const stored = parse(text)
    if (stored === undefined || !isJobId(stored.job_id)) return
    await makeFolder(stored.job_id)
    const file = paths.revision(stored.job_id, stored.rev)
    const found = await readPlain(file).catch(() => undefined)
    if (found !== undefined && parse(found.text) !== undefined) return
    await rename(await writeTemporary(`${text}\n`), file)
  }

  async function sweep(jobId: string, now: number): Promise<boolean> {
    const folder = paths.job(jobId)
    const newest = await readNewest(jobId)
    if (newest !== undefined && newest.status !== 'removed') return false
    const found = await lstat(folder).catch(() => undefined)
    const keptMs = newest === undefined ? KEPT_EMPTY_MS : KEPT_REMOVED_MS
    if (found === undefined || now - found.mtimeMs < keptMs) return false
    if (newest === undefined && (await readdir(folder)).length > 0) {
      await quarantine(folder, 'the folder of a job without a revision that can be read')
      return true
    }
    const trash = temporaryPath(paths)
    await rename(folder, trash)
    if (newestOf(await readdir(trash)) > (newest?.rev ?? 0)) {
      await bringBack(trash, folder)
      return false
    }
    await rm(trash, { recursive: true, force: true })
    return true
  }

  /** Somebody has accepted the job anew between the look and the removal, and perhaps once more since. */
  async function bringBack(trash: string, folder: string): Promise<void> {
    await mkdir(folder, { mode: 0o700 }).catch(unlessExists)
    for (const name of await readdir(trash)) {
      await link(path.join(trash, name), path.join(folder, name)).catch(unlessExists)
    }
    await rm(trash, { recursive: true, force: true })
  }

  return { read, create, createAs, update, confirm, remove, restore, sweep }
}

/** Link to a name whose folder may be missing; nothing when the name is there. */
async function linkIn(folder: string, from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return
    if (!isErrno(error, 'ENOENT')) throw error
    await mkdir(folder, { mode: 0o700 }).catch(unlessExists)
    await link(from, to).catch((error) => {
      // The revision is out of the way for the moment: a check finds that the note is missing.
      if (!isErrno(error, 'EEXIST', 'ENOENT')) throw error
    })
  }
}

const newestOf = (names: readonly string[]): number =>
  names.reduce((newest, name) => Math.max(newest, parseRevisionName(name) ?? 0), 0)

async function readPlain(file: string): Promise<{ text: string; ino: number }> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const { ino, size } = await handle.stat()
    return { ino, text: size > MAX_RECORD_BYTES ? '' : await handle.readFile('utf8') }
  } finally {
    await handle.close()
  }
}

/** A bug that makes a record which cannot be read back shows here, before it is written. */
const toText = (stored: Stored): string => `${JSON.stringify(Stored.parse(stored))}\n`

/** @throws {SpoolTooNew} It is a record, of a newer version. */
function parse(text: string): Stored | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = Stored.safeParse(json)
  if (parsed.success) return parsed.data
  if (typeof json === 'object' && json !== null && 'version' in json && Number(json.version) > 1) {
    throw new SpoolTooNew('A newer version of docspool has written a record of this spool.')
  }
  return undefined
}

function unlessExists(error: unknown): 'exists' {
  if (isErrno(error, 'EEXIST')) return 'exists'
  throw error
}
