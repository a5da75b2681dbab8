/** Converts errors of the file system and of the database to errors of the queue. */

import { AppError, type ErrorRecord, isErrno } from '#base/errors.ts'
import { SpoolFull, SpoolUnavailable, TooManyOpenFiles } from './errors.ts'

/** Thrown when the database of the queue cannot be used. Work resumes when the database is available again. */
class QueueDatabaseUnavailable extends SpoolUnavailable {
  override readonly hint: string

  constructor({ message, hint }: ErrorRecord, options: ErrorOptions) {
    super(message, options)
    this.hint = hint ?? ''
  }
}

/**
 * Codes of temporary errors of the database. Its error classes are loaded only with a database, so they are not imported here.
 */
const UNAVAILABLE_CODES: ReadonlySet<string> = new Set(['DATABASE_UNAVAILABLE', 'DATABASE_FULL'])

/**
 * Convert an error of the file system or the database to the corresponding error of the queue.
 *
 * @returns `SpoolFull`, `TooManyOpenFiles`, `SpoolUnavailable`, or the error itself.
 */
export function toSpoolError(error: unknown): unknown {
  if (error instanceof AppError && UNAVAILABLE_CODES.has(error.code)) {
    return new QueueDatabaseUnavailable(error.toJSON(), { cause: error })
  }
  if (isErrno(error, 'ENOSPC', 'EDQUOT')) {
    return new SpoolFull('The spool has no space left.', { cause: error })
  }
  if (isErrno(error, 'EMFILE', 'ENFILE')) {
    return new TooManyOpenFiles(`Too many files are open (${error.code}).`, { cause: error })
  }
  if (isErrno(error, 'EACCES', 'EPERM')) {
    const text = `The spool cannot be used (${error.code}): this user lacks permission for one of its folders or a parent folder.`
    return new SpoolUnavailable(text, { cause: error })
  }
  if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EROFS', 'EIO', 'ESTALE')) {
    return new SpoolUnavailable(`The spool cannot be used (${error.code}).`, { cause: error })
  }
  if (isErrno(error, 'EXDEV')) {
    const text = `The spool cannot be used (EXDEV): ${differingFolders(error)} are not on the same mount.`
    return new SpoolUnavailable(text, { cause: error })
  }
  return error
}

/** The folders in which the two paths of link(2) or rename(2) begin to differ: those in the root, if both are in the spool. */
function differingFolders({ path = '', dest = '' }: NodeJS.ErrnoException & { dest?: string }): string {
  const [from, to] = [path.split('/'), dest.split('/')]
  const at = from.findIndex((part, index) => part !== to[index])
  return `${from[at]} and ${to[at]}`
}
