/** Reads which commits of a followed repository are documented. */

import { isFullCommitId } from '#base/commit-id.ts'
import { newestFirst } from '#base/ref-patterns.ts'
import type { Backend } from '#queue/backend.ts'
import { orUnreadable } from '#queue/unreadable-records.ts'
import { type Follow, HEAD, refNameOf } from './follow-record.ts'

/** Maximum number of refs whose jobs are read. */
const MAX_READ = 24

/** @returns The default branch, then branches, then tags, each from the newest version. */
export async function readDocumentedRefs(
  { jobs }: Pick<Backend, 'jobs'>,
  { refs }: Follow,
): Promise<{ ref: string; commit: string }[]> {
  const positions = new Map(newestFirst(refs.map(({ ref }) => refNameOf(ref))).map((name, at) => [name, at]))
  const rankOf = (ref: string): number => (ref === HEAD ? 0 : ref.startsWith('refs/heads/') ? 1 : 2)
  const positionOf = (ref: string): number => positions.get(refNameOf(ref)) ?? 0
  const first = refs
    .toSorted((a, b) => rankOf(a.ref) - rankOf(b.ref) || positionOf(a.ref) - positionOf(b.ref))
    .slice(0, MAX_READ)
  // If a record cannot be read, only the commits of its ref are not counted; the check continues.
  const records = await Promise.all(first.map(({ job_id }) => jobs.read(job_id).catch(orUnreadable)))
  return first.flatMap(({ ref }, index) => {
    const record = records[index]
    const commit = record === 'unreadable' ? undefined : record?.resolved_commit
    return commit != null && isFullCommitId(commit) ? [{ ref, commit }] : []
  })
}
