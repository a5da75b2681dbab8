/** `docspool fsck`: the queue's own check and repair, and documents that were never finished, told in a few lines. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { fsck } from '#queue/fsck.ts'
import { requireSpool } from '#queue/require-spool.ts'
import { createSetStore } from '#store/sets.ts'

/**
 * @param shown - The folder, as it was given.
 * @returns What to print, without a line break at the end.
 * @throws {NoSpool}
 */
export async function checkSpool(config: Config, log: Log, shown = config.spoolDir): Promise<string> {
  await requireSpool(config.spoolDir)
  const { jobs, checked, broughtBack, repaired, unreadable, reaped, quarantined, swept } = await fsck(config.spoolDir, {
    log,
    clock: Date.now,
  })
  const docs = path.join(config.spoolDir, 'docs')
  const { removed, stuck } = await createSetStore(docs).sweep()
  return [
    `jobs: ${jobs}, of which ${checked} were read`,
    ...(broughtBack === 0 ? [] : [`brought back from corrupt/: ${broughtBack} files`]),
    `repaired: ${repaired}`,
    `taken back from processes that died: ${reaped}`,
    `files that they left behind: ${swept} removed`,
    `documents that they left unfinished: ${removed} removed`,
    ...(stuck === 0
      ? []
      : [`unfinished documents that cannot be removed: ${stuck}; they are below ${path.join(shown, 'docs')}`]),
    ...(unreadable === 0 ? [] : [`jobs that cannot be read: ${unreadable}; they were left as they are`]),
    `damaged or foreign files: ${quarantined.length} moved to ${shown}/corrupt`,
    ...quarantined.map(({ file, reason }) => `  ${file}: ${reason}`),
  ].join('\n')
}
