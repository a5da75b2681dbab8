/** What the queue hands to the delivery of webhooks, and what it gets back. */

import type { JobView } from './contract.ts'

/** The content of a webhook. */
export interface Notice {
  /** The same for all tries. */
  id: string
  url: string
  origin: string
  job: JobView
}

/** The result of a delivery. Errors are shown to everyone who may see the job. */
export type NotifyResult =
  | { is: 'delivered' }
  /** `retryAfterMs`: the minimum delay that the receiver has asked for. */
  | { is: 'failed'; error: string; retryAfterMs?: number | undefined }
  /** The receiver wants no further messages. */
  | { is: 'gone'; error: string }

/** Delivers a webhook. Rejects only when the signal is aborted; resolves within half a minute. */
export type Notify = (notice: Notice, signal: AbortSignal) => Promise<NotifyResult>
