/** The metrics that a supervisor counts for its jobs. */

import { Counter, Histogram, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client'
import { STAGES } from '#base/stages.ts'
import type { MetricEvent } from '#queue/metric-events.ts'

export type JobFigures = MetricObjectWithValues<MetricValue<string> & { metricName?: string }>[]

export interface JobMetrics {
  onMetricEvent(event: MetricEvent): void
  /** All metrics, including those that are 0. */
  read(): Promise<JobFigures>
  /** Set all to 0. */
  reset(): void
}

/** The only stages allowed as labels: the worker process of a job, which is not trusted, sends the name. */
const KNOWN_STAGES: ReadonlySet<string> = new Set(['start', ...STAGES])
const CODE = /^[A-Z][A-Z0-9_]{1,49}$/
const MAX_CODES = 100
const STAGE_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600, 1_800]
const JOB_BUCKETS = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600]

export function createJobMetrics(): JobMetrics {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `docspool_${name}_total`, help, labelNames, registers })
  const started = counter('jobs_started', 'Claims of jobs.')
  const ended = counter('jobs_ended', 'Finished jobs by final state; cancelled jobs count as failed.', ['status'])
  const failed = counter('jobs_failed', 'Failed jobs by error code.', ['code'])
  const retried = counter('job_retries', 'Attempts that failed with a temporary error.')
  const stalled = counter('job_stalls', 'Attempts in which the worker died.')
  const fenced = counter('jobs_fenced', 'Results discarded because their supervisor had been declared dead.')
  const returned = counter(
    'jobs_handed_back',
    'Jobs returned to the queue because their supervisor shut down or could not start a process.',
  )
  const received = counter('clone_received_bytes', 'Bytes received from git hosts for clones.')
  const notified = counter('callbacks', 'Webhook deliveries by result.', ['result'])
  const removed = counter(
    'documents_removed',
    'Document sets that were removed: no job refers to them (orphaned), unread for long (idle), or the size limit was exceeded (crowded).',
    ['reason'],
  )
  const wait = new Histogram({
    name: 'docspool_job_wait_seconds',
    help: 'Time from the submission of a job to its first claim.',
    buckets: JOB_BUCKETS,
    registers,
  })
  const duration = new Histogram({
    name: 'docspool_job_duration_seconds',
    help: 'Time from the last claim of a job to its end.',
    labelNames: ['status'],
    buckets: JOB_BUCKETS,
    registers,
  })
  const stages = new Histogram({
    name: 'docspool_job_stage_duration_seconds',
    help: 'Duration of stages, including failed runs; start is the start of the process.',
    labelNames: ['stage'],
    buckets: STAGE_BUCKETS,
    registers,
  })
  for (const status of ['completed', 'failed']) ended.inc({ status }, 0)
  for (const result of ['delivered', 'failed', 'given_up']) notified.inc({ result }, 0)
  for (const reason of ['orphaned', 'idle', 'crowded']) removed.inc({ reason }, 0)
  const codes = new Set<string>()

  function codeOf(code: string): string {
    if (codes.has(code)) return code
    if (!CODE.test(code) || codes.size >= MAX_CODES) return 'OTHER'
    codes.add(code)
    return code
  }

  return {
    onMetricEvent(event) {
      switch (event.type) {
        case 'started':
          started.inc()
          if (event.waitMs !== null) wait.observe(event.waitMs / 1_000)
          return
        case 'stage':
          return stages.observe({ stage: KNOWN_STAGES.has(event.stage) ? event.stage : 'other' }, event.ms / 1_000)
        case 'ended':
          ended.inc({ status: event.status })
          if (event.code !== null) failed.inc({ code: codeOf(event.code) })
          return duration.observe({ status: event.status }, event.ms / 1_000)
        case 'retried':
          return retried.inc()
        case 'stalled':
          return stalled.inc()
        case 'fenced':
          return fenced.inc()
        case 'postponed':
        case 'handed back':
          return returned.inc()
        case 'notified':
          return notified.inc({ result: event.result.replace(' ', '_') })
        case 'documents removed':
          return removed.inc({ reason: event.reason })
        case 'received':
          return received.inc(Number.isFinite(event.bytes) ? event.bytes : 0)
      }
    },
    reset: () => registry.resetMetrics(),
    read: async () => (await registry.getMetricsAsJSON()) as JobFigures,
  }
}
