/** Repairs the schedule, so that each followed repository has exactly one entry. Safe to run concurrently. */

import type { Backend } from '#queue/backend.ts'
import { orUnreadable } from '#queue/unreadable-records.ts'

export interface FollowReport {
  /** Number of followed repositories. */
  follows: number
  /** Number of entries that were added or removed. */
  repaired: number
  /** Number of records that cannot be read. */
  unreadable: number
}

export async function repairFollows(
  { follows, looks }: Pick<Backend, 'follows' | 'looks'>,
  clock: () => number,
): Promise<FollowReport> {
  const report: FollowReport = { follows: 0, repaired: 0, unreadable: 0 }
  const scheduled = new Set<string>()
  // Entries are read before records, so that an entry without a record cannot belong to a repository that is being added.
  const items = await looks.list()
  const ids = new Set(await follows.list())
  for (const item of items) {
    if (ids.has(item.id) && !scheduled.has(item.id)) {
      scheduled.add(item.id)
      continue
    }
    await looks.drop(item)
    report.repaired += 1
  }
  for (const id of ids) {
    const follow = await follows.read(id).catch(orUnreadable)
    if (follow === 'unreadable') report.unreadable += 1
    if (follow === undefined || follow === 'unreadable') continue
    report.follows += 1
    if (scheduled.has(id)) continue
    await looks.hasten(id, clock())
    report.repaired += 1
  }
  return report
}
