/** The error for a set whose files on disk, or pieces in a database, are not those that were published. */

import { AppError } from '#base/errors.ts'

export class SetDamaged extends AppError {
  readonly code = 'SET_DAMAGED'
  override readonly hint = 'Retry the job, or submit it again: the documents are generated again. Check the disk.'
}

/** For `catch`: a damaged set counts as missing. */
export function unlessDamaged(error: unknown): undefined {
  if (!(error instanceof SetDamaged)) throw error
}
