/** Reads the newest revisions of records, and restores revisions that were lost from a journal. */

import { rename, utimes } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { isErrno } from '#base/errors.ts'
import { readPlain } from '#base/files.ts'
import { isJobId } from './file-names.ts'
import { readStamp } from './listing.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { parse, type Stored } from './record-file.ts'
import { findInJournals, type JournalLine } from './recover-journals.ts'
import { type createRevisionFiles, KEPT_REVISIONS } from './revision-files.ts'
import type { SpoolRoot } from './root.ts'

/** How often a read is repeated when revisions disappear while it runs. */
const MAX_READ_ATTEMPTS = 20
/** Maximum number of cached records. */
const MAX_CACHED = 16_384

export interface RecordReaderDeps {
  root: Pick<SpoolRoot, 'id'>
  quarantine: Quarantine
  /** Called with the id of each job that had a lost revision restored. */
  onRestored(jobId: string): void
  /** Skip unreadable revisions instead of restoring or quarantining them. */
  isReading: boolean
}

export function createRecordReader(
  paths: SpoolPaths,
  { newestRevision, requireJobsFolder, writeTemporary, createJobFolder }: ReturnType<typeof createRevisionFiles>,
  { root, quarantine, onRestored, isReading }: RecordReaderDeps,
) {
  const cached = new LRUCache<string, { stamp: string; stored: Stored }>({ max: MAX_CACHED })

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

  return { readNewest, restore }
}
