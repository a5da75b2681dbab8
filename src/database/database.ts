/**
 * Runs statements on PostgreSQL. Each is its own transaction, so no session state is needed. Statements are retried after a
 * temporary error and also after a lost connection, when they may have been committed. So they are written such that a second run
 * changes nothing, and `isRepeated` informs callers that need to know.
 */

import type pg from 'pg'
import { TookTooLong } from '#base/overload-errors.ts'
import { type CheckConnection, ClientPool, type Connection, type Query, queryOf } from './client-pool.ts'
import { NullInText } from './errors.ts'
import { PreparedQueries } from './prepared-queries.ts'
import { createReaderTurns } from './reader-turns.ts'
import { codeOf, StepFailed } from './retried-errors.ts'
import { RetriedSteps } from './retried-steps.ts'

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
   * @throws {TookTooLong} @throws {ServerBusy}
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
  check?: CheckConnection
}

/** Connections are opened when statements are run. */
export function openDatabase(url: string, { maxConnections = 8, check }: DatabaseOptions = {}): Database {
  const pool = new ClientPool(url, maxConnections, check)
  const steps = new RetriedSteps((step) => pool.use(step))
  const prepared = new PreparedQueries()
  const takeTurn = createReaderTurns(Math.max(1, Math.floor(maxConnections / 2)))
  let closed: Promise<void> | undefined

  return {
    async run<Row extends object>(
      text: string,
      values: unknown[] = [],
      { isOnce = false, isPrepared = false }: RunOptions = {},
    ) {
      if (hasNull(values)) throw new NullInText()
      const { value: rows, isRepeated } = await steps.run(async (client, onSent) => {
        onSent()
        if (isPrepared) return await prepared.run<Row>(client, text, values)
        return (await client.query<Row & pg.QueryResultRow>(text, values)).rows
      }, isOnce)
      return { rows, isRepeated }
    },

    async read<Row extends object>(end: number, text: string, values: unknown[] = []) {
      if (hasNull(values)) return []
      const endTurn = await takeTurn()
      try {
        const { value } = await steps.run(async (client) => {
          const leftMs = Math.floor(end - performance.now())
          if (leftMs <= 0) throw new StepFailed(new TookTooLong())
          // In a transaction, because a pooler may use another session for the next statement.
          await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${leftMs}`)
          try {
            const { rows } = await client.query<Row & pg.QueryResultRow>(text, values)
            await client.query('COMMIT')
            return rows
          } catch (error) {
            await client.query('ROLLBACK').catch(() => undefined)
            throw codeOf(error) === CANCELED ? new StepFailed(new TookTooLong({ cause: error })) : error
          }
        })
        return value
      } finally {
        endTurn()
      }
    },

    async transaction(step) {
      const { value } = await steps.run(async (client, onSent) => {
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
      })
      return value
    },

    connect: () => pool.connect(),

    get failures() {
      return steps.failures
    },

    close() {
      steps.close()
      closed ??= pool.close()
      return closed
    },
  }
}

/** Whether a value is text with a null character, or an array that contains one. PostgreSQL refuses such text. */
const hasNull = (values: readonly unknown[]): boolean =>
  values.some((value) => (Array.isArray(value) ? hasNull(value) : typeof value === 'string' && value.includes('\0')))
