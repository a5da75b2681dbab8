/** The contract between the queue and the code that sends webhooks. */

import type { JobView } from './contract.ts'

/** The content of a webhook. */
export interface Notice {
  /** The message id, the same for all attempts. */
  id: string
  url: string
  origin: string
  job: JobView
}

/** The result of a delivery. Errors are shown to everyone who may see the job. */
export type NotifyResult =
  | { is: 'delivered' }
  /** `retryAfterMs`: the minimum delay that the receiver has requested. */
  | { is: 'failed'; error: string; retryAfterMs?: number | undefined }
  /** The receiver wants no more messages. */
  | { is: 'gone'; error: string }

/** Delivers a webhook. Rejects only when the signal is aborted; resolves within half a minute. */
export type Notify = (notice: Notice, signal: AbortSignal) => Promise<NotifyResult>
