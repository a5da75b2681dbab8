/** Converts `DOCSPOOL_DATABASE_URL` to the options of a connection. */

import pg from 'pg'
import { parse } from 'pg-connection-string'

const CONNECT_MS = 10_000
/** Longer than any statement takes. A slower one fails, and its connection is closed. */
const QUERY_MS = 60_000
/** Idle connections are probed after this time, so that one whose other end is gone does not wait to be used. */
const KEEP_ALIVE_MS = 10_000

/** `bigint` columns fit into a number: times in milliseconds, counts and sizes. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/**
 * Sets no session state, because a pooler in transaction mode may use another session for each transaction.
 *
 * @param url - Validated, `postgres://…`. `sslmode` has the meaning it has in libpq.
 */
export function connectionConfig(url: string): pg.ClientConfig {
  // `parse` reads the files named by `sslrootcert` and similar parameters.
  const given = parse(url, { useLibpqCompat: true })
  const { ssl, host, port, user, password, database } = given
  return {
    ...(typeof host === 'string' && { host }),
    ...(typeof port === 'string' && port !== '' && { port: Number(port) }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(typeof database === 'string' && { database }),
    ...(ssl !== undefined && { ssl: ssl as NonNullable<pg.ClientConfig['ssl']> }),
    application_name: 'docspool',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types,
  }
}
