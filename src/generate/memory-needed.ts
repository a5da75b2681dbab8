/**
 * Estimates the memory that a generation takes once the files of the commit are known, so that a job that cannot
 * succeed fails at once and is not killed after most of the work.
 */

import { AppError } from '#base/errors.ts'
import type { Inventory } from './model.ts'

/** Thrown when the memory limit of a job is below the smallest use observed for a repository of this size. */
export class TooLittleMemory extends AppError {
  readonly code = 'OUT_OF_MEMORY'
  override readonly hint = 'Raise DOCSPOOL_JOB_MEMORY_MB, or leave files out with `exclude` in docspool.json.'
}

/** Memory of the program itself. */
const OWN_BYTES = 150 * 1_048_576
/** Minimum bytes per character of code. Rough: a repository of 9.7 million characters took 109 bytes per character. */
const MIN_BYTES_PER_CHARACTER = 30
const USUAL = 60

/**
 * @param limitBytes - The memory limit of the job; without one, nothing is checked.
 * @param warn - Called when the memory is probably too little.
 * @throws {TooLittleMemory}
 */
export function checkMemory({ files }: Inventory, limitBytes: number | undefined, warn: (text: string) => void): void {
  if (limitBytes === undefined) return
  const code = files.filter(({ text, language }) => text !== null && language !== null)
  const characters = code.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)
  const lines = code.reduce((sum, file) => sum + file.lines, 0)
  const needed = (each: number): number => OWN_BYTES + characters * each
  const has = `a job may have ${megabytes(limitBytes)}`
  if (needed(MIN_BYTES_PER_CHARACTER) > limitBytes) {
    const least = `${lines} lines of code need at least ${megabytes(needed(MIN_BYTES_PER_CHARACTER))} of memory`
    throw new TooLittleMemory(`${least}, and ${has}.`)
  }
  if (needed(USUAL) > limitBytes)
    warn(`${lines} lines of code need about ${megabytes(needed(USUAL))} of memory; ${has}.`)
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`
