/** Events for metrics, emitted after they have been recorded. */

export type MetricEvent =
  /** A claim starts. `waitMs`: time since the submission; `null` unless this is its first claim. */
  | { type: 'started'; waitMs: number | null }
  /** A stage has ended, successfully or not. `start` is the time before the first report. */
  | { type: 'stage'; stage: string; ms: number }
  /** A job has finished. `ms`: time since the start of the claim; `code`: the code of the error. */
  | { type: 'ended'; status: 'completed' | 'failed'; code: string | null; ms: number }
  /** A job failed with a temporary error and will be tried again. */
  | { type: 'retried' }
  /** The worker of a job died. */
  | { type: 'stalled' }
  /** No process could be started for a job; the job waits. */
  | { type: 'postponed' }
  /** A job returned to the queue because its supervisor is shutting down or was declared dead. */
  | { type: 'handed back' }
  /** The result of a job was discarded because another worker had taken over the job. */
  | { type: 'fenced' }
  /** Delivery of a webhook was attempted. */
  | { type: 'notified'; result: 'delivered' | 'failed' | 'given up' }
  /** Documents were removed: no job refers to them, they have not been read for long, or the size limit was exceeded. */
  | { type: 'documents removed'; reason: 'orphaned' | 'idle' | 'crowded' }
  /** Bytes received from a host. */
  | { type: 'received'; bytes: number }

export type OnMetricEvent = (event: MetricEvent) => void
