/** Lists jobs page by page, the newest first, from the index of the storage, whose entries may be stale. */

import { isOfNamedRef } from '#base/job-id.ts'
import type { Backend, ListPosition } from './backend.ts'
import type { JobPage, JobSnapshot, ListQuery } from './contract.ts'
import { submittedMs } from './job.ts'
import type { TakeSnapshot } from './job-snapshots.ts'
import { isJobId } from './spool/file-names.ts'
import { skipUnreadable } from './unreadable-records.ts'

const MAX_PAGE = 100
/** Extra index entries that are read for a page, in case some are stale. */
const EXTRA_PLACES = 8
/** Index entries that are read for a page of jobs with documents, because many jobs may have none. */
const DOCUMENTED_PLACES = 500
/** Index entries that are read for a query that most ids may not match. */
const FILTERED_PLACES = 5_000

export function createJobList(backend: Backend, snapshot: TakeSnapshot): (query: ListQuery) => Promise<JobPage> {
  return async (query) => {
    const { status, repoUrl, nameHas, withPrivate, documented, ofNamedRef, after, before } = query
    const limit = Math.min(MAX_PAGE, Math.max(1, Math.trunc(query.limit)))
    const documentedPlaces = ofNamedRef === undefined ? DOCUMENTED_PLACES : FILTERED_PLACES
    const maxPlaces = documented === true ? documentedPlaces : limit + EXTRA_PLACES
    const given = before ?? after
    const cursor = given === undefined ? undefined : parseCursor(given)
    if (given !== undefined && cursor === undefined) return { jobs: [], next: null, previous: null }
    const places = await backend.catalog.newest({
      ...(status !== undefined && { status }),
      ...(repoUrl !== undefined && { repoUrl }),
      ...(nameHas !== undefined && { nameHas }),
      ...(withPrivate !== undefined && { withPrivate }),
      ...(documented === true && { documented }),
      ...(cursor !== undefined && { [before === undefined ? 'after' : 'before']: cursor }),
      limit: maxPlaces,
    })
    const jobs: JobSnapshot[] = []
    let last: ListPosition | undefined
    for (const place of places) {
      if (jobs.length === limit) break
      last = place
      if (ofNamedRef !== undefined && isOfNamedRef(place.jobId) !== ofNamedRef) continue
      const job = await backend.jobs.read(place.jobId).catch(skipUnreadable)
      // The index is stale: the job was removed, submitted again, or has another status.
      if (job === undefined || submittedMs(job) !== place.submittedMs) continue
      if (documented === true && job.docs_key === null) continue
      if ((status ?? job.status) === job.status) jobs.push(await snapshot(job))
    }
    const isMore = last !== undefined && last !== places.at(-1)
    const mayBeMore = places.length === maxPlaces
    const far = last !== undefined && (isMore || mayBeMore) ? toCursor(last) : null
    const [first] = places
    // The jobs before the first one of a page are on the page that its cursor came from.
    const near = given === undefined || first === undefined ? null : toCursor(first)
    return before === undefined
      ? { jobs, next: far, previous: near }
      : { jobs: jobs.reverse(), next: near, previous: far }
  }
}

const toCursor = (place: ListPosition): string => `${place.submittedMs}-${place.jobId}`

function parseCursor(text: string): ListPosition | undefined {
  const [, ms, jobId] = /^([0-9]{1,13})-(.+)$/u.exec(text) ?? []
  return jobId === undefined || !isJobId(jobId) ? undefined : { submittedMs: Number(ms), jobId }
}
