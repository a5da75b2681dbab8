/** What to say when there is no job of an id: which ones are near, and the form that would make it. */

import { distanceOf } from '#base/distance.ts'
import type { JobQueue } from '#queue/contract.ts'
import { repositoryName } from '#templates/format.ts'
import { jobPath } from './lines.ts'

const MOST = 5
/** Jobs that one look gives. */
const EACH = 8
/** Of a word whose end may be mistyped. */
const HEAD = 4

/** Jobs whose ids are like this one, the likeliest first. Looks at names alone. */
export async function nearestJobs(queue: JobQueue, jobId: string): Promise<{ href: string; title: string }[]> {
  const found = new Map<string, string>()
  for (const nameHas of partsOf(jobId)) {
    const { jobs } = await queue.list({ nameHas, limit: EACH })
    for (const { view } of jobs) found.set(view.job_id, repositoryName(view.repo_url))
    if (found.size > 0) break
  }
  const wanted = spoken(jobId)
  return [...found]
    .map(([id, name]) => ({ id, name, distance: distanceOf(spoken(id), wanted) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ id, name }) => ({ href: jobPath(id), title: id.includes('@') ? `${name} at ${id.split('@')[1]}` : name }))
}

/** The whole name without a commit; its last segment and how that begins; the same of its owner. */
function partsOf(jobId: string): string[] {
  const [owner = '', ...rest] = spoken(jobId)
    .replace(/@.*$/, '')
    .split('--')
    .filter((segment) => segment.length > 1 && segment !== 'local' && !segment.includes('.'))
  const last = rest.at(-1) ?? owner
  const parts = [[owner, ...rest].join('--'), last, last.slice(0, HEAD), owner, owner.slice(0, HEAD)]
  return [...new Set(parts)].filter((part) => part.length > 1)
}

/** What a person would remember of an id. */
const spoken = (jobId: string): string => jobId.replace(/~.*$/, '').toLowerCase()

/** The address that the id was made from, where that can be told: `pallets--flask`. */
export function addressOf(jobId: string): string {
  const [name = ''] = jobId.split('@')
  const segments = name.split('--')
  if (segments[0] === 'local' || name.includes('~') || segments.length < 2 || segments.includes('')) return ''
  const isHost = segments[0]?.includes('.') === true
  if (isHost && segments.length < 3) return ''
  return `https://${isHost ? '' : 'github.com/'}${segments.join('/')}`
}
