/** Recognises errors that concern a single record, so that the others can be used. */

import { isErrno } from '#base/errors.ts'
import { RecordTooNew, RecordUnreadable } from './errors.ts'

/** Whether an error concerns only a single record. */
export const isOfOneRecord = (error: unknown): boolean =>
  error instanceof RecordTooNew || error instanceof RecordUnreadable || isErrno(error, 'EACCES', 'EPERM', 'EIO')

/** An error handler: `undefined` for a record that cannot be read, for example because a newer version wrote it. @throws Any other error. */
export function skipUnreadable(error: unknown): undefined {
  if (!isOfOneRecord(error)) throw error
}

/** Like `skipUnreadable`, for callers that must tell an unreadable record from a missing one. */
export function orUnreadable(error: unknown): 'unreadable' {
  if (isOfOneRecord(error)) return 'unreadable'
  throw error
}
