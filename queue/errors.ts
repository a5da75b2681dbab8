/** Errors of the queue, and errors with which jobs fail. */

import { AppError, type ErrorRecord } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'

/** Thrown when the queue is full. */
export class QueueFull extends AppError {
  readonly code = 'QUEUE_FULL'
  override readonly hint = 'Try again later, or raise DOCSPOOL_QUEUE_SIZE.'
}

/** Thrown when the spool's file system has no space or no quota left. Nothing was accepted. */
export class SpoolFull extends AppError {
  readonly code = 'SPOOL_FULL'
  override readonly hint =
    'Free space on the file system of DOCSPOOL_SPOOL_DIR; running programs then continue by themselves.'
}

/** Thrown when the spool cannot be read or written. Work resumes as soon as the folder is available again. */
export class SpoolUnavailable extends AppError {
  readonly code: string = 'SPOOL_UNAVAILABLE'
  override readonly hint: string =
    'Check that the folder of DOCSPOOL_SPOOL_DIR is mounted, is the same spool and can be written; running programs then continue by themselves.'
}

/** Thrown when the process or the system has too many open files. */
export class TooManyOpenFiles extends SpoolUnavailable {
  override readonly code = 'SERVER_BUSY'
  override readonly hint: string = 'Try again shortly. The operator can raise the limit of open files (LimitNOFILE).'
}

/** Thrown at startup when the folder cannot be used as a spool. Retrying would not help. */
export class SpoolUnusable extends SpoolUnavailable {
  override readonly code = 'SPOOL_UNUSABLE'
  override readonly hint: string = 'Set DOCSPOOL_SPOOL_DIR or --spool-dir to a folder that this user can write.'
}

/** Thrown when the folder for a new spool is used for something else. Nothing was written. */
export class SpoolOccupied extends SpoolUnusable {
  override readonly hint = 'Set DOCSPOOL_SPOOL_DIR or --spool-dir to an empty or new folder.'

  /** @param names - Existing names in the folder that docspool would use. */
  constructor(folder: string, names: readonly string[]) {
    super(
      `${folder} is not a spool, and none was created in it: it contains ${names.join(', ')}, where docspool would write.`,
    )
  }
}

/** Thrown at startup when a folder inside the spool cannot be used. */
export class SpoolFolderUnusable extends SpoolUnusable {
  override readonly hint: string

  constructor(folder: string, { reason, hint }: { reason: string; hint: string }) {
    super(`${folder} cannot be a part of the spool: ${reason}.`)
    this.hint = hint
  }
}

/** Thrown at startup when there is no spool although DOCSPOOL_EXPECT_SPOOL is set. */
export class SpoolMissing extends AppError {
  readonly code = 'SPOOL_MISSING'
  override readonly hint = `Mount the disk of the spool; before the very first start, run \`${PROGRAM} init\`.`
}

/** Thrown when a command that only reads finds no spool. */
export class NoSpool extends AppError {
  readonly code = 'NO_SPOOL'
  override readonly hint = 'Set --spool-dir or DOCSPOOL_SPOOL_DIR to the folder that the server uses.'
}

/** Thrown when the spool was created by a newer version of docspool. */
export class SpoolTooNew extends AppError {
  readonly code = 'SPOOL_TOO_NEW'
  override readonly hint = 'Run the version of docspool that created this spool, or a newer one.'
}

/** Thrown for a single record that a newer version of docspool wrote. The record is left unchanged; the rest of the spool works. */
export class RecordTooNew extends AppError {
  readonly code = 'RECORD_TOO_NEW'
  override readonly hint = 'Run the version of docspool that wrote the record, or a newer one.'
}

/** Thrown for a single record in the database that cannot be read. The rest of the queue works. */
export class RecordUnreadable extends AppError {
  readonly code = 'RECORD_UNREADABLE'
  override readonly hint = 'Restore the row from a backup, or remove the job.'
}

/** Thrown when the id of a submission belongs to a job with another repository, commit or options. */
export class JobIdTaken extends AppError {
  readonly code = 'JOB_ID_TAKEN'
  override readonly hint = 'Remove the other job, or submit another commit or other options.'
}

/** Thrown when an idempotency key is used again for a different request. */
export class IdempotencyKeyReused extends AppError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED'
  override readonly hint = 'Use a new Idempotency-Key for each request; reuse a key only to repeat the same request.'
}

/** Thrown when a job cannot be retried or removed because it has not finished. */
export class WrongState extends AppError {
  readonly code = 'WRONG_STATE'
  override readonly hint = 'Wait until the job has finished, or cancel it first.'
}

/** Thrown when a job already has the maximum number of pending callbacks. */
export class TooManyCallbacks extends AppError {
  readonly code = 'TOO_MANY_CALLBACKS'
  override readonly hint = 'Submit the job without callback_url, and poll it instead.'
}

/** Thrown when the maximum number of repositories is followed. */
export class TooManyFollows extends AppError {
  readonly code = 'TOO_MANY_FOLLOWS'
  override readonly hint = 'Stop following another repository, or raise DOCSPOOL_MAX_FOLLOWS.'
}

/** Thrown when a text is not a valid job id. */
export class BadJobId extends AppError {
  readonly code = 'BAD_JOB_ID'
}

/** The job was cancelled. */
export class Cancelled extends AppError {
  readonly code = 'CANCELLED'
  override readonly hint = 'Submit the job again or retry it to start over.'
}

/** The job exceeded its time limit. */
export class JobTimedOut extends AppError {
  readonly code = 'JOB_TIMED_OUT'
  override readonly hint = 'Raise DOCSPOOL_JOB_TIMEOUT_S or choose a smaller repository.'
}

/** The process of the job sent no heartbeat for too long. */
export class JobUnresponsive extends AppError {
  readonly code = 'JOB_UNRESPONSIVE'
  override readonly hint = 'Exclude files with `exclude` in docspool.json, or raise DOCSPOOL_JOB_TIMEOUT_S.'
}

/** The job exceeded its memory limit. */
export class OutOfMemory extends AppError {
  readonly code = 'OUT_OF_MEMORY'
  override readonly hint = 'Raise DOCSPOOL_JOB_MEMORY_MB or choose a smaller repository.'
}

/** The process of a job exited without a result. The job is tried again; see `WorkerDiedRepeatedly`. */
export class WorkerDied extends AppError {
  readonly code = 'WORKER_DIED'
  override readonly hint = 'The log of the supervisor contains the last lines that the process wrote.'
}

/**
 * The process of a job exited before it accepted the job, so the installation is broken, not the job. The job waits, and the
 * attempt does not count.
 */
export class WorkerNotStarted extends AppError {
  readonly code = 'WORKER_NOT_STARTED'
  override readonly hint = `Run \`${PROGRAM} doctor\` on the machine; the jobs wait and continue automatically.`
}

/** The job's process, or its supervisor, died in every attempt. */
export class WorkerDiedRepeatedly extends AppError {
  readonly code = 'WORKER_DIED_REPEATEDLY'
  override readonly hint = "Something in this repository makes the worker exit. See the end of the job's event log."
}

/** An error that a runner reported from another process. */
export class ReportedError extends AppError {
  readonly code: string

  constructor({ code, message, hint }: ErrorRecord, retryAfterSeconds?: number) {
    super(message, { hint, retryAfterSeconds })
    this.code = code
  }
}

/** This worker was declared dead; its claims now belong to others. */
export class LeaseLost extends AppError {
  readonly code = 'LEASE_LOST'
}

/** The supervisor is shutting down; the job goes back to the queue. */
export class ShuttingDown extends AppError {
  readonly code = 'SHUTTING_DOWN'
}
