/**
 * Copies a queue to another storage, for `docspool move`. Records keep their revisions, and entries and indexes are rebuilt from
 * them. Jobs of dead workers and webhooks that were not scheduled yet are left to the check at the next start of a program.
 */

import { type Backend, entryOf, notBeforeOf } from './backend.ts'
import { openCallbacks } from './callbacks.ts'
import { isIn, type Job } from './job.ts'
import { eventToText, KEPT_LOGS } from './job-event.ts'
import { toText } from './spool/record-file.ts'
import type { MovedItem, MovedPart, Transfer } from './transfer.ts'

export type MovableQueue = Backend & { transfer: Transfer }

/** Number of items that are copied at the same time. */
const BATCH_SIZE = 16

/** @param check - Called after reading a batch and before writing it. Throws when the source is damaged. */
export function partsOfQueue(source: MovableQueue, target: MovableQueue, check: () => void): MovedPart[] {
  /** @param put - Called for each item of the source. Does not change an item that the target already has. */
  function part<T>(
    name: string,
    listIn: (queue: MovableQueue) => AsyncIterable<T>,
    toItem: (thing: T) => MovedItem,
    put: (thing: T) => Promise<unknown>,
  ): MovedPart {
    return {
      name,
      async *copy() {
        for await (const batch of batchesOf(listIn(source))) {
          check()
          await Promise.all(batch.map(put))
          yield* batch.map(toItem)
        }
        check()
      },
      async *list() {
        for await (const thing of listIn(target)) yield toItem(thing)
      },
    }
  }

  const { transfer } = target
  return [
    part('jobs', listJobs, toJobItem, async ({ job, isCancelled }) => {
      await transfer.restoreJob(job)
      if (isCancelled) await target.cancels.mark(job)
      await index(target, job)
    }),
    part('event logs', listLogs, toLogItem, (log) => appendRest(target, log)),
    part(
      'idempotency keys',
      (queue) => queue.transfer.listKeys(),
      ({ hash, record: { request, jobId, outcome } }) => ({
        id: hash,
        text: JSON.stringify([request, jobId, outcome]),
      }),
      transfer.restoreKey,
    ),
    part(
      'followed repositories',
      listFollows,
      (follow) => ({ id: follow.id, text: JSON.stringify(follow) }),
      transfer.restoreFollow,
    ),
    part(
      'scheduled checks',
      listLooks,
      ({ id, dueMs }) => ({ id, text: String(dueMs) }),
      ({ id, dueMs }) => target.looks.hasten(id, dueMs),
    ),
    part(
      'pending webhooks',
      (queue) => queue.transfer.listOutbox(),
      ({ jobId, callbackId, lane, dueMs }) => ({ id: `${callbackId} ${jobId}`, text: `${lane} ${dueMs}` }),
      (item) => target.outbox.add(item, item.dueMs),
    ),
    part(
      'marks of expired jobs',
      (queue) => queue.transfer.listExpired(),
      ({ jobId, atMs }) => ({ id: jobId, text: String(atMs) }),
      transfer.restoreExpired,
    ),
    part(
      'pause',
      listPause,
      ({ since, by }) => ({ id: 'pause', text: JSON.stringify([since, by]) }),
      transfer.restorePause,
    ),
  ]
}

interface MovedJob {
  job: Job
  /** Whether the running job has been marked as cancelled. */
  isCancelled: boolean
}

async function* listJobs({ transfer, cancels }: MovableQueue): AsyncGenerator<MovedJob> {
  for await (const job of transfer.listJobs()) {
    yield { job, isCancelled: isIn(job, 'processing') && (await cancels.isMarked(job)) }
  }
}

const toJobItem = ({ job, isCancelled }: MovedJob): MovedItem => ({
  id: job.job_id,
  text: `${toText(job)}${isCancelled ? 'cancel' : ''}`,
})

/** Create the index entries that can be derived from the record alone. */
async function index(target: Backend, job: Job): Promise<void> {
  await target.catalog.note(job)
  if (isIn(job, 'queued')) await target.work.push(entryOf(job), notBeforeOf(job))
  if (isIn(job, 'completed', 'failed') && openCallbacks(job).length === 0) await target.catalog.addEnded(job)
}

interface MovedLog {
  jobId: string
  epoch: number
  lines: string[]
  events: Awaited<ReturnType<Backend['events']['read']>>
}

async function* listLogs({ transfer, events }: MovableQueue): AsyncGenerator<MovedLog> {
  for await (const { job_id: jobId, epoch: last } of transfer.listJobs()) {
    for (let epoch = Math.max(1, last - KEPT_LOGS + 1); epoch <= last; epoch++) {
      const logged = await events.read(jobId, epoch)
      if (logged.length > 0) yield { jobId, epoch, lines: logged.map(eventToText), events: logged }
    }
  }
}

const toLogItem = ({ jobId, epoch, lines }: MovedLog): MovedItem => ({
  id: `${jobId} ${epoch}`,
  text: lines.join('\n'),
})

async function appendRest({ events }: Backend, log: MovedLog): Promise<void> {
  const { length } = await events.read(log.jobId, log.epoch)
  const sink = events.open(log.jobId, log.epoch)
  for (const event of log.events.slice(length)) void sink.append(event)
  await sink.close()
}

async function* listFollows({ follows }: Backend) {
  for (const id of await follows.list()) {
    const follow = await follows.read(id)
    if (follow !== undefined) yield follow
  }
}

async function* listLooks({ looks }: Backend) {
  yield* await looks.list()
}

async function* listPause({ control }: Backend) {
  const pause = await control.read()
  if (pause !== undefined) yield pause
}

async function* batchesOf<T>(things: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const thing of things) {
    batch.push(thing)
    if (batch.length < BATCH_SIZE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
