/** Errors of tasks in threads. The application maps the codes to HTTP statuses. */

import { AppError } from '#base/errors.ts'

/** Thrown when too many tasks are waiting. The task was not started. */
export class ServerBusy extends AppError {
  readonly code = 'SERVER_BUSY'
  override readonly hint = 'Try again shortly.'

  constructor() {
    super('Too many requests of this kind are waiting.')
  }
}

/** Thrown when a task exceeded its deadline or memory limit. Its thread was terminated. */
export class TookTooLong extends AppError {
  readonly code = 'TOOK_TOO_LONG'
  override readonly hint = 'Request less, or try again later.'

  constructor(cause?: unknown) {
    super('Creating the response took too long.', { cause })
  }
}

/** An error thrown by a task in its thread, with its code, if any, and its stack. */
export class FailedInThread extends AppError {
  readonly code: string

  constructor({ code = 'INTERNAL', message, stack }: { code: string | undefined; message: string; stack: string }) {
    super(message)
    this.code = code
    this.stack = stack
  }
}
