/** Values as people read them. */

import type { JobView } from '#queue/contract.ts'

/** `2026-11-24T15:22:31.123Z` → `2026-11-24 15:22 UTC`; what is no such time stays as it is. */
export function formatTime(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso)
  return parts === null ? iso : `${parts[1]} ${parts[2]} UTC`
}

/** `15:22:31`, UTC. */
export const formatClock = (iso: string): string => /T(\d\d:\d\d:\d\d)/.exec(iso)?.[1] ?? iso

/** `2026-11-24`. */
export const formatDate = (iso: string): string => iso.slice(0, 10)

/** Thousands with commas, on every machine the same. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 page`, `2 pages`. */
export const counted = (count: number, one: string): string => `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`

/** The first seven digits of a full commit id; a branch or tag name stays whole. */
export const shortCommit = (commit: string): string => (/^[0-9a-f]{40}$/.test(commit) ? commit.slice(0, 7) : commit)

/** `https://github.com/pallets/flask` → `pallets/flask`; another host stays in front; of `file://` the folder's name. */
export function repositoryName(repoUrl: string): string {
  if (repoUrl.startsWith('file:')) return repoUrl.split('/').at(-1) ?? repoUrl
  return repoUrl.replace(/^https?:\/\/(?:github\.com\/)?/, '')
}

/** What a person calls the state of a job: a cancelled job failed only for machines. */
export function stateOf(job: JobView): 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled' {
  return job.status === 'failed' && job.error_code === 'CANCELLED' ? 'cancelled' : job.status
}

export const isUnfinished = (job: JobView): boolean => job.status === 'queued' || job.status === 'processing'
