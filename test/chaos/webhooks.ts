/** What webhooks told, against what the records say of them. */

import { setTimeout as pause } from 'node:timers/promises'
import { messageId } from '#queue/callbacks.ts'
import { startReceiver } from '../support/receiver.ts'
import { newestOf, type Revision, type Witness } from './witness.ts'

export interface WebhookFindings {
  /** Neither told nor given up, or recorded as told and never received. */
  lost: string[]
  /** Told again although the record says that it was told: longer ago than any program was stopped. */
  again: string[]
}

export interface WebhookBooks {
  told: number
  /** Messages that came more than once: the answer was lost, or who had told them was stopped or died. */
  repeated: number
}

export interface Webhooks {
  origin: string
  host: string
  /** Wait until nothing is to be told any more. */
  settle(witness: Witness, signal: AbortSignal): Promise<void>
  judge(witness: Witness): { findings: WebhookFindings; books: WebhookBooks }
  close(): Promise<void>
}

/** Who died while it told leaves it to others after a minute; a failed try is made again after some seconds, then minutes. */
const SETTLE_MS = 400_000
/** Longer than any program is stopped, cut off or waits for an answer. */
const STALE_MS = 45_000

export async function startWebhooks(): Promise<Webhooks> {
  const arrivals: { id: string; jobId: string; at: number }[] = []
  const { origin, host, close } = await startReceiver((response, _, request) => {
    const jobId = decodeURIComponent(request.url?.slice(1) ?? '')
    arrivals.push({ id: String(request.headers['webhook-id']), jobId, at: Date.now() })
    response.writeHead(204).end()
  })
  const callbacksOf = ({ callbacks = [] }: Revision) => callbacks.filter(({ url }) => url.startsWith(origin))
  const isOpen = (one: { delivered_at: string | null; failed_at: string | null }): boolean =>
    one.delivered_at === null && one.failed_at === null

  const openOf = ({ histories }: Witness): string[] =>
    [...histories.values()].flatMap((history) => {
      const newest = newestOf(history)
      return newest !== undefined && callbacksOf(newest).some(isOpen) ? [history.jobId] : []
    })

  /** When each message was recorded as told. */
  function recordedTimes({ histories }: Witness): Map<string, number> {
    const times = new Map<string, number>()
    for (const { revisions, writtenAt } of histories.values()) {
      for (const revision of [...revisions.values()].sort((a, b) => a.rev - b.rev)) {
        if (revision.completed_at === undefined) continue
        for (const callback of callbacksOf(revision)) {
          if (callback.delivered_at === null) continue
          const id = messageId(callback, revision.completed_at)
          if (!times.has(id)) times.set(id, writtenAt.get(revision.rev) ?? 0)
        }
      }
    }
    return times
  }

  return {
    origin,
    host,
    async settle(witness, signal) {
      const begin = performance.now()
      while (openOf(witness).length > 0 && performance.now() - begin < SETTLE_MS) {
        await pause(250, undefined, { signal })
        await witness.look()
      }
    },
    judge(witness) {
      const heard = new Set(arrivals.map(({ jobId }) => jobId))
      const lost = openOf(witness).map((jobId) => `${jobId}: still to be told`)
      for (const history of witness.histories.values()) {
        const newest = newestOf(history)
        const isTold = newest !== undefined && callbacksOf(newest).some(({ delivered_at }) => delivered_at !== null)
        if (isTold && !heard.has(history.jobId)) lost.push(`${history.jobId}: recorded as told, and nothing came`)
      }
      const times = recordedTimes(witness)
      const again = arrivals.flatMap(({ id, jobId, at }) => {
        const late = at - (times.get(id) ?? at)
        return late > STALE_MS ? [`${jobId}: told again ${Math.round(late / 1_000)} s after the record says so`] : []
      })
      const told = new Set(arrivals.map(({ id }) => id)).size
      return { findings: { lost, again }, books: { told, repeated: arrivals.length - told } }
    },
    close,
  }
}
