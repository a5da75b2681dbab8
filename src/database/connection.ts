/** How to connect, from `DOCSPOOL_DATABASE_URL`. */

import pg from 'pg'
import { parse } from 'pg-connection-string'

const CONNECT_MS = 10_000
/** Longer than any statement takes; one that takes longer is given up, with its connection. */
const QUERY_MS = 60_000

/** `bigint` fits into a number: times in milliseconds, counts and sizes. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/**
 * Nothing is set for a session: a pooler in transaction mode gives each transaction another one.
 *
 * @param url - Validated, `postgres://…`. `sslmode` means what it means to libpq.
 */
export function connectionConfig(url: string): pg.ClientConfig {
  // `parse` reads files that `sslrootcert` and others name.
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
    types,
  }
}
