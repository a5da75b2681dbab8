/** The steps of a job in their order, and how far one is. */

import type { JobView } from '#queue/contract.ts'

const STAGES: readonly { id: string; title: string }[] = [
  { id: 'clone', title: 'Fetch' },
  { id: 'inventory', title: 'Take stock' },
  { id: 'analyse', title: 'Read the code' },
  { id: 'partition', title: 'Find modules' },
  { id: 'pages', title: 'Write pages' },
  { id: 'render', title: 'Render' },
  { id: 'verify', title: 'Check links' },
  { id: 'publish', title: 'Publish' },
]

export interface Step {
  id: string
  title: string
  state: 'done' | 'now' | 'ahead'
}

/** A stage that is not known leaves all steps ahead. */
export function stepsOf(job: JobView): Step[] {
  const now = STAGES.findIndex((stage) => stage.id === job.stage)
  return STAGES.map((stage, index) => ({
    ...stage,
    state: job.status === 'completed' || index < now ? 'done' : index === now ? 'now' : 'ahead',
  }))
}
