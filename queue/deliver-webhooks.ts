/**
 * Delivers webhooks, each at least once. The outbox lists pending deliveries; the record decides whether they still apply. A
 * supervisor claims a delivery by rescheduling it, so that it is due again if the supervisor dies.
 */

import { failpoint } from '#base/failpoint.ts'
import { forLog, type Log } from '#base/log.ts'
import type { Backend, OutboxItem } from './backend.ts'
import { afterTry, type Callback, dueOf, isOpen, messageId } from './callbacks.ts'
import { isIn, type JobIn } from './job.ts'
import { NO_CONTEXT, toView } from './job-view.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { orUnreadable } from './unreadable-records.ts'
import type { Notice, Notify, NotifyResult } from './webhook-notice.ts'

/** A claimed delivery is due again after this time, which is longer than an attempt takes. */
const CLAIM_MS = 60_000
const MAX_AT_ONCE = 32
/** Limit on concurrent deliveries in one lane, so that a slow receiver does not delay others. */
const MAX_IN_LANE = 4

export interface DeliverDeps {
  notify: Notify
  log: Log
  clock(): number
  onMetricEvent: OnMetricEvent
  /** Aborts attempts in progress, which then do not count. */
  signal: AbortSignal
}

export interface Deliveries {
  /** Start due deliveries. Call it periodically. */
  step(): Promise<void>
  /** Resolves when no delivery is in progress. */
  settled(): Promise<void>
}

export function createDeliveries(
  backend: Backend,
  { notify, log, clock, onMetricEvent, signal }: DeliverDeps,
): Deliveries {
  const running = new Map<string, { lane: string; done: Promise<void> }>()
  const countIn = (lane: string): number => [...running.values()].filter((delivery) => delivery.lane === lane).length

  async function step(): Promise<void> {
    for (const item of await backend.outbox.listDue(clock())) {
      if (signal.aborted || running.size >= MAX_AT_ONCE) return
      const { callbackId, lane } = item
      if (running.has(callbackId) || countIn(lane) >= MAX_IN_LANE) continue
      const claimed = await backend.outbox.move(item, clock() + CLAIM_MS)
      if (claimed === undefined) continue
      const done = deliver(claimed)
        .catch((error) => log.warn({ ...forLog(error), job_id: item.jobId }, 'a webhook delivery is postponed'))
        .finally(() => running.delete(callbackId))
      running.set(callbackId, { lane, done })
    }
  }

  async function deliver(item: OutboxItem): Promise<void> {
    failpoint('deliver:taken')
    const found = await readDue(item)
    // Postponed: a newer version may be able to read the record.
    if (found === 'unreadable') return
    if (found === undefined) return await drop(item)
    const { job, callback } = found
    if (dueOf(callback) > clock()) return void (await backend.outbox.move(item, dueOf(callback)))
    const result = await send(toNotice(job, callback))
    if (result === undefined) return void (await backend.outbox.move(item, clock()))
    failpoint('deliver:told')
    const next = await record(item, result)
    failpoint('deliver:recorded')
    report(job.job_id, callback, next, result)
    if (next === undefined || !isOpen(next)) await drop(item)
    else await backend.outbox.move(item, dueOf(next))
  }

  /**
   * Remove an item. If the job has finished again in the meantime, it may have found the item still pending and added none, so
   * it is added again.
   */
  async function drop(item: OutboxItem): Promise<void> {
    await backend.outbox.drop(item)
    const found = await readDue(item)
    if (found === undefined) return
    await backend.outbox.add(item, found === 'unreadable' ? clock() + CLAIM_MS : dueOf(found.callback))
  }

  /** The job and the callback, if the delivery is still pending. A job that is queued again delivers when it finishes. */
  async function readDue({ jobId, callbackId }: OutboxItem) {
    const job = await backend.jobs.read(jobId).catch(orUnreadable)
    if (job === 'unreadable') return job
    if (job === undefined || !isIn(job, 'completed', 'failed')) return undefined
    const callback = job.callbacks.find(({ id }) => id === callbackId)
    return callback === undefined || !isOpen(callback) ? undefined : { job, callback }
  }

  /** @returns `undefined` when the attempt was aborted; it may have reached its receiver. */
  async function send(notice: Notice): Promise<NotifyResult | undefined> {
    try {
      return await notify(notice, signal)
    } catch (error) {
      if (signal.aborted) return undefined
      log.error({ ...forLog(error), job_id: notice.job.job_id }, 'a webhook delivery failed because of a bug')
      return { is: 'failed', error: 'The webhook could not be sent.' }
    }
  }

  /** @returns The callback as recorded; `undefined` when it is no longer pending, or its job is queued again. */
  async function record({ jobId, callbackId }: OutboxItem, result: NotifyResult): Promise<Callback | undefined> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      const known = job?.callbacks.find(({ id }) => id === callbackId)
      if (job === undefined || known === undefined || !isOpen(known)) return undefined
      const hasEnded = isIn(job, 'completed', 'failed')
      if (!hasEnded && result.is === 'failed') return undefined
      const next = afterTry(job, callbackId, result, { now: clock(), chance: Math.random() })
      const written = await backend.jobs.update(job, next)
      if (written !== undefined) return written.callbacks.find(({ id }) => id === callbackId)
    }
  }

  function report(jobId: string, { origin }: Callback, next: Callback | undefined, result: NotifyResult): void {
    const isGivenUp = next !== undefined && next.failed_at !== null
    onMetricEvent({
      type: 'notified',
      result: result.is === 'delivered' ? 'delivered' : isGivenUp ? 'given up' : 'failed',
    })
    const about = { job_id: jobId, origin, tries: next?.tries }
    if (result.is === 'delivered') log.info(about, 'a webhook was delivered')
    else
      log.warn(
        { ...about, error: result.error },
        isGivenUp ? 'a webhook delivery was abandoned' : 'a webhook was not delivered',
      )
  }

  return {
    step,
    async settled() {
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

/** The job is sent without its callbacks, so that receivers do not learn of each other. */
function toNotice(job: JobIn<'completed' | 'failed'>, callback: Callback): Notice {
  const { url, origin } = callback
  return { id: messageId(callback, job.completed_at), url, origin, job: { ...toView(job, NO_CONTEXT), callbacks: [] } }
}
