/** The event log of a claim, as JSON lines in a file of limited size. Written by one process; not synced. */

import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { openPlain } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import type { EventLog, EventSink } from '#queue/backend.ts'
import type { LogPiece } from '#queue/contract.ts'
import type { JobEvent } from '#queue/job-event.ts'
import {
  eventToText,
  fullNotice,
  KEPT_LOGS,
  logLimit,
  MAX_LOG_BYTES,
  parseEvent,
  RESERVED_BYTES,
  toProgress,
} from '#queue/job-event.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import type { SpoolPaths } from './paths.ts'

/** How much is read to find the last progress event; enough even after long lines. */
const TAIL_BYTES = 32_768
/** How much is read at once; longer than any line that docspool writes. */
const PIECE_BYTES = 32_768
const LINE_FEED = 0x0a

export function createEventLog(paths: SpoolPaths, log: Log): EventLog {
  return {
    open(jobId, epoch) {
      const outdated = epoch > KEPT_LOGS ? paths.events(jobId, epoch - KEPT_LOGS) : undefined
      return createSink(paths.events(jobId, epoch), outdated, log)
    },
    async read(jobId, epoch) {
      return parseLines((await readTail(paths.events(jobId, epoch), MAX_LOG_BYTES + RESERVED_BYTES)) ?? '')
    },
    readFrom: (jobId, epoch, offset) => readPiece(paths.events(jobId, epoch), offset),
    async lastProgress(jobId, epoch) {
      const events = parseLines((await readTail(paths.events(jobId, epoch), TAIL_BYTES)) ?? '')
      const last = events.findLast((event) => event.type === 'progress')
      return last === undefined ? null : toProgress(last)
    },
  }
}

/** @param outdated - A log that is removed when this one is created. */
function createSink(file: string, outdated: string | undefined, log: Log): EventSink {
  let handle: FileHandle | undefined
  let size = 0
  let isFull = false
  let isClosed = false
  let hasFailed = false
  let last: Promise<void> = Promise.resolve()

  async function write(event: JobEvent): Promise<void> {
    if (isClosed) return
    if (handle === undefined) {
      const { O_RDWR, O_CREAT, O_APPEND, O_NOFOLLOW } = constants
      handle = await open(file, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
      size = await endTornLine(handle)
      if (outdated !== undefined) await rm(outdated, { force: true })
    }
    let line = toLine(event)
    if (size + line.length > logLimit(event.type)) {
      if (isFull || event.type === 'end') return
      isFull = true
      line = toLine(fullNotice(event.at))
    }
    size += line.length
    await handle.appendFile(line)
  }

  /**
   * Runs steps one at a time. Errors are only logged, because a full disk must not fail the job; only the first one is a warning.
   */
  function enqueue(step: () => Promise<void>): Promise<void> {
    last = last.then(step).catch((error) => {
      log[hasFailed ? 'debug' : 'warn'](forLog(toSpoolError(error)), 'an event of a job could not be written')
      hasFailed = true
    })
    return last
  }

  return {
    append: (event) => enqueue(() => write(event)),
    close: () =>
      enqueue(async () => {
        isClosed = true
        await handle?.close()
        handle = undefined
      }),
  }
}

const toLine = (event: JobEvent): Buffer => Buffer.from(`${eventToText(event)}\n`)

/**
 * End an incomplete line that a killed writer may have left, so that the next line is separate.
 *
 * @returns The size of the file.
 */
async function endTornLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat()
  if (size === 0) return 0
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
  if (buffer[0] === LINE_FEED) return size
  await handle.appendFile('\n')
  return size + 1
}

/** Open a file, run `step` and close it. @returns `undefined` when there is no such file. */
async function withFile<T>(
  file: string,
  step: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T | undefined> {
  try {
    const handle = await openPlain(file)
    try {
      return await step(handle, (await handle.stat()).size)
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ELOOP', 'EISDIR')) return undefined
    throw error
  }
}

/** The last bytes of a file, as text; `undefined` when there is no such file. */
function readTail(file: string, bytes: number): Promise<string | undefined> {
  return withFile(file, async (handle, size) => {
    const length = Math.min(size, bytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8', 0, bytesRead)
  })
}

/** The events of the complete lines starting at `offset`, which must be the start of a line. */
function readPiece(file: string, offset: number): Promise<LogPiece<JobEvent> | undefined> {
  return withFile(file, async (handle, size) => {
    if (offset > size) return undefined
    // The byte before `offset` is read, too, because it must be a line feed if a line starts at `offset`.
    const start = Math.max(0, offset - 1)
    const length = Math.min(size - start, PIECE_BYTES)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start)
    const bytes = buffer.subarray(0, bytesRead)
    if (offset > 0 && bytes[0] !== LINE_FEED) return undefined
    const events: LogPiece<JobEvent>['events'] = []
    let next = offset
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, next - start)
      if (end === -1) break
      const event = parseEvent(bytes.toString('utf8', next - start, end))
      next = start + end + 1
      if (event !== undefined) events.push({ event, next })
    }
    // A line of this length was not written by docspool, so it is skipped.
    if (next === offset && bytesRead === PIECE_BYTES) next = (await findLineEnd(handle, start + bytesRead)) ?? offset
    return { events, next, isMore: next > offset && start + bytesRead < size }
  })
}

/** The offset after the line that contains `from`; `undefined` when it is incomplete. */
async function findLineEnd(handle: FileHandle, from: number): Promise<number | undefined> {
  const chunk = Buffer.alloc(PIECE_BYTES)
  for (let at = from; ; ) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at)
    if (bytesRead === 0) return undefined
    const end = chunk.subarray(0, bytesRead).indexOf(LINE_FEED)
    if (end !== -1) return at + end + 1
    at += bytesRead
  }
}

/** Skips lines that are not events: the first one may be truncated, the last one incomplete. */
function parseLines(text: string): JobEvent[] {
  return text.split('\n').flatMap((line) => parseEvent(line) ?? [])
}
