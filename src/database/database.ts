/**
 * Runs statements on PostgreSQL. Each is its own transaction, so no session state is needed. Statements are retried after a
 * temporary error and also after a lost connection, when they may have been committed. So they are written such that a second run
 * changes nothing, and `isRepeated` informs callers that need to know.
 */

import { once } from 'node:events'
import { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { sha256Of } from '#base/sha256.ts'
import { connectionConfig } from './connection.ts'
import { DatabaseFull, DatabaseUnavailable, NullInText, QueryTookTooLong } from './errors.ts'
import { codeOf, faultOf, isConnectionSound, isNotPrepared } from './faults.ts'
import { createReaderTurns } from './reader-turns.ts'

const MAX_ATTEMPTS = 5
const FIRST_PAUSE_MS = 40
const IDLE_TIMEOUT_MS = 30_000
/** Limits how long a plan made for small tables is used, even if their statistics are not updated. */
const MAX_LIFETIME_SECONDS = 60
/** How long `close` waits for running statements, and for the server to close its side of a connection. */
const CLOSE_TIMEOUT_MS = 2_000
/** SQLSTATE of a statement that exceeded its timeout. */
const CANCELED = '57014'
/** A client that hangs in a transaction loses its locks after this time. */
const IDLE_IN_TRANSACTION = `SET LOCAL idle_in_transaction_session_timeout = '60s'`

export interface Result<Row> {
  rows: Row[]
  /** Whether an earlier attempt may have been committed. */
  isRepeated: boolean
}

export interface RunOptions {
  /** Throw instead of retrying if an earlier attempt may have been committed. */
  isOnce?: boolean
  /** Let the server keep the plan, for frequent statements whose plan does not depend on their values. */
  isPrepared?: boolean
}

/** A dedicated connection. */
export type Connection = pg.Client

export type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>

export interface Database {
  /**
   * Run one statement.
   *
   * @throws {DatabaseUnavailable} After several attempts.
   * @throws {NullInText} A value is text with a null character; nothing was sent.
   */
  run<Row extends object>(text: string, values?: unknown[], options?: RunOptions): Promise<Result<Row>>
  /**
   * Run a query on behalf of a reader. Such queries never occupy all connections. The values are those that rows must have, so a
   * query for text with a null character, which no row contains, has no rows.
   *
   * @param end - When the query is cancelled, as a value of `performance.now()`.
   * @throws {QueryTookTooLong} @throws {TooManyQueries}
   */
  read<Row extends object>(end: number, text: string, values?: unknown[]): Promise<Row[]>
  /**
   * Run several statements in one transaction, which is retried like a single statement. So `step` may be called again.
   *
   * @throws {NullInText} A value is text with a null character.
   */
  transaction<T>(step: (query: Query) => Promise<T>): Promise<T>
  /** Open a dedicated connection for LISTEN. The caller ends it but need not wait for that, because `close` does. */
  connect(): Promise<Connection>
  /** How often the database was unavailable. */
  readonly failures: number
  /** Ends all connections. Connections that are still open after two seconds are cut, with the statements running on them. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** The maximum number of connections, not counting those for LISTEN. */
  maxConnections?: number
  /** Called with each new connection; rejects if it must not be used. */
  check?(query: Query): Promise<void>
}

/** Connections are opened when statements are run. */
export function openDatabase(url: string, { maxConnections = 8, check }: DatabaseOptions = {}): Database {
  const sockets = new Set<Socket>()
  const stream = (): Socket => {
    const socket = new Socket()
    sockets.add(socket)
    return socket.once('close', () => sockets.delete(socket))
  }
  const config = { ...connectionConfig(url), stream }
  const pool = new pg.Pool({
    ...config,
    max: maxConnections,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
  })
  // Broken connections are replaced; without error listeners, the process would exit.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const takeTurn = createReaderTurns(Math.max(1, Math.floor(maxConnections / 2)))
  const checked = new WeakSet<pg.PoolClient>()
  let failures = 0
  let mayPrepare = true
  let closed: Promise<void> | undefined

  async function withClient<T>(step: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let failure: unknown
    try {
      if (check !== undefined && !checked.has(client)) {
        await check(queryOf(client))
        checked.add(client)
      }
      return await step(client)
    } catch (error) {
      failure = error
      throw error
    } finally {
      client.release(failure !== undefined && !(failure instanceof StepFailed) && !isConnectionSound(failure))
    }
  }

  /** Run a step, retrying it after temporary errors. @param step - Calls `onSent` when something may have been committed. */
  async function attempt<T>(
    step: (client: pg.PoolClient, onSent: () => void) => Promise<T>,
    isOnce: boolean,
  ): Promise<{ value: T; isRepeated: boolean }> {
    let isRepeated = false
    for (let attempts = 1; ; attempts++) {
      if (closed !== undefined) throw new DatabaseUnavailable('The connections to the database were closed.')
      let isSent = false
      try {
        const value = await withClient((client) => step(client, () => (isSent = true)))
        return { value, isRepeated }
      } catch (error) {
        if (error instanceof StepFailed) throw error.cause
        if (error instanceof DatabaseUnavailable) {
          failures += 1
          throw error
        }
        const fault = faultOf(error)
        if (fault === 'lasting') throw error
        isRepeated ||= fault === 'lost' && isSent
        if (fault === 'full') {
          failures += 1
          throw new DatabaseFull('The database has no space left.', { cause: error })
        }
        if (attempts === MAX_ATTEMPTS || (isRepeated && isOnce)) {
          failures += 1
          throw new DatabaseUnavailable(`The database cannot be used (${codeOf(error)}).`, { cause: error })
        }
      }
      await delay(FIRST_PAUSE_MS * 2 ** (attempts - 1) * (0.5 + Math.random()))
    }
  }

  /** Run a prepared statement. Once a pooler has lost one, all are run unprepared. */
  async function queryPrepared<Row extends object>(client: pg.PoolClient, text: string, values: unknown[]) {
    try {
      if (mayPrepare) return (await client.query<Row & pg.QueryResultRow>({ name: nameOf(text), text, values })).rows
    } catch (error) {
      if (!isNotPrepared(error)) throw error
      mayPrepare = false
    }
    return (await client.query<Row & pg.QueryResultRow>(text, values)).rows
  }

  return {
    async run<Row extends object>(
      text: string,
      values: unknown[] = [],
      { isOnce = false, isPrepared = false }: RunOptions = {},
    ) {
      if (hasNull(values)) throw new NullInText()
      const { value: rows, isRepeated } = await attempt(async (client, onSent) => {
        onSent()
        if (isPrepared) return await queryPrepared<Row>(client, text, values)
        return (await client.query<Row & pg.QueryResultRow>(text, values)).rows
      }, isOnce)
      return { rows, isRepeated }
    },

    async read<Row extends object>(end: number, text: string, values: unknown[] = []) {
      if (hasNull(values)) return []
      const endTurn = await takeTurn()
      try {
        const { value } = await attempt(async (client) => {
          const leftMs = Math.floor(end - performance.now())
          if (leftMs <= 0) throw new StepFailed(new QueryTookTooLong())
          // In a transaction, because a pooler may use another session for the next statement.
          await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${leftMs}`)
          try {
            const { rows } = await client.query<Row & pg.QueryResultRow>(text, values)
            await client.query('COMMIT')
            return rows
          } catch (error) {
            await client.query('ROLLBACK').catch(() => undefined)
            throw codeOf(error) === CANCELED ? new StepFailed(new QueryTookTooLong({ cause: error })) : error
          }
        }, false)
        return value
      } finally {
        endTurn()
      }
    },

    async transaction(step) {
      const { value } = await attempt(async (client, onSent) => {
        // Overrides the server's default: with a higher level, a statement would not see what was committed before it got a
        // lock.
        await client.query(`BEGIN ISOLATION LEVEL READ COMMITTED; ${IDLE_IN_TRANSACTION}`)
        let fault: unknown
        const query: Query = async (text, values = []) => {
          if (hasNull(values)) throw new NullInText()
          return await queryOf(client)<never>(text, values).catch((error) => {
            fault = error
            throw error
          })
        }
        try {
          const value = await step(query).catch((error) => {
            throw error === fault ? error : new StepFailed(error)
          })
          onSent()
          await client.query('COMMIT')
          return value
        } catch (error) {
          await client.query('ROLLBACK').catch(() => undefined)
          throw error
        }
      }, false)
      return value
    },

    async connect() {
      const client = new pg.Client(config)
      client.on('error', () => undefined)
      try {
        await client.connect()
        if (check !== undefined) await check(queryOf(client))
        return client
      } catch (error) {
        await client.end().catch(() => undefined)
        throw error
      }
    },

    get failures() {
      return failures
    },

    close() {
      closed ??= end()
      return closed
    },
  }

  async function end(): Promise<void> {
    // A server that has disappeared never closes its side of a connection.
    const cutTimer = setTimeout(() => {
      for (const socket of sockets) socket.destroy()
    }, CLOSE_TIMEOUT_MS)
    await pool.end()
    await Promise.all([...sockets].map((socket) => socket.closed || once(socket, 'close')))
    clearTimeout(cutTimer)
  }
}

/** Wraps an error that must not be retried, such as one of the caller's code in a transaction, which is then rolled back. */
class StepFailed extends Error {
  constructor(cause: unknown) {
    super('', { cause })
  }
}

const names = new Map<string, string>()

/** Depends on the text alone, because through a pooler, clients of other versions may have used the same session. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `docspool_${sha256Of(text).slice(0, 32)}`
  names.set(text, name)
  return name
}

/** Whether a value is text with a null character, or an array that contains one. PostgreSQL refuses such text. */
const hasNull = (values: readonly unknown[]): boolean =>
  values.some((value) => (Array.isArray(value) ? hasNull(value) : typeof value === 'string' && value.includes('\0')))

const queryOf =
  (client: pg.ClientBase): Query =>
  async <Row extends object>(text: string, values: unknown[] = []) =>
    (await client.query<Row & pg.QueryResultRow>(text, values)).rows
