/** What a supervisor counts of its jobs. */

import { Counter, Histogram, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client'
import { STAGES } from '#base/stages.ts'
import type { MetricEvent } from '#queue/metric-events.ts'

export type JobFigures = MetricObjectWithValues<MetricValue<string> & { metricName?: string }>[]

export interface JobMetrics {
  onMetricEvent(fact: MetricEvent): void
  /** All of them, also those that are 0. */
  read(): Promise<JobFigures>
}

/** What is told by the process of a job becomes a label only if it is one of these. */
const KNOWN_STAGES: ReadonlySet<string> = new Set(['start', ...STAGES])
const CODE = /^[A-Z][A-Z0-9_]{1,49}$/
const MAX_CODES = 100
const STAGE_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600, 1_800]
const JOB_BUCKETS = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600]

export function createJobMetrics(): JobMetrics {
  const registry = new Registry()
  const registers = [registry]
  const started = new Counter({ name: 'docspool_jobs_started_total', help: 'Claims of jobs that began.', registers })
  const ended = new Counter({
    name: 'docspool_jobs_ended_total',
    help: 'Jobs that ended, by the state they ended in; a cancelled one has failed.',
    labelNames: ['status'],
    registers,
  })
  const failed = new Counter({
    name: 'docspool_jobs_failed_total',
    help: 'Jobs that failed, by the code of their error.',
    labelNames: ['code'],
    registers,
  })
  const retried = new Counter({
    name: 'docspool_job_retries_total',
    help: 'Tries that failed by what may pass.',
    registers,
  })
  const stalled = new Counter({ name: 'docspool_job_stalls_total', help: 'Tries whose worker died.', registers })
  const fenced = new Counter({
    name: 'docspool_jobs_fenced_total',
    help: 'Results that were dropped, since their supervisor had been declared dead.',
    registers,
  })
  const returned = new Counter({
    name: 'docspool_jobs_handed_back_total',
    help: 'Jobs that went back to the queue when their supervisor ended, or could start no worker.',
    registers,
  })
  const received = new Counter({
    name: 'docspool_clone_received_bytes_total',
    help: 'Bytes that hosts have sent for clones.',
    registers,
  })
  const notified = new Counter({
    name: 'docspool_callbacks_total',
    help: 'Tries to tell a callback of the end of a job, by what came of them.',
    labelNames: ['result'],
    registers,
  })
  const wait = new Histogram({
    name: 'docspool_job_wait_seconds',
    help: 'From the submission of a job to its first claim.',
    buckets: JOB_BUCKETS,
    registers,
  })
  const duration = new Histogram({
    name: 'docspool_job_duration_seconds',
    help: 'From the last claim of a job to its end.',
    labelNames: ['status'],
    buckets: JOB_BUCKETS,
    registers,
  })
  const stages = new Histogram({
    name: 'docspool_job_stage_duration_seconds',
    help: 'Of the stages of claims, also those of runs that failed; start is that of the process.',
    labelNames: ['stage'],
    buckets: STAGE_BUCKETS,
    registers,
  })
  for (const status of ['completed', 'failed']) ended.inc({ status }, 0)
  for (const result of ['delivered', 'failed', 'given_up']) notified.inc({ result }, 0)
  const codes = new Set<string>()

  function codeOf(code: string): string {
    if (codes.has(code)) return code
    if (!CODE.test(code) || codes.size >= MAX_CODES) return 'OTHER'
    codes.add(code)
    return code
  }

  return {
    onMetricEvent(fact) {
      switch (fact.type) {
        case 'started':
          started.inc()
          if (fact.waitMs !== null) wait.observe(fact.waitMs / 1_000)
          return
        case 'stage':
          return stages.observe({ stage: KNOWN_STAGES.has(fact.stage) ? fact.stage : 'other' }, fact.ms / 1_000)
        case 'ended':
          ended.inc({ status: fact.status })
          if (fact.code !== null) failed.inc({ code: codeOf(fact.code) })
          return duration.observe({ status: fact.status }, fact.ms / 1_000)
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
          return notified.inc({ result: fact.result.replace(' ', '_') })
        case 'received':
          return received.inc(Number.isFinite(fact.bytes) ? fact.bytes : 0)
      }
    },
    read: async () => (await registry.getMetricsAsJSON()) as JobFigures,
  }
}
