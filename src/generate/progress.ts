/** How far a generation is, told in stages and percent of the whole. */

import { STAGE_BEGINS, type Stage } from '#base/stages.ts'
import type { GenerateContext } from './options.ts'

/** @param share - Of the stage, 0 to 1. */
export type Step = (stage: Stage, share: number, text: string) => void

/** Progress that only grows, and at most one report for each whole percent and stage. */
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
