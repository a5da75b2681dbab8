/** `docspool init`: creates the spool, for services that do not create one themselves (`DOCSPOOL_EXPECT_SPOOL`). */

import type { Config } from '#base/config.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { requireSpool } from '#queue/require-spool.ts'

/**
 * @param shown - The folder as the user gave it, for messages.
 * @throws {SpoolUnavailable} `DOCSPOOL_EXPECT_SPOOL` is an id, and there is no spool with this id.
 * @returns The text to print, without a final line feed.
 */
export async function initSpool(config: Config, shown: string): Promise<string> {
  const isNew = await requireSpool(config.spoolDir).then(
    () => false,
    // `pinSpool` reports other problems.
    () => true,
  )
  // A new spool gets a new id, so if a certain id is expected, the spool must exist.
  const id = await pinSpool(config.spoolDir, typeof config.expectSpool === 'string' ? config.expectSpool : false)
  return isNew ? `Created the spool ${id} in ${shown}.` : `There is already a spool in ${shown}: ${id}.`
}
