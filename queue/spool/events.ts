/** The event log of a claim, as JSON lines in a file of limited size. Written by one process; not synced. */

import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { openPlain } from '#base/files.ts'
import { forLog, type Log } from '#base/log.ts'
import type { EventLog, EventSink } from '#queue/backend.ts'
import { type JobEvent, type LogPiece, type Progress, Status } from '#queue/contract.ts'
import type { SpoolPaths } from './paths.ts'

/** Of one job. */
const KEPT_LOGS = 8
const MAX_LOG_BYTES = 1_048_576
/** Of these, what only progress and the end of the job may use. */
const RESERVED_BYTES = 262_144
const MAX_TEXT = 4_000
/** Enough for the last report of progress, with longer lines around it. */
const TAIL_BYTES = 32_768
/** What is read at once; longer than any line that is written. */
const PIECE_BYTES = 32_768
const LINE_FEED = 0x0a

const At = { at: z.string() }
const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), ...At, stage: z.string(), percent: z.number(), text: z.string() }),
  z.object({ type: z.literal('log'), ...At, level: z.enum(['info', 'warn', 'error']), text: z.string() }),
  z.object({ type: z.literal('spawn'), ...At, pid: z.int().positive(), pidStart: z.string() }),
  z.object({
    type: z.literal('end'),
    ...At,
    status: Status,
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  }),
])

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

function toProgress({ stage, percent, text }: Progress): Progress {
  return { stage, percent, text }
}

/** @param outdated - A log that goes when this one begins. */
function createSink(file: string, outdated: string | undefined, log: Log): EventSink {
  let handle: FileHandle | undefined
  let size = 0
  let isFull = false
  let isClosed = false
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
    const limit = event.type === 'log' ? MAX_LOG_BYTES - RESERVED_BYTES : MAX_LOG_BYTES
    if (size + line.length > limit) {
      if (isFull || event.type === 'end') return
      isFull = true
      line = toLine({
        type: 'log',
        at: event.at,
        level: 'warn',
        text: 'The log of this job is full; the rest is left out.',
      })
    }
    size += line.length
    await handle.appendFile(line)
  }

  /** One after the other; a disk that is full takes the log from the job, not the job. */
  function enqueue(step: () => Promise<void>): Promise<void> {
    last = last.then(step).catch((error) => log.warn({ ...forLog(error) }, 'an event of a job could not be written'))
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

function toLine(event: JobEvent): Buffer {
  const capped = 'text' in event ? { ...event, text: event.text.slice(0, MAX_TEXT) } : event
  return Buffer.from(`${JSON.stringify(capped)}\n`)
}

/** A writer that died may have left half a line, which the next one would become part of. @returns The size. */
async function endTornLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat()
  if (size === 0) return 0
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
  if (buffer[0] === LINE_FEED) return size
  await handle.appendFile('\n')
  return size + 1
}

/** What `step` reads of a file, `undefined` when there is none. */
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

/** The end of a file, `undefined` when there is none. */
function readTail(file: string, bytes: number): Promise<string | undefined> {
  return withFile(file, async (handle, size) => {
    const length = Math.min(size, bytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8', 0, bytesRead)
  })
}

/** Whole lines from `offset` on, which must be where a line begins. */
function readPiece(file: string, offset: number): Promise<LogPiece<JobEvent> | undefined> {
  return withFile(file, async (handle, size) => {
    if (offset > size) return undefined
    // With the byte before, which tells whether a line begins here.
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
      const event = parseLine(bytes.toString('utf8', next - start, end))
      next = start + end + 1
      if (event !== undefined) events.push({ event, next })
    }
    // No line is as long as this: it is none of ours, and is skipped.
    if (next === offset && bytesRead === PIECE_BYTES) next = (await findLineEnd(handle, start + bytesRead)) ?? offset
    return { events, next, isMore: next > offset && start + bytesRead < size }
  })
}

/** Where the line ends that goes on at `from`; `undefined` when it has no end yet. */
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

/** The first line may be cut, the last half written: what is no event is left out. */
function parseLines(text: string): JobEvent[] {
  return text.split('\n').flatMap((line) => parseLine(line) ?? [])
}

function parseLine(line: string): JobEvent | undefined {
  try {
    return Event.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
