/** Opens a spool as the storage of the queue. */

import { lstatSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { writeNewFile } from '#base/files.ts'
import type { Log } from '#base/log.ts'
import { type Backend, entryOf } from '#queue/backend.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { Transfer } from '#queue/transfer.ts'
import { audit } from './audit.ts'
import { createCancelMarks } from './cancel-file.ts'
import { createCatalog } from './catalog.ts'
import { createEventLog } from './event-log.ts'
import { createExpiry } from './expiry.ts'
import { entryName, parseJobFolder } from './file-names.ts'
import { createFollowRecords } from './follow-records.ts'
import { listForeign } from './foreign-files.ts'
import { createGroupSync } from './group-sync.ts'
import { createKeyStore } from './idempotency-keys.ts'
import { createCopies } from './job-json.ts'
import { createJournal } from './journal.ts'
import { Listing } from './listing.ts'
import { createLookSchedule } from './look-schedule.ts'
import { createOutbox } from './outbox.ts'
import { SpoolPaths } from './paths.ts'
import { createControl } from './pause-file.ts'
import { createQuarantine, type Quarantine, type Quarantined } from './quarantine.ts'
import { createQueueStats } from './queue-stats.ts'
import { createStore } from './record-store.ts'
import { adoptJournals, restoreJournal } from './recover-journals.ts'
import { type Expectation, openRoot } from './root.ts'
import { temporaryPath } from './temporary-files.ts'
import { createTransfer } from './transfer.ts'
import { findUnusable } from './usable-folders.ts'
import { watchFolder } from './watch-folder.ts'
import { createWorkQueue } from './work-queue.ts'
import { createWorkers } from './workers.ts'

/** Maximum number of foreign files that are logged. */
const MAX_FOREIGN_LOGGED = 20

export interface SpoolOptions {
  log: Log
  /** Milliseconds since the epoch. */
  clock(): number
  /** A worker without a heartbeat for this long is considered dead. At least 5,000. */
  leaseMs: number
  /**
   * Called with files that are quarantined because they cannot be read or do not belong in the spool. With `isReading`, they
   * are not moved.
   */
  onQuarantined?: (item: Quarantined) => void
  /** Which spool is expected; by default, one is created if there is none. */
  expect?: Expectation
  /** Do not create, repair or quarantine anything. */
  isReading?: boolean
}

/**
 * Open a spool. It is created if there is none and `expect` allows that.
 *
 * @param folder - The absolute path of the spool.
 * @throws The errors of `openRoot`.
 */
export async function openSpool(
  folder: string,
  { log, clock, leaseMs, onQuarantined, expect = false, isReading = false }: SpoolOptions,
): Promise<Backend & { transfer: Transfer }> {
  const paths = new SpoolPaths(folder)
  const root = await openRoot(paths, { expect, isReading })
  const sync = createGroupSync()
  const reportSkipped = createSkipReporter(paths, log)
  /** Ids of jobs whose newest record was quarantined or restored, so that their index entries may belong to another revision. */
  const unchecked = new Set<string>()
  const quarantine: Quarantine = isReading
    ? async (file, reason) => onQuarantined?.({ file: path.relative(folder, file), reason })
    : createQuarantine(paths, log, noteQuarantined)
  function noteQuarantined(item: Quarantined): void {
    const jobId = parseJobFolder(path.dirname(item.file))
    if (jobId !== undefined) unchecked.add(jobId)
    onQuarantined?.(item)
  }
  const ready = new Listing(paths.ready, isReading)
  const delayed = new Listing(paths.delayed, isReading)
  const outbox = new Listing(paths.outbox)
  const journal = createJournal(paths, {
    root,
    log,
    restore: (file) => restoreJournal(file, { log, restore: jobs.restore }),
  })
  const jobs = createStore(paths, {
    root,
    journal,
    quarantine,
    isReading,
    onWritten: (job) => copies.refresh(job.job_id),
    onRestored: (jobId) => unchecked.add(jobId),
  })
  const follows = createFollowRecords(paths, { sync, quarantine, isReading })
  const copies = createCopies(paths, { read: jobs.read, locate: root.locate, rest: journal.rest, log })
  const catalog = createCatalog(paths, { ready, delayed, isReading })
  let settled: Promise<unknown> = Promise.resolve()
  async function adopt(): Promise<void> {
    await settled
    const deps = { spoolId: root.id, log, restore: jobs.restore, quarantine, reportSkipped }
    settled = (await adoptJournals(paths, deps)).settled
  }
  if (!isReading) await adopt()
  const workers = createWorkers(paths, { root, leaseMs, isReading })

  return {
    jobs,
    catalog,
    workers,
    work: createWorkQueue(paths, { quarantine, ready, delayed, reportSkipped }),
    events: createEventLog(paths, log),
    cancels: createCancelMarks(paths),
    keys: createKeyStore(paths, { sync, quarantine }),
    outbox: createOutbox(paths, { outbox, sync }),
    expiry: createExpiry(paths, clock, isReading),
    follows,
    looks: createLookSchedule(paths, { listing: new Listing(paths.looks, isReading), sync }),
    control: createControl(paths, clock),
    transfer: createTransfer(paths, { id: root.id, jobs, follows, quarantine, reportSkipped }),
    stats: createQueueStats(paths, { ready, delayed, workers }),
    get uncheckedJobs() {
      return unchecked.size
    },
    async accept(job) {
      const entry = entryOf(job)
      const note = paths.repoEntry(job.repo_url, job.job_id)
      const isNew = await jobs.createAs(job, { entry: paths.readyEntry(entry), note })
      if (isNew) ready.add(entryName(entry))
      return isNew
    },
    async audit(scope) {
      await adopt()
      const suspects = [...unchecked]
      const found = await audit(paths, scope, {
        jobs,
        follows,
        workers,
        log,
        clock,
        reportSkipped,
        unchecked: suspects,
        onQuarantined,
      })
      for (const jobId of suspects) unchecked.delete(jobId)
      return found
    },
    watch(what, onHint) {
      if (what !== 'queue') return watchFolder(paths.job(what.jobId), onHint)
      const ends = [paths.ready, paths.control].map((watched) => watchFolder(watched, onHint))
      return () => {
        for (const end of ends) end()
      }
    },
    clear: (jobId) => jobs.sweep(jobId, clock()),
    locate: root.locate,
    get absences() {
      return root.absences
    },
    prepare: root.prepare,
    foreignFiles: () => listForeign(paths, { ready, delayed }),
    async probe() {
      await root.prepare()
      const unusable = findUnusable(paths)
      const needed = unusable.find(({ isNeeded }) => isNeeded)
      if (needed) throw new SpoolUnavailable(`The spool cannot be used: ${needed.name}: ${needed.reason}.`)
      const file = temporaryPath(paths)
      try {
        await writeNewFile(file, 'probe\n')
      } finally {
        await rm(file, { force: true })
      }
      return unusable.map(({ name }) => name)
    },
    async close() {
      await copies.flush()
      await journal.close()
      await settled
    },
  }
}

/** Creates a function that logs files that are not of this spool, each once and only the first ones. */
function createSkipReporter(paths: SpoolPaths, log: Log): (file: string, text?: string) => void {
  const logged = new Set<string>()
  return (file, text = 'docspool did not create this file; it is left unchanged') => {
    if (logged.has(file) || logged.size >= MAX_FOREIGN_LOGGED) return
    logged.add(file)
    log.warn({ file: path.relative(paths.root, file), owner: lstatSync(file, { throwIfNoEntry: false })?.uid }, text)
  }
}
