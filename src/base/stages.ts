/** The stages of a job, in order, and their progress in percent. */

/** The progress of the whole job at which each stage begins, in percent. */
export const STAGE_BEGINS = {
  clone: 0,
  inventory: 30,
  analyse: 38,
  partition: 62,
  prose: 64,
  pages: 78,
  render: 82,
  verify: 95,
  publish: 98,
}

export type Stage = keyof typeof STAGE_BEGINS

export const STAGES = Object.keys(STAGE_BEGINS) as readonly Stage[]

export const isStage = (id: string | null | undefined): id is Stage => STAGES.some((stage) => stage === id)
