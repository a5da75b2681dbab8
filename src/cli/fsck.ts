/** `docspool fsck`: checks and repairs the queue, removes unfinished documents, and prints a report. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { fsck } from '#queue/fsck.ts'
import { placeOf } from '#queue/open-storage.ts'
import { createSetStore } from '#store/sets.ts'
import { requireQueueAndFolder } from './local-queue.ts'

/**
 * @param shown - The folder as the user gave it, for messages.
 * @returns The text to print, without a final line feed, and whether all that could be repaired was.
 * @throws {NoSpool}
 */
export async function checkSpool(
  config: Config,
  log: Log,
  shown = config.spoolDir,
): Promise<{ text: string; isDone: boolean }> {
  await requireQueueAndFolder(config)
  const place = placeOf(config)
  const report = await fsck(place, { log, clock: Date.now })
  const { jobs, follows, checked, broughtBack, repaired, unreadable, reaped, notTakenOver, quarantined, swept } = report
  const docs = path.join(config.spoolDir, 'docs')
  const { removed, stuck } = await createSetStore(docs).sweep()
  const lines = [
    `jobs: ${jobs}, of which ${checked} were read`,
    ...(follows === 0 ? [] : [`followed repositories: ${follows}`]),
    ...(broughtBack === 0 ? [] : [`restored from corrupt/: ${broughtBack} files`]),
    `repaired: ${repaired}`,
    `taken over from dead workers: ${reaped}`,
    ...(notTakenOver === 0 ? [] : [`dead workers whose jobs could not be taken over: ${notTakenOver}`]),
    `leftover files: ${swept} removed`,
    `unfinished documents: ${removed} removed`,
    ...(stuck === 0
      ? []
      : [`unfinished documents that cannot be removed: ${stuck}, below ${path.join(shown, 'docs')}`]),
    ...(unreadable === 0 ? [] : [`jobs that cannot be read: ${unreadable}; left unchanged`]),
    ...(typeof place === 'string'
      ? [
          `damaged or foreign files: ${quarantined.length === 0 ? 'none' : `${quarantined.length} moved to ${shown}/corrupt`}`,
        ]
      : []),
    ...quarantined.map(({ file, reason }) => `  ${file}: ${reason}`),
  ]
  // A worker may hold a job that only a newer version can read.
  return { text: lines.join('\n'), isDone: notTakenOver === 0 || unreadable > 0 }
}
