/**
 * Streams the events of a job from any position in its history. The record contains the job's state, and the logs of its claims
 * contain the events. The record is always updated before the event is logged. Read-only.
 */

import type { Backend } from './backend.ts'
import type { EarlierEvents, JobNews, JobQueue, JobView, LogEnd, ShownEvent } from './contract.ts'
import { isIn, type Job } from './job.ts'
import type { JobEvent } from './job-event.ts'
import type { JobObservation, SubscribeToJob } from './job-observer.ts'
import { toView } from './job-view.ts'
import { endEventOf } from './last-log-events.ts'
import { createDigest } from './log-digest.ts'
import { toSpoolError } from './to-spool-error.ts'

/** How long to wait for the `end` event of a claim that has ended according to the record: its writer may be dead. */
const GRACE_MS = 1_000

type End = Extract<JobEvent, { type: 'end' }>

interface LogPosition {
  epoch: number
  offset: number
}

/** The position and state of one reader of the stream. */
interface Reader {
  at: LogPosition
  /** The `end` event of the claim at `at`, once it is known. */
  end: End | undefined
  /** Whether the log at `at` belongs to an earlier submission, so that no more events are expected. */
  isSuperseded: boolean
  /** When the claim at `at` was found to have ended (`performance.now()`). */
  endedAt: number | undefined
  /** A key of the state that was yielded last. */
  lastState: string | undefined
}

type EventStreams = Pick<JobQueue, 'streamEvents' | 'readLog' | 'readLogEnd'>

export function createEventStreams(
  { jobs, events }: Pick<Backend, 'jobs' | 'events'>,
  subscribe: SubscribeToJob,
): EventStreams {
  async function* streamEvents(
    jobId: string,
    after: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<JobNews, void> {
    const subscription = subscribe(jobId)
    let reader: Reader | undefined
    try {
      for (;;) {
        const observation = await subscription.next(signal)
        if (observation?.job === undefined) return
        try {
          reader ??= await startAfter(observation.job, after)
          if (isOver(observation.job, reader)) return
          for await (const news of readNews(observation.job, observation, reader)) {
            yield news
            if (signal.aborted) return
            if (news.type === 'end' && isOver(observation.job, reader)) return
          }
        } catch (error) {
          // If the spool is temporarily unavailable, the next observation tries again.
          if (toSpoolError(error) === error) throw error
        }
      }
    } finally {
      subscription.leave()
    }
  }

  /** Yields everything new since the reader's last position. Events that cannot be read are left to the next call. */
  async function* readNews(
    job: Job,
    { position, isPaused, read }: JobObservation,
    reader: Reader,
  ): AsyncGenerator<JobNews, void> {
    const isRunning = (): boolean => isIn(job, 'processing') && job.epoch === reader.at.epoch

    async function* yieldState(): AsyncGenerator<JobNews, void> {
      const state = `${job.rev} ${position} ${isPaused}`
      if (reader.lastState === state) return
      const data = await view(job, position, isPaused)
      reader.lastState = state
      yield { id: idOf(reader.at), type: 'state', data }
    }

    if (reader.at.epoch > job.epoch) turnTo(reader, job.epoch)
    if (reader.lastState === undefined || isRunning()) yield* yieldState()
    for (;;) {
      const piece = await readPiece(read, reader.at)
      for (const { event, next } of piece?.events ?? []) {
        // The record has changed since the observation: its state must be yielded first.
        if (event.type === 'end' && isRunning()) return
        reader.at = { ...reader.at, offset: next }
        if (event.type === 'spawn') continue
        if (event.type === 'end') {
          reader.end = event
          if (job.epoch === reader.at.epoch) yield* yieldState()
        }
        yield toNews(reader.at, event)
      }
      reader.at = { ...reader.at, offset: piece?.next ?? 0 }
      if (piece?.isMore) continue
      if (isRunning()) return
      if (piece !== undefined && mayLogMore(reader, job)) return
      if (job.epoch === reader.at.epoch) break
      turnTo(reader, reader.at.epoch + 1)
      if (isRunning()) yield* yieldState()
    }
    yield* yieldState()
    if (!isIn(job, 'completed', 'failed') || (reader.end !== undefined && isEndOf(reader.end, job))) return
    reader.end = endEventOf(job, Date.parse(job.completed_at)) as End
    yield toNews(reader.at, reader.end)
  }

  async function view(job: Job, position: number | null, isPaused: boolean): Promise<JobView> {
    const progress = isIn(job, 'processing') ? await events.lastProgress(job.job_id, job.epoch) : null
    return toView(job, { position, progress, isPaused })
  }

  async function startAfter(job: Job, after: string | null): Promise<Reader> {
    const wanted = after === null ? undefined : parseId(after)
    if (wanted === undefined || wanted.epoch > job.epoch) return await startAtNewest(job)
    const { epoch, offset } = wanted
    const piece = epoch === 0 ? undefined : await events.readFrom(job.job_id, epoch, offset)
    if (piece === undefined && offset > 0) return await startAtNewest(job)
    const known = piece === undefined || piece.events.length > 0 ? [] : await events.read(job.job_id, epoch)
    const end = known.findLast((event) => event.type === 'end')
    return { at: wanted, end, isSuperseded: false, endedAt: undefined, lastState: undefined }
  }

  /**
   * The position at the newest claim. If the job was submitted again and has not been claimed since, the newest log belongs
   * to the previous submission.
   */
  async function startAtNewest(job: Job): Promise<Reader> {
    const at = { epoch: job.epoch, offset: 0 }
    const reader: Reader = { at, end: undefined, isSuperseded: false, endedAt: undefined, lastState: undefined }
    if (job.epoch === 0 || wasClaimed(job)) return reader
    let piece = await events.readFrom(job.job_id, job.epoch, 0)
    const first = piece?.events[0]?.event
    if (first === undefined || first.at >= job.submitted_at) return reader
    while (piece?.isMore) piece = await events.readFrom(job.job_id, job.epoch, piece.next)
    return { ...reader, at: { epoch: job.epoch, offset: piece?.next ?? 0 }, isSuperseded: true }
  }

  async function readLog(jobId: string, epoch: number, offset: number) {
    const piece = await events.readFrom(jobId, epoch, offset)
    return piece === undefined ? undefined : { ...piece, events: piece.events.filter(isShown) }
  }

  async function readLogEnd(jobId: string, limit: number): Promise<LogEnd> {
    const job = await jobs.read(jobId)
    const digest = createDigest()
    const earlier: EarlierEvents = { count: 0, stage: null }
    if (job === undefined) return { events: [], earlier, after: null, digest: digest.value }
    const { at } = await startAtNewest(job)
    const found: ShownEvent[] = []
    let { offset } = at
    for (let isMore = at.epoch > 0; isMore; ) {
      const piece = await readLog(jobId, at.epoch, offset)
      for (const { event } of piece?.events ?? []) {
        digest.add(event)
        found.push(event)
      }
      for (const event of found.splice(0, Math.max(0, found.length - limit))) {
        earlier.count += 1
        if (event.type === 'progress') earlier.stage = event.stage
      }
      offset = piece?.next ?? 0
      isMore = piece?.isMore ?? false
    }
    return { events: found, earlier, after: idOf({ epoch: at.epoch, offset }), digest: digest.value }
  }

  return { streamEvents, readLog, readLogEnd }
}

const idOf = ({ epoch, offset }: LogPosition): string => `${epoch}-${offset}`

function parseId(id: string): LogPosition | undefined {
  const [, epoch, offset] = /^([0-9]{1,9})-([0-9]{1,15})$/.exec(id) ?? []
  return offset === undefined ? undefined : { epoch: Number(epoch), offset: Number(offset) }
}

/** Whether a worker has claimed the job since the last submission, as far as the record says: it does not for a retry. */
const wasClaimed = (job: Job): boolean =>
  isIn(job, 'processing', 'completed') || (isIn(job, 'failed') && job.started_at !== null)

const readPiece = (read: JobObservation['read'], { epoch, offset }: LogPosition) =>
  epoch === 0 ? Promise.resolve(undefined) : read(epoch, offset)

function turnTo(reader: Reader, epoch: number): void {
  reader.at = { epoch, offset: 0 }
  reader.end = undefined
  reader.isSuperseded = false
  reader.endedAt = undefined
}

/** Whether the last events of a claim that has ended may still be written. */
function mayLogMore(reader: Reader, job: Job): boolean {
  if (reader.end !== undefined || reader.isSuperseded || job.epoch > reader.at.epoch + 1) return false
  reader.endedAt ??= performance.now()
  return performance.now() - reader.endedAt < GRACE_MS
}

/** Whether the event and the record describe the same end, not that of an earlier submission. */
const isEndOf = (end: End, job: Job): boolean =>
  isIn(job, 'completed', 'failed') && end.status === job.status && end.at >= job.completed_at

const isOver = (job: Job, { at, end }: Reader): boolean =>
  at.epoch === job.epoch && end !== undefined && isEndOf(end, job)

const isShown = (line: { event: JobEvent; next: number }): line is { event: ShownEvent; next: number } =>
  line.event.type !== 'spawn'

function toNews(at: LogPosition, event: ShownEvent): JobNews {
  const { type, ...data } = event
  return { id: idOf(at), type, data } as JobNews
}
