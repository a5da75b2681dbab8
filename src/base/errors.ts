/**
 * Errors that an operator or a caller can act on. Each has a stable `code`, a message that says what was expected and what was
 * found, and a `hint`. Any other error is a bug and appears only in the log.
 */

import { constants } from 'node:os'

/** An `AppError` as it is stored in a job, sent over a pipe, or logged. */
export interface ErrorRecord {
  code: string
  message: string
  hint: string | null
}

/** Options of a single error; they override the defaults of its class. */
export interface AppErrorOptions extends ErrorOptions {
  hint?: string | null | undefined
  retryAfterSeconds?: number | undefined
}

/** The base class of all expected failures. A subclass whose errors share a hint declares it as a field. */
export abstract class AppError extends Error {
  /** Stable, upper case, part of the contract with callers. */
  abstract readonly code: string
  /** What the operator or the caller can do about the error; `null` if there is no advice. */
  readonly hint: string | null
  /** Seconds to wait before a retry, at least 0; `undefined` if unknown. */
  readonly retryAfterSeconds: number | undefined

  constructor(message: string, { hint = null, retryAfterSeconds, ...options }: AppErrorOptions = {}) {
    super(message, options)
    this.name = new.target.name
    this.hint = hint
    this.retryAfterSeconds = retryAfterSeconds
  }

  toJSON(): ErrorRecord {
    return { code: this.code, message: this.message, hint: this.hint }
  }
}

/** Thrown when an operation was aborted by its `AbortSignal`. */
export class Aborted extends AppError {
  readonly code = 'ABORTED'
}

/** The message followed by the hint, if there is one. */
export const messageAndHint = ({ message, hint }: Pick<ErrorRecord, 'message' | 'hint'>): string =>
  hint ? `${message} ${hint}` : message

/**
 * Convert any thrown value to an `ErrorRecord`. Unexpected errors become `INTERNAL` without their message, which may contain
 * paths of the host.
 */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof AppError) return error.toJSON()
  return { code: 'INTERNAL', message: 'An unexpected error; see the log of the service.', hint: null }
}

/** Node has no name for this error and reports `Unknown system error -122`. */
const EDQUOT = -constants.errno.EDQUOT

/** An error handler: `undefined` for a file or folder that does not exist. @throws Any other error. */
export function unlessGone(error: unknown): undefined {
  if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
}

/** True for a Node system error with one of these codes (`ENOENT`, `EEXIST`, …). */
export function isErrno(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return codes.includes('errno' in error && error.errno === EDQUOT ? 'EDQUOT' : error.code)
}
