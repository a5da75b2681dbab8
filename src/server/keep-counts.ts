/**
 * The counts of jobs that the server itself ends or hands back, when it finds the worker of a job dead before a supervisor does.
 * They are stored like those of supervisors, but only from the first such job on: most servers have none.
 */

import { createJobMetrics, type JobMetrics } from '#metrics/job-metrics.ts'
import type { OnMetricEvent } from '#queue/metric-events.ts'

export interface ServerCounts {
  onMetricEvent: OnMetricEvent
  /** Starts storing the counts, including those of earlier events. */
  keepWith(keep: (metrics: JobMetrics) => () => Promise<void>): void
  /** Stores the counts one last time. */
  end(): Promise<void>
}

export function createServerCounts(): ServerCounts {
  const metrics = createJobMetrics()
  let hasCounted = false
  let start: (() => () => Promise<void>) | undefined
  let end: (() => Promise<void>) | undefined
  const begin = (): void => {
    if (hasCounted) end ??= start?.()
  }
  return {
    onMetricEvent(event) {
      metrics.onMetricEvent(event)
      hasCounted = true
      begin()
    },
    keepWith(keep) {
      start = () => keep(metrics)
      begin()
    },
    end: async () => end?.(),
  }
}
