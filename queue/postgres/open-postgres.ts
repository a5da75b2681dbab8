/** Opens a database as the storage of the queue. */

import type { Log } from '#base/log.ts'
import { openDocspoolDatabase } from '#database/open.ts'
import type { Backend } from '#queue/backend.ts'
import type { Transfer } from '#queue/transfer.ts'
import { auditDatabase } from './audit.ts'
import { createCancelMarks } from './cancel-marks.ts'
import { createCatalog } from './catalog.ts'
import { createCombinedSteps } from './combined-steps.ts'
import { createControl } from './control.ts'
import { createEventLog } from './event-log.ts'
import { createExpiry } from './expiry.ts'
import { createFollowRecords } from './follow-records.ts'
import { createHints } from './hints.ts'
import { createKeyStore } from './key-store.ts'
import { createLaneSlots } from './lanes.ts'
import { createLookSchedule } from './look-schedule.ts'
import { createOutbox } from './outbox.ts'
import { createQueueStats } from './queue-stats.ts'
import { createRecordStore } from './records.ts'
import { createTransfer } from './transfer.ts'
import { createWorkQueue } from './work-queue.ts'
import { createWorkers, type WorkerRegistry } from './workers.ts'

export interface PostgresOptions {
  log: Log
  /** Milliseconds since the epoch, corrected by the clock of the database. Leases use only the database's clock. */
  clock(): number
  /** A worker without a heartbeat for this long is considered dead. */
  leaseMs: number
  /** Change nothing; the tables must exist. */
  isReading?: boolean
  maxConnections?: number
}

/**
 * Open a database. Tables are created or upgraded unless `isReading` is set.
 *
 * @param url - A valid `postgres://` URL.
 * @throws The errors of `openDocspoolDatabase`.
 */
export async function openPostgres(
  url: string,
  { log, clock: ownClock, leaseMs, isReading = false, maxConnections }: PostgresOptions,
): Promise<Backend & { workers: WorkerRegistry; transfer: Transfer }> {
  const database = await openDocspoolDatabase(url, {
    isReading,
    log,
    ...(maxConnections !== undefined && { maxConnections }),
  })
  const clock = (): number => ownClock() + database.clockAheadMs()
  const hints = createHints(database)
  const jobs = createRecordStore(database, hints)
  const keys = createKeyStore(database)
  const follows = createFollowRecords(database)
  const work = createWorkQueue(database, hints)
  const combined = createCombinedSteps(database, { hints, jobs, work })
  const workers = createWorkers(database, leaseMs)

  async function check(): Promise<void> {
    await database.run('SELECT FROM docspool.meta')
  }

  return {
    jobs,
    keys,
    follows,
    looks: createLookSchedule(database),
    workers,
    work,
    combined,
    catalog: createCatalog(database),
    events: createEventLog(database, hints, log),
    cancels: createCancelMarks(database, hints),
    outbox: createOutbox(database),
    expiry: createExpiry(database, clock),
    control: createControl(database, clock, hints),
    stats: createQueueStats(database, workers),
    lanes: createLaneSlots(database, hints),
    transfer: createTransfer(database, database.id),
    clock,
    accept: async (job) => (await combined.accept(job, Number.MAX_SAFE_INTEGER)).is === 'accepted',
    async audit(scope) {
      const swept = isReading ? 0 : (await keys.sweep()) + (await jobs.sweep()) + (await follows.sweep())
      return { ...(await auditDatabase(database, scope)), swept }
    },
    uncheckedJobs: 0,
    watch: (what, onHint) => hints.watch(what === 'queue' ? 'queue' : what.jobId, onHint),
    // Nothing to do, because an audit removes everything that can be removed.
    clear: async () => false,
    locate: () => database.id,
    get absences() {
      return database.failures
    },
    foreignFiles: async () => [],
    async prepare() {
      await check()
      return false
    },
    /** Fails if the server has become read-only. */
    async probe() {
      await database.run('UPDATE docspool.meta SET version = version WHERE false')
      return []
    },
    async close() {
      await hints.close()
      await database.close()
    },
  }
}
