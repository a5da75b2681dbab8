/** Reads what models have cost from `spend.json` of the spool; whoever asks models writes it. */

import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import type { SpendLimit } from '#base/model-settings.ts'
import type { SpendReader } from '#http/spend.ts'

const MAX_BYTES = 4_194_304
/** No sum of such numbers is beyond what JSON and Prometheus can say. */
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
 * A file that is not there means that nothing was spent. One that cannot be read counts as such, too, and is told in the
 * log once.
 *
 * @param limits - Of a day; `null` without a model. 0 is no limit.
 */
export function createSpendReader(spoolDir: string, limits: SpendLimit | null, log: Log): SpendReader {
  const file = path.join(spoolDir, 'spend.json')
  let isTold = false
  return {
    limits: {
      cost_usd: limits?.costUsd || null,
      tokens: limits?.tokens || null,
      calls: limits?.calls || null,
    },
    async readDays() {
      try {
        const found = await lstat(file)
        if (!found.isFile() || found.size > MAX_BYTES) throw new Error(`Expected a file of at most ${MAX_BYTES} bytes.`)
        return SpendFile.parse(JSON.parse(await readFile(file, 'utf8'))).days
      } catch (error) {
        if (isErrno(error, 'ENOENT')) return []
        if (!isTold) log.warn({ file, ...forLog(error) }, 'what models have cost cannot be read, and counts as nothing')
        isTold = true
        return []
      }
    },
  }
}
