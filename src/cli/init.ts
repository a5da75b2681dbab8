/** `docspool init`: makes the spool, where services do not make one by themselves (`DOCSPOOL_EXPECT_SPOOL`). */

import type { Config } from '#base/config.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { requireSpool } from '#queue/require-spool.ts'

/**
 * @param shown - The folder, as it was given.
 * @returns What to print, without a line break at the end.
 */
export async function initSpool(config: Config, shown: string): Promise<string> {
  const isNew = await requireSpool(config.spoolDir).then(
    () => false,
    // What else is the matter is said by whoever would make it.
    () => true,
  )
  const id = await pinSpool(config.spoolDir, false)
  return isNew ? `Made the spool ${id} in ${shown}.` : `There is a spool in ${shown} already: ${id}.`
}
