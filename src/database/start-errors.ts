/** Converts startup errors of PostgreSQL and of the network to errors with a hint. */

import { PROGRAM } from '#base/program.ts'
import { DatabaseFull, DatabaseUnavailable, DatabaseUnreachable, DatabaseUnusable } from './errors.ts'
import { codeOf } from './retried-errors.ts'

/** A SQLSTATE: all connections of the server, of the database or of the user are in use. */
const TOO_MANY_CONNECTIONS = '53300'

/** Message and hint for permanent errors, keyed by SQLSTATE. */
const REFUSALS: Readonly<Record<string, readonly [string, string]>> = {
  '28P01': ['The database refuses the password.', 'Check user and password in DOCSPOOL_DATABASE_URL.'],
  '28000': ['The database refuses this user or address.', 'Check the user, and pg_hba.conf of the server.'],
  '3D000': ['There is no such database.', 'Create it with `createdb`, or name another in DOCSPOOL_DATABASE_URL.'],
  '42501': [
    'The database user lacks privileges.',
    `Run \`${PROGRAM} migrate\` as the owner of the database, and see the grants in docs/postgres.md.`,
  ],
}

/** A startup error as one with a hint; other errors are returned unchanged. */
export function toStartError(error: unknown): unknown {
  if (error instanceof DatabaseUnreachable || error instanceof DatabaseFull) return error
  const cause = error instanceof DatabaseUnavailable && error.cause !== undefined ? error.cause : error
  const code = codeOf(cause)
  const refusal = REFUSALS[code]
  if (refusal !== undefined)
    return new DatabaseUnusable(`${refusal[0].slice(0, -1)} (${code}).`, { hint: refusal[1], cause })
  if (isTlsError(cause)) {
    return new DatabaseUnusable(`The encrypted connection to the database failed: ${(cause as Error).message}.`, {
      hint: 'Check sslmode and sslrootcert in DOCSPOOL_DATABASE_URL.',
      cause,
    })
  }
  if (code === TOO_MANY_CONNECTIONS) {
    return new DatabaseUnreachable(
      `The database has no free connection (${code}).`,
      { cause },
      'Close other connections to the server, or raise its max_connections.',
    )
  }
  if (error instanceof DatabaseUnavailable) {
    const what = code === 'ENOTFOUND' ? 'The host of the database is unknown' : 'The database cannot be reached'
    return new DatabaseUnreachable(`${what} (${code}).`, { cause })
  }
  return error
}

/** Whether an error concerns a certificate, or a server without TLS. */
const isTlsError = (error: unknown): boolean =>
  error instanceof Error &&
  (/SSL connections|self.signed|certificate/i.test(error.message) ||
    /^(?:CERT_|ERR_TLS_|DEPTH_ZERO|UNABLE_TO_)/.test(codeOf(error)))
