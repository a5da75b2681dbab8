/** Reads the cost of models: from `spend.json` of the spool, which workers write, or from a database. */

import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import type { SpendLimit } from '#base/model-settings.ts'
import type { SpendStore } from '#cluster/spend-store.ts'
import type { SpendDay, SpendReader } from '#http/spend.ts'

const MAX_BYTES = 4_194_304
/** Limited so that sums are exact in JSON and Prometheus. */
const figure = z.number().min(0).max(1e15)

const SpendFile = z.object({
  version: z.literal(1),
  days: z.array(
    z.object({
      day: z.iso.date(),
      model: z.string().max(500),
      calls: figure,
      kept: figure,
      input_tokens: figure,
      output_tokens: figure,
      cost_usd: figure,
    }),
  ),
})

/**
 * A missing file means that nothing was spent. An unreadable one is treated the same and logged once.
 *
 * @param limits - Limits per day; `null` without a model. 0 means no limit.
 */
export function createSpendReader(spoolDir: string, limits: SpendLimit | null, log: Log): SpendReader {
  const file = path.join(spoolDir, 'spend.json')
  return readerOf(limits, log, async () => {
    try {
      const found = await lstat(file)
      if (!found.isFile() || found.size > MAX_BYTES) throw new Error(`Expected a file of at most ${MAX_BYTES} bytes.`)
      return SpendFile.parse(JSON.parse(await readFile(file, 'utf8'))).days
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return []
      throw new Error(`${file} cannot be read.`, { cause: error })
    }
  })
}

/** The cost of models on all machines. */
export const createSharedSpendReader = (
  store: Pick<SpendStore, 'readDays'>,
  limits: SpendLimit | null,
  log: Log,
): SpendReader => readerOf(limits, log, store.readDays)

function readerOf(limits: SpendLimit | null, log: Log, readDays: () => Promise<SpendDay[]>): SpendReader {
  let isLogged = false
  return {
    limits: {
      cost_usd: limits?.costUsd || null,
      tokens: limits?.tokens || null,
      calls: limits?.calls || null,
    },
    async readDays() {
      try {
        return await readDays()
      } catch (error) {
        if (!isLogged) log.warn(forLog(error), 'the cost of models cannot be read; it is shown as zero')
        isLogged = true
        return []
      }
    },
  }
}
