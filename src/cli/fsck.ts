/** `docspool fsck`: checks and repairs the queue, removes unfinished documents, and prints a report. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { fsck } from '#queue/fsck.ts'
import { placeOf } from '#queue/open-storage.ts'
import { createSetStore } from '#store/sets.ts'
import { requireQueueAndFolder } from './local-queue.ts'

/** What was checked and repaired. Fields as in `SpoolReport`. */
export interface SpoolCheck {
  /** Whether all that could be repaired was. */
  ok: boolean
  jobs: number
  follows: number
  checked: number
  brought_back: number
  repaired: number
  reaped: number
  not_taken_over: number
  swept: number
  /** Unfinished documents that were removed, and those that cannot be. */
  documents: { removed: number; stuck: number }
  /** `null` with a database, which has jobs and documents in one backup. */
  without_docs: number | null
  unreadable: number
  /** `null` with a database, which has no files. */
  quarantined: { file: string; reason: string }[] | null
}

/** @throws {NoSpool} */
export async function checkSpool(config: Config, log: Log): Promise<SpoolCheck> {
  await requireQueueAndFolder(config)
  const place = placeOf(config)
  const isSpool = typeof place === 'string'
  const sets = createSetStore(path.join(config.spoolDir, 'docs'))
  const report = await fsck(place, { log, clock: Date.now, ...(isSpool && { hasDocs: sets.has }) })
  const { jobs, follows, checked, broughtBack, repaired, unreadable, reaped, notTakenOver, swept } = report
  return {
    // A worker may hold a job that only a newer version can read.
    ok: notTakenOver === 0 || unreadable > 0,
    ...{ jobs, follows, checked, brought_back: broughtBack, repaired, reaped, not_taken_over: notTakenOver, swept },
    documents: await sets.sweep(),
    without_docs: isSpool ? report.withoutDocs : null,
    unreadable,
    quarantined: isSpool ? report.quarantined : null,
  }
}

/**
 * The report as text, without a final line feed.
 *
 * @param shown - The folder as the user gave it.
 */
export function checkText(check: SpoolCheck, shown: string): string {
  const { jobs, checked, documents, quarantined, without_docs: withoutDocs } = check
  const unlessNone = (count: number | null, line: string): string[] => (count ? [line] : [])
  const stuck = `${documents.stuck}, below ${path.join(shown, 'docs')}`
  const lines = [
    `jobs: ${jobs}, of which ${checked} were read`,
    ...unlessNone(check.follows, `followed repositories: ${check.follows}`),
    ...unlessNone(check.brought_back, `restored from corrupt/: ${check.brought_back} files`),
    `repaired: ${check.repaired}`,
    `taken over from dead workers: ${check.reaped}`,
    ...unlessNone(check.not_taken_over, `dead workers whose jobs could not be taken over: ${check.not_taken_over}`),
    `leftover files: ${check.swept} removed`,
    `unfinished documents: ${documents.removed} removed`,
    ...unlessNone(documents.stuck, `unfinished documents that cannot be removed: ${stuck}`),
    ...unlessNone(withoutDocs, `completed jobs without documents, expired or not in the backup: ${withoutDocs}`),
    ...unlessNone(check.unreadable, `jobs that cannot be read: ${check.unreadable}; left unchanged`),
  ]
  if (quarantined === null) return lines.join('\n')
  const moved = quarantined.length === 0 ? 'none' : `${quarantined.length} moved to ${shown}/corrupt`
  const files = quarantined.map(({ file, reason }) => `  ${file}: ${reason}`)
  return [...lines, `damaged or foreign files: ${moved}`, ...files].join('\n')
}
