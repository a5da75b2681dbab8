/** Recognises a full disk as the cause of errors that do not say so, such as those of libgit2. */

import { statfs } from 'node:fs/promises'
import { isErrno } from './errors.ts'

/** A disk with less free space counts as full, because the failed operation may have needed a few more blocks. */
const FULL_BYTES = 1_048_576
const NO_SPACE = /no space left on device|disk quota exceeded|\bENOSPC\b|\bEDQUOT\b/i
const MAX_CAUSES = 8

/** Free bytes available to this user on the disk of a folder; `undefined` if unknown. */
export async function freeBytesOf(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  return found && found.bavail * found.bsize
}

/**
 * Call this directly after the error, before anything is removed, because there may be space again a moment later.
 *
 * @param folder - The folder that was written to.
 * @returns Whether the error or one of its causes says that the disk or the quota is full, or the disk is full now.
 */
export async function isDiskFull(error: unknown, folder: string): Promise<boolean> {
  let cause: unknown = error
  for (let depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth++) {
    if (isErrno(cause, 'ENOSPC', 'EDQUOT') || NO_SPACE.test(cause.message)) return true
    cause = cause.cause
  }
  return ((await freeBytesOf(folder)) ?? Number.POSITIVE_INFINITY) < FULL_BYTES
}

/** An ENOSPC error as from the system, but without a path in its message. */
export const noSpaceError = (cause: unknown): Error =>
  Object.assign(new Error('No space left on the disk.', { cause }), { code: 'ENOSPC' })
