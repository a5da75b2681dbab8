/** Summarises the log of a claim: start times of stages, and warnings. Pure. */

import type { ShownEvent } from './contract.ts'

/** A summary of the log of a claim. */
export interface LogDigest {
  /** The stages of the claim in order, with their start times. */
  stages: StageTime[]
  /** When the claim ended; `null` while it runs. */
  endedAt: string | null
  /** The first warnings and errors. */
  warnings: Extract<ShownEvent, { type: 'log' }>[]
  warningCount: number
}

export interface StageTime {
  stage: string
  at: string
}

/** Limits of a digest; the log may be of any size. */
const MAX_STAGES = 40
const MAX_WARNINGS = 20

/** A digest to which events are added in order. */
export function createDigest(): { readonly value: LogDigest; add(event: ShownEvent): void } {
  const value: LogDigest = { stages: [], endedAt: null, warnings: [], warningCount: 0 }
  return {
    value,
    add(event) {
      if (event.type === 'end') value.endedAt = event.at
      else if (event.type === 'progress') {
        const isNew = value.stages.at(-1)?.stage !== event.stage
        if (isNew && value.stages.length < MAX_STAGES) value.stages.push({ stage: event.stage, at: event.at })
      } else if (event.level !== 'info') {
        value.warningCount += 1
        if (value.warnings.length < MAX_WARNINGS) value.warnings.push(event)
      }
    },
  }
}
