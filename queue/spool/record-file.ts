/** The file format of records. */

import { z } from 'zod'
import { parseIfJson } from '#base/parse-json.ts'
import { RecordTooNew } from '#queue/errors.ts'
import { Job, RECORD_VERSION, RecordVersion } from '#queue/job.ts'

/**
 * The revision that records the removal of a job. The folder is kept for a day, and a new job with the same id continues the
 * numbering, so that a writer that was suspended during the removal finds that its number is taken.
 */
const Removed = z.object({
  version: RecordVersion,
  job_id: z.string().min(1).max(200),
  status: z.literal('removed'),
  rev: z.int().positive(),
  epoch: z.int().nonnegative(),
})
export const Stored = z.discriminatedUnion('status', [...Job.options, Removed])
export type Stored = z.infer<typeof Stored>

/** The text of a record. Validates the record, so that a bug cannot write one that cannot be read back. */
export const toText = (stored: Stored): string => `${JSON.stringify(Stored.parse(stored))}\n`

/** @returns `undefined` for a text that is not a valid record. @throws {RecordTooNew} */
export function parse(text: string): Stored | undefined {
  const json = parseIfJson(text)
  const parsed = Stored.safeParse(json)
  if (parsed.success) return parsed.data
  refuseNewer(json, RECORD_VERSION)
  return undefined
}

/**
 * @param known - The highest version that this program can read.
 * @throws {RecordTooNew} The `version` is higher. The file is then not damaged and must be left unchanged.
 */
export function refuseNewer(json: unknown, known: number): void {
  const { version } = Object(json) as { version?: unknown }
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version <= known) return
  throw new RecordTooNew(`A newer version of docspool wrote this: version ${version}, expected at most ${known}.`)
}
