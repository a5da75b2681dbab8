/** The stages of a job for its page: titles, states and durations. */

import { isStage, STAGES, type Stage } from '#base/stages.ts'
import type { JobView } from '#queue/contract.ts'
import type { LogDigest } from '#queue/log-digest.ts'
import { stateOf } from './format.ts'

const TITLES: Readonly<Record<Stage, string>> = {
  clone: 'Fetch',
  inventory: 'List files',
  analyse: 'Read the code',
  partition: 'Find modules',
  prose: 'Ask the model',
  pages: 'Write pages',
  render: 'Render pages',
  verify: 'Check links',
  publish: 'Publish',
}

export interface Step {
  id: Stage
  title: string
  /** `failed` or `cancelled`: the job ended in it. `skipped`: it was not needed. */
  state: 'done' | 'now' | 'ahead' | 'failed' | 'cancelled' | 'skipped'
  /** When it started, ISO 8601 UTC; `null` if it is not in the log. */
  beganAt: string | null
  /** Its duration in milliseconds; `null` while it is running, or if it is not in the log. */
  tookMs: number | null
}

export const stageTitle = (id: string | null): string | null => (isStage(id) ? TITLES[id] : null)

/** Whether a job completed after the check for a newer commit because the documents were up to date. */
export const foundNothingNew = ({ status }: JobView, { stages }: LogDigest): boolean =>
  status === 'completed' && stages.at(-1)?.stage === 'clone'

/** For an unknown stage, all steps are ahead. */
export function stepsOf(job: JobView, digest: LogDigest): Step[] {
  const times = timesOf(digest, job.completed_at)
  const last = digest.stages.at(-1)?.stage
  const stages = job.main_model === 'offline' ? STAGES.filter((stage) => stage !== 'prose') : STAGES
  const current = job.status === 'processing' ? job.stage : last
  const now = isStage(current) ? stages.indexOf(current) : -1
  return stages.map((id, index) => {
    const { beganAt = null, tookMs = null } = times.get(id) ?? {}
    return { id, title: TITLES[id], state: stepState(job, index, now, beganAt !== null), beganAt, tookMs }
  })
}

function stepState(job: JobView, index: number, now: number, hasBegun: boolean): Step['state'] {
  if (job.status === 'completed') return hasBegun ? 'done' : 'skipped'
  if (index < now) return 'done'
  if (index > now) return 'ahead'
  const state = stateOf(job)
  return state === 'failed' || state === 'cancelled' ? state : 'now'
}

/** The durations of a repeated stage are added up. */
function timesOf({ stages, endedAt }: LogDigest, completedAt: string | null) {
  const times = new Map<string, { beganAt: string; tookMs: number | null }>()
  for (const [index, { stage, at }] of stages.entries()) {
    const end = stages[index + 1]?.at ?? endedAt ?? completedAt
    const before = times.get(stage)
    const took = end === null ? Number.NaN : Date.parse(end) - Date.parse(at)
    // An invalid time results in NaN.
    times.set(stage, { beganAt: at, tookMs: Number.isNaN(took) ? null : Math.max(0, took) + (before?.tookMs ?? 0) })
  }
  return times
}
