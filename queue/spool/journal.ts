/**
 * Makes records durable, like the write-ahead log of a database. Each revision is written to a file without a sync, and
 * as a line to a journal of this process; one fdatasync covers all waiting lines (group commit). The files are synced
 * later, many at once, and then the journal is removed. Files that are lost before that in a power failure or disk
 * error are restored from the journal.
 */

import { constants, lstatSync, statSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { failpoint } from '#base/failpoint.ts'
import { syncFolder } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import { newJournalName } from './journal-name.ts'
import { readLayout } from './layout.ts'
import type { SpoolPaths } from './paths.ts'
import { spoolLine } from './recover-journals.ts'
import { type SpoolRoot, withFolder } from './root.ts'
import { syncJobs, syncRevision } from './sync-records.ts'

/** A segment this large or this old is settled: its files are synced, and the segment is removed. */
const MAX_SEGMENT_BYTES = 4 * 1_048_576
const MAX_SEGMENT_MS = 10_000
/** `Journal.rest` waits this long if something was written within this time. */
const REST_MS = 100

/** A revision that has been written to its file. */
export interface JournalRecord {
  jobId: string
  rev: number
  /** The record as one line of JSON, including the line break. */
  text: string
}

export interface Journal {
  /** Make a revision durable after its file was written. */
  append(record: JournalRecord): Promise<void>
  /** Resolves at once when nothing was written in the last 100 ms, otherwise after 100 ms. For background work. */
  rest(): Promise<void>
  /** Settle all segments. */
  close(): Promise<void>
}

interface Segment {
  file: string
  handle: FileHandle
  ino: number
  dev: number
  bytes: number
  /** Whether a failure to settle the segment has been logged. */
  isLogged: boolean
  /** The newest revision of each job in the segment, keyed by job id. */
  jobs: Map<string, number>
}

interface Waiting {
  record: JournalRecord
  resolve(): void
  reject(error: unknown): void
}

export interface JournalDeps {
  root: Pick<SpoolRoot, 'id' | 'locate' | 'device'>
  log: Log
  /** Restore lost revisions from the lines of this journal. */
  restore(file: string): Promise<void>
}

export function createJournal(paths: SpoolPaths, { root, log, restore }: JournalDeps): Journal {
  let current: Segment | undefined
  let waiting: Waiting[] = []
  let flushing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isOld = false
  let writtenAt = Number.NEGATIVE_INFINITY
  const settler = createSettler(paths, { root, log, restore })

  function append(record: JournalRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ record, resolve, reject })
      startFlush()
    })
  }

  function startFlush(): void {
    flushing ??= flush().finally(() => {
      flushing = undefined
      // A record may have been added after the last check in `flush`.
      if (waiting.length > 0) startFlush()
    })
  }

  /** Write all waiting records. Segments are replaced only between batches, when nothing is being written. */
  async function flush(): Promise<void> {
    while (waiting.length > 0 || isOld) {
      if (isOld || (current?.bytes ?? 0) > MAX_SEGMENT_BYTES) retire()
      const batch = waiting
      waiting = []
      if (batch.length === 0) continue
      try {
        await write(batch.map(({ record }) => record))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        log.warn(forLog(error), 'the journal cannot be written; records are synced one by one')
        retire()
        await Promise.all(
          batch.map(({ record: { jobId, rev }, resolve, reject }) =>
            syncRevision(paths, jobId, rev)
              .then(root.locate)
              .then(() => resolve(), reject),
          ),
        )
      }
    }
  }

  async function write(records: readonly JournalRecord[]): Promise<void> {
    writtenAt = performance.now()
    if (current !== undefined && !isInPlace(current)) retire()
    current ??= await begin()
    // The line feed ends an incomplete line that a full disk may have left.
    const bytes = Buffer.from(`\n${records.map(({ text }) => text).join('')}`)
    for (const { jobId, rev } of records) current.jobs.set(jobId, Math.max(rev, current.jobs.get(jobId) ?? 0))
    await current.handle.appendFile(bytes)
    current.bytes += bytes.length
    failpoint('journal:written')
    await current.handle.datasync()
    // A sync also succeeds on a file system that has been unmounted.
    if (!isInPlace(current)) throw unavailable()
    failpoint('journal:synced')
  }

  async function begin(): Promise<Segment> {
    const segment = await openSegment(paths, root)
    timer = setTimeout(() => {
      isOld = true
      startFlush()
    }, MAX_SEGMENT_MS).unref()
    return segment
  }

  /** Close the current segment and settle it in the background; the next record starts another. */
  function retire(): void {
    clearTimeout(timer)
    isOld = false
    if (current === undefined) return
    settler.settle(current)
    current = undefined
  }

  return {
    append,
    async rest() {
      if (performance.now() - writtenAt < REST_MS) await delay(REST_MS, undefined, { ref: false })
    },
    async close() {
      while (flushing !== undefined) await flushing
      retire()
      await settler.close()
    },
  }
}

/** Begin a segment. Its first line names the spool, so that a journal of another spool that was moved here is not adopted. */
async function openSegment(paths: SpoolPaths, root: JournalDeps['root']): Promise<Segment> {
  return await withFolder(paths.root, async (held) => {
    // The path may lead to another spool by now.
    if (readLayout(held)?.id !== root.id) throw unavailable()
    const folder = path.join(held, path.relative(paths.root, paths.journal))
    const name = newJournalName()
    const { O_WRONLY, O_CREAT, O_EXCL, O_APPEND } = constants
    const handle = await open(path.join(folder, name), O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0o600)
    try {
      failpoint('journal:opened')
      const { ino, dev } = await handle.stat()
      if (dev !== root.device) throw unavailable()
      await handle.appendFile(spoolLine(root.id))
      await syncFolder(folder)
      const file = path.join(paths.journal, name)
      return { file, handle, ino, dev, bytes: 0, isLogged: false, jobs: new Map() }
    } catch (error) {
      await handle.close()
      await rm(path.join(folder, name), { force: true })
      throw error
    }
  })
}

/** Settles segments of the journal in the background, one after another. */
function createSettler(paths: SpoolPaths, { root, log, restore }: JournalDeps) {
  let settling: Promise<void> = Promise.resolve()
  let again: NodeJS.Timeout | undefined
  /** Segments that are not settled yet; failed ones are retried periodically. */
  let unsettled: Segment[] = []

  async function settleAll(): Promise<void> {
    const segments = unsettled
    unsettled = []
    for (const segment of segments) {
      try {
        // Closed first, because an open file would prevent unmounting.
        await segment.handle.close()
        root.locate()
        await syncJobs(paths, segment.jobs)
        if (!isWhole(segment)) {
          await restore(segment.file)
          await syncJobs(paths, segment.jobs)
        }
        await rm(segment.file, { force: true })
        failpoint('journal:settled')
      } catch (error) {
        if (!segment.isLogged) log.warn(forLog(error), 'records could not be synced; their journal is kept')
        segment.isLogged = true
        unsettled.push(segment)
      }
    }
    clearTimeout(again)
    if (unsettled.length > 0) again = setTimeout(settleSoon, MAX_SEGMENT_MS).unref()
  }

  function settleSoon(): void {
    settling = settling.then(settleAll)
  }

  /**
   * Whether the files of all records exist and are not empty. If not, they were removed in the meantime or lost in a disk error.
   */
  const isWhole = ({ jobs }: Segment): boolean =>
    [...jobs].every(([jobId, rev]) => (lstatSync(paths.revision(jobId, rev), { throwIfNoEntry: false })?.size ?? 0) > 0)

  return {
    settle(segment: Segment): void {
      unsettled.push(segment)
      settleSoon()
    },
    async close(): Promise<void> {
      await settling
      clearTimeout(again)
    },
  }
}

/** Whether the open file is still at its path. If not, the folder was moved or replaced, and written data would be lost. */
function isInPlace({ file, ino, dev }: Segment): boolean {
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.ino === ino && found.dev === dev
}

const unavailable = (): SpoolUnavailable =>
  new SpoolUnavailable('The spool became unavailable while its journal was being written.')
