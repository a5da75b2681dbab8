/** Classifies errors of statements by whether something may have changed and whether a retry may help. */

import pg from 'pg'

/**
 * `lasting`: the statement fails every time. `full`: the disk of the database is full. `rolled back`: nothing was changed, and a
 * retry may succeed. `lost`: the connection was lost, and the statement may have been committed.
 */
export type Fault = 'lasting' | 'full' | 'rolled back' | 'lost'

/** Faults keyed by SQLSTATE; see https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const FAULTS: Readonly<Record<string, Fault>> = {
  '25006': 'rolled back', // read-only transaction: a standby, or a server that is being switched over
  '40001': 'rolled back', // serialization failure
  '40P01': 'rolled back', // deadlock
  '53100': 'full',
  '53200': 'rolled back', // out of memory
  '53300': 'rolled back', // too many connections
  '53400': 'rolled back', // configuration limit exceeded
  '55P03': 'rolled back', // lock not available
  '57014': 'rolled back', // statement timeout, or cancelled by an administrator
  '58030': 'rolled back', // I/O error
}
/** SQLSTATE classes of connection exceptions, of a server that is shutting down, has crashed or is starting, and of sessions that it ended when idle. */
const LOST = /^(?:08|57P|25P0)/

export function faultOf(error: unknown): Fault {
  if (error instanceof pg.DatabaseError) {
    const { code = '' } = error
    return FAULTS[code] ?? (LOST.test(code) ? 'lost' : 'lasting')
  }
  // These classes indicate a bug; errors of sockets, name resolution and `pg` have other classes.
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError ? 'lasting' : 'lost'
}

/**
 * Whether a prepared statement was not run because the session does not know it, knows it already, or has a plan for an
 * earlier form of the tables.
 */
export const isNotPrepared = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['26000', '42P05', '0A000'].includes(error.code ?? '')

/** Wraps an error that must not be retried, such as one of the caller's code in a transaction, which is then rolled back. */
export class StepFailed extends Error {
  constructor(cause: unknown) {
    super('', { cause })
  }
}

/** Whether the connection can be reused after this error. */
export const isConnectionSound = (error: unknown): boolean =>
  error instanceof StepFailed ||
  (error instanceof pg.DatabaseError &&
    faultOf(error) !== 'lost' &&
    error.code !== '25006' &&
    error.severity !== 'FATAL')

/**
 * The SQLSTATE or system code of an error, for messages; errors of a connection may have none. The error's text is not
 * shown, because it may contain the address.
 */
export function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' ? code : 'no connection'
}
