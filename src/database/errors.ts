/** Errors of the database. */

import { AppError } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'

/** Thrown when the database is temporarily unavailable. The operation may have succeeded or not. */
export class DatabaseUnavailable extends AppError {
  readonly code: string = 'DATABASE_UNAVAILABLE'
  override readonly hint: string | null =
    'Check that the database of DOCSPOOL_DATABASE_URL is running and can be reached; running programs then continue by themselves.'
}

/** Thrown when the disk of the database is full. Nothing was stored. */
export class DatabaseFull extends DatabaseUnavailable {
  override readonly code = 'DATABASE_FULL'
  override readonly hint = 'Free space on the disk of the database; running programs then continue by themselves.'
}

/** Thrown instead of sending text with a null character, which PostgreSQL cannot store. */
export class NullInText extends AppError {
  readonly code = 'BAD_FIELD'
  override readonly hint = 'Leave out the character U+0000.'

  constructor() {
    super('Text with a null character cannot be stored.')
  }
}

/** Thrown at startup when no primary server can be reached. The program exits, and restarting it tries again. */
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

/** Thrown at startup when the database refuses this program. Retrying would not help. */
export class DatabaseUnusable extends AppError {
  readonly code = 'DATABASE_UNUSABLE'
}

/** Thrown when a newer, incompatible version of docspool has changed the tables. */
export class DatabaseTooNew extends AppError {
  readonly code = 'DATABASE_TOO_NEW'
  override readonly hint = 'Run the version of docspool that changed this database, or a newer one.'
}

/** Thrown by read-only commands when docspool's tables are missing or outdated. */
export class DatabaseNotMigrated extends AppError {
  readonly code = 'DATABASE_NOT_MIGRATED'
  override readonly hint = `Run \`${PROGRAM} migrate\`, or start docspool.`
}
