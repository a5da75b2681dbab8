/**
 * How much memory a generation takes, estimated when the files of the commit are known, so that a job that cannot succeed fails
 * at once and is not killed after most of the work.
 */

import { AppError } from '#base/errors.ts'
import type { Inventory } from './model.ts'

/** Thrown when a job may have less memory than any repository of this size has been seen to take. */
export class TooLittleMemory extends AppError {
  readonly code = 'OUT_OF_MEMORY'
  override readonly hint = 'Raise DOCSPOOL_JOB_MEMORY_MB, or leave files out with `exclude` in docspool.json.'
}

/** Of the program itself. */
const OWN_BYTES = 150 * 1_048_576
/** For each character of code. Rough: a repository of 9.7 million characters took 109; `LEAST` is well below that. */
const LEAST = 30
const USUAL = 60

/**
 * @param limitBytes - What the job may have; nothing is said without one.
 * @param warn - Told when the memory is probably too little.
 * @throws {TooLittleMemory}
 */
export function checkMemory({ files }: Inventory, limitBytes: number | undefined, warn: (text: string) => void): void {
  if (limitBytes === undefined) return
  const code = files.filter(({ text, language }) => text !== null && language !== null)
  const characters = code.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)
  const lines = code.reduce((sum, file) => sum + file.lines, 0)
  const needed = (each: number): number => OWN_BYTES + characters * each
  const has = `a job may have ${megabytes(limitBytes)}`
  if (needed(LEAST) > limitBytes) {
    const least = `${lines} lines of code need at least ${megabytes(needed(LEAST))} of memory`
    throw new TooLittleMemory(`${least}, and ${has}.`)
  }
  if (needed(USUAL) > limitBytes)
    warn(`${lines} lines of code need about ${megabytes(needed(USUAL))} of memory; ${has}.`)
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`
