/** Events for metrics, emitted after they have been recorded. */

export type MetricEvent =
  /** A claim begins. `waitMs` since the submission; `null` when it is not the first claim of it. */
  | { type: 'started'; waitMs: number | null }
  /** A stage of a run is over, whichever way. `start` is what comes before the first report. */
  | { type: 'stage'; stage: string; ms: number }
  /** A job ended. `ms` since its claim began; `code` is that of the error. */
  | { type: 'ended'; status: 'completed' | 'failed'; code: string | null; ms: number }
  /** It failed by what may pass, and is tried again later. */
  | { type: 'retried' }
  /** Its worker died. */
  | { type: 'stalled' }
  /** No worker could be started, and it waits. */
  | { type: 'postponed' }
  /** It went back to the queue, since its supervisor ends or was declared dead. */
  | { type: 'handed back' }
  /** What a supervisor made of it was dropped: another had taken the job over. */
  | { type: 'fenced' }
  /** Somebody who asked was told of the end of a job, or could not be. */
  | { type: 'notified'; result: 'delivered' | 'failed' | 'given up' }
  /** Bytes that a host has sent. */
  | { type: 'received'; bytes: number }

export type OnMetricEvent = (fact: MetricEvent) => void
