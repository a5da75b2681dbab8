/** Recognises a full disk behind errors that do not say so, such as those of libgit2. */

import { statfs } from 'node:fs/promises'
import { isErrno } from './errors.ts'

/** With less than this, a disk counts as full: what failed may have needed a few blocks more. */
const FULL_BYTES = 1_048_576
const NO_SPACE = /no space left on device|disk quota exceeded|\bENOSPC\b|\bEDQUOT\b/i
const MAX_CAUSES = 8

/** Free bytes for this user; `undefined` when the folder cannot be asked. */
export async function freeBytesOf(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  return found && found.bavail * found.bsize
}

/**
 * Ask at once, before anything is removed: a moment later there may be space again.
 *
 * @param folder - Where something was written.
 * @returns Whether the error, or one of its causes, means that the disk or the quota is full.
 */
export async function isDiskFull(error: unknown, folder: string): Promise<boolean> {
  let cause: unknown = error
  for (let depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth++) {
    if (isErrno(cause, 'ENOSPC', 'EDQUOT') || NO_SPACE.test(cause.message)) return true
    cause = cause.cause
  }
  return ((await freeBytesOf(folder)) ?? Number.POSITIVE_INFINITY) < FULL_BYTES
}

/** An error as the system would report it; its text contains no path. */
export const noSpaceError = (cause: unknown): Error =>
  Object.assign(new Error('No space left on the disk.', { cause }), { code: 'ENOSPC' })
