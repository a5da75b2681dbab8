/** `docspool fsck`: the queue's own check and repair, told in a few lines. */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { fsck } from '#queue/fsck.ts'
import { requireSpool } from '#queue/require-spool.ts'

/**
 * @returns What to print, without a line break at the end.
 * @throws {NoSpool}
 */
export async function checkSpool(config: Config, log: Log): Promise<string> {
  await requireSpool(config.spoolDir)
  const { jobs, checked, repaired, unreadable, reaped, quarantined, swept } = await fsck(config.spoolDir, {
    log,
    clock: Date.now,
  })
  return [
    `jobs: ${jobs}, of which ${checked} were read`,
    `repaired: ${repaired}`,
    `taken back from processes that died: ${reaped}`,
    `files that they left behind: ${swept} removed`,
    ...(unreadable === 0 ? [] : [`jobs that cannot be read: ${unreadable}; they were left as they are`]),
    `damaged or foreign files: ${quarantined.length} moved to ${config.spoolDir}/corrupt`,
    ...quarantined.map(({ file, reason }) => `  ${file}: ${reason}`),
  ].join('\n')
}
