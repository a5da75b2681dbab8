/** Errors of tasks that are limited in number or time. The application maps the codes to HTTP statuses. */

import { AppError } from './errors.ts'

/** Thrown when too many tasks are waiting. The task was not started. */
export class ServerBusy extends AppError {
  readonly code = 'SERVER_BUSY'
  override readonly hint = 'Try again shortly.'

  constructor() {
    super('Too many requests of this kind are waiting.')
  }
}

/** Thrown when a task exceeded its limit of time or memory, and was ended. */
export class TookTooLong extends AppError {
  readonly code = 'TOOK_TOO_LONG'
  override readonly hint = 'Request less, or try again later.'

  constructor(options?: ErrorOptions) {
    super('Creating the response took too long.', options)
  }
}
