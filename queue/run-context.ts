/** What the run of a job reports: progress and log lines as events of the job, stages and bytes as metric events. */

import type { Log } from '#base/log.ts'
import { scrub } from '#base/scrub.ts'
import type { EventSink } from './backend.ts'
import type { JobIn } from './job.ts'
import type { OnMetricEvent } from './metric-events.ts'
import type { Progress, RunContext } from './runner.ts'

const MAX_TEXT = 2_000
/** Reports that change only the text are written at most this often. */
const TEXT_EVERY_MS = 1_000

export interface ContextDeps {
  /** Called when a stage starts. */
  onStage?(stage: string): void
  onMetricEvent?: OnMetricEvent
  log: Log
  clock(): number
  /** Ends all waits. */
  hardSignal: AbortSignal
}

/** @returns The context; `end` is called when the run has ended. */
export function createContext(
  { job_id, epoch }: JobIn<'processing'>,
  signal: AbortSignal,
  events: EventSink,
  { hardSignal, clock, onStage, onMetricEvent = () => undefined, log }: ContextDeps,
): RunContext & { end(): void } {
  let stage = 'start'
  let stageAt = performance.now()
  function beginStage(next: string): void {
    const now = performance.now()
    onMetricEvent({ type: 'stage', stage, ms: now - stageAt })
    stage = next
    stageAt = now
  }
  const at = (): string => new Date(clock()).toISOString()
  let last: Progress | undefined
  let writtenAt = Number.NEGATIVE_INFINITY
  return {
    signal,
    hardSignal,
    report(progress) {
      const percent = Math.min(100, Math.max(0, Math.trunc(progress.percent)))
      const isNews = progress.stage !== last?.stage || percent !== last.percent
      const now = performance.now()
      if (progress.stage !== last?.stage) {
        beginStage(progress.stage)
        onStage?.(progress.stage)
      }
      if (!isNews && now - writtenAt < TEXT_EVERY_MS) return
      last = { stage: progress.stage, percent, text: scrub(progress.text).slice(0, MAX_TEXT) }
      writtenAt = now
      void events.append({ type: 'progress', at: at(), ...last })
    },
    log: (level, text) => void events.append({ type: 'log', at: at(), level, text: scrub(text) }),
    trouble: (text) => log.warn({ job_id, epoch, stderr: text }, 'the process of a job wrote to its standard error'),
    received: (bytes) => onMetricEvent({ type: 'received', bytes }),
    end: () => beginStage('end'),
    spawned: (pid, pidStart) => events.append({ type: 'spawn', at: at(), pid, pidStart }),
  }
}
