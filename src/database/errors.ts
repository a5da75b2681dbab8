/** Errors of the database. */

import { AppError } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'

/** Thrown when the database cannot be used for the moment. What was asked for may or may not have happened. */
export class DatabaseUnavailable extends AppError {
  readonly code: string = 'DATABASE_UNAVAILABLE'
  override readonly hint: string | null =
    'Check that the database of DOCSPOOL_DATABASE_URL is running and can be reached; no restart is needed.'
}

/** Thrown when the disk of the database is full. Nothing was stored. */
export class DatabaseFull extends DatabaseUnavailable {
  override readonly code = 'DATABASE_FULL'
  override readonly hint = 'Free space on the disk of the database; no restart is needed.'
}

/** Thrown at the start when no primary server can be reached at the address. Whatever restarts this program tries again. */
export class DatabaseUnreachable extends DatabaseUnavailable {
  override readonly code = 'DATABASE_UNREACHABLE'
  override readonly hint: string

  constructor(
    message: string,
    options?: ErrorOptions,
    hint = 'Check the host and the port in DOCSPOOL_DATABASE_URL, and that PostgreSQL is running there.',
  ) {
    super(message, options)
    this.hint = hint
  }
}

/** Thrown at the start when the database refuses this program. Retrying would not help. */
export class DatabaseUnusable extends AppError {
  readonly code = 'DATABASE_UNUSABLE'
  override readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}

/** Thrown when the tables were made by a version of docspool that this one is too old for. */
export class DatabaseTooNew extends AppError {
  readonly code = 'DATABASE_TOO_NEW'
  override readonly hint = 'Run the version of docspool that changed this database, or a newer one.'
}

/** Thrown by commands that only read when the database has no tables of docspool, or older ones. */
export class DatabaseNotMigrated extends AppError {
  readonly code = 'DATABASE_NOT_MIGRATED'
  override readonly hint = `Run \`${PROGRAM} migrate\`, or start docspool.`
}
