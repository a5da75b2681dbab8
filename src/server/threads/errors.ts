/** What callers are told when a thread cannot do their work. The server maps the codes to HTTP. */

import { AppError } from '#base/errors.ts'

/** Thrown when too much work waits already. Nothing was begun. */
export class ServerBusy extends AppError {
  readonly code = 'SERVER_BUSY'
  override readonly hint = 'Try again shortly.'

  constructor() {
    super('Too many requests of this kind are waiting.')
  }
}

/** Thrown when a task did not end within its deadline, or took more memory than it may. Its thread has been ended. */
export class TookTooLong extends AppError {
  readonly code = 'TOOK_TOO_LONG'
  override readonly hint = 'Ask for less, or try again later.'

  constructor(cause?: unknown) {
    super('The answer took too long to make.', { cause })
  }
}

/** What a task threw in its thread: its code, where it has one, and its stack there. */
export class FailedInThread extends AppError {
  readonly code: string

  constructor({ code = 'INTERNAL', message, stack }: { code: string | undefined; message: string; stack: string }) {
    super(message)
    this.code = code
    this.stack = stack
  }
}
