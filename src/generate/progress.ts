/** Reports the progress of a generation, by stage and as a percentage of the whole. */

import { STAGE_BEGINS, type Stage } from '#base/stages.ts'
import type { GenerateContext } from './options.ts'

/** @param share - The share of the stage that is done, 0 to 1. */
export type Step = (stage: Stage, share: number, text: string) => void

/** Reports only when the stage or the percentage changes. */
export function stepper(context: GenerateContext): Step {
  let last = ''
  return (stage, share, text) => {
    const begin = STAGE_BEGINS[stage]
    const later = Object.values(STAGE_BEGINS).find((percent) => percent > begin) ?? 100
    const percent = Math.floor(begin + Math.min(1, Math.max(0, share)) * (later - begin))
    const key = `${stage} ${percent}`
    if (key === last) return
    last = key
    context.report({ stage, percent, text })
  }
}

/** 1 when there is nothing to do. */
export const share = (done: number, total: number): number => (total === 0 ? 1 : done / total)
