/** Summarises the log of a claim: start times of stages, and warnings. Pure. */

import type { LogDigest, ShownEvent } from './contract.ts'

/** Of the stages and of the warnings of a log, which may be of any size. */
const MOST_STAGES = 40
const MOST_WARNINGS = 20

/** A digest that grows with each event; add them in their order. */
export function createDigest(): { readonly value: LogDigest; add(event: ShownEvent): void } {
  const value: LogDigest = { stages: [], endedAt: null, warnings: [], warningCount: 0 }
  return {
    value,
    add(event) {
      if (event.type === 'end') value.endedAt = event.at
      else if (event.type === 'progress') {
        const isNew = value.stages.at(-1)?.stage !== event.stage
        if (isNew && value.stages.length < MOST_STAGES) value.stages.push({ stage: event.stage, at: event.at })
      } else if (event.level !== 'info') {
        value.warningCount += 1
        if (value.warnings.length < MOST_WARNINGS) value.warnings.push(event)
      }
    },
  }
}
