/** Converts `DOCSPOOL_DATABASE_URL` to connection options. */

import pg from 'pg'
import { parse } from 'pg-connection-string'

const CONNECT_TIMEOUT_MS = 10_000
/** Longer than any statement takes. A slower one fails, and its connection is closed. */
const QUERY_TIMEOUT_MS = 60_000
/** Idle connections are probed after this time, so that broken ones are found before they are used. */
const KEEP_ALIVE_MS = 10_000

/** Parses `bigint` columns as numbers, because they contain times in milliseconds, counts and sizes. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/**
 * The options set no session state, because a pooler in transaction mode may use another session for each transaction.
 *
 * @param url - A valid `postgres://` URL. `sslmode` has the same meaning as in libpq.
 */
export function connectionConfig(url: string): pg.ClientConfig {
  const given = parsedOnce(url)
  const { ssl, host, port, user, password, database } = given
  return {
    ...(typeof host === 'string' && { host }),
    ...(typeof port === 'string' && port !== '' && { port: Number(port) }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(typeof database === 'string' && { database }),
    ...(ssl !== undefined && { ssl: ssl as NonNullable<pg.ClientConfig['ssl']> }),
    application_name: 'docspool',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types,
  }
}

const parsed = new Map<string, ReturnType<typeof parse>>()

/** `parse` reads the files named by `sslrootcert` and similar parameters, which later, as another user, may not be readable. */
function parsedOnce(url: string): ReturnType<typeof parse> {
  const known = parsed.get(url) ?? parse(url, { useLibpqCompat: true })
  parsed.set(url, known)
  return known
}
