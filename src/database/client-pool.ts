/**
 * Connections to PostgreSQL. They are opened when they are needed, replaced when they break, and cut if the server does not close
 * its side in time.
 */

import { once } from 'node:events'
import { Socket } from 'node:net'
import pg from 'pg'
import { connectionConfig } from './connection.ts'
import { isConnectionSound } from './retried-errors.ts'

const IDLE_TIMEOUT_MS = 30_000
/** Limits how long a plan made for small tables is used, even if their statistics are not updated. */
const MAX_LIFETIME_SECONDS = 60
/** How long `close` waits for running statements, and for the server to close its side of a connection. */
const CLOSE_TIMEOUT_MS = 2_000

/** A dedicated connection. */
export type Connection = pg.Client

export type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>

/** Called with each new connection; rejects if it must not be used. */
export type CheckConnection = (query: Query) => Promise<void>

export class ClientPool {
  readonly #sockets = new Set<Socket>()
  readonly #checked = new WeakSet<pg.PoolClient>()
  readonly #check: CheckConnection | undefined
  readonly #config: pg.ClientConfig
  readonly #pool: pg.Pool

  constructor(url: string, maxConnections: number, check: CheckConnection | undefined) {
    this.#check = check
    this.#config = { ...connectionConfig(url), stream: () => this.#openSocket() }
    this.#pool = new pg.Pool({
      ...this.#config,
      max: maxConnections,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
    })
    // Broken connections are replaced; without error listeners, the process would exit.
    this.#pool.on('error', () => undefined)
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
  }

  /** Lend a connection to a step. */
  async use<T>(step: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    let isSound = true
    try {
      if (this.#check !== undefined && !this.#checked.has(client)) {
        await this.#check(queryOf(client))
        this.#checked.add(client)
      }
      return await step(client)
    } catch (error) {
      isSound = isConnectionSound(error)
      throw error
    } finally {
      client.release(!isSound)
    }
  }

  /** Open a connection outside of the pool. */
  async connect(): Promise<Connection> {
    const client = new pg.Client(this.#config)
    client.on('error', () => undefined)
    try {
      await client.connect()
      await this.#check?.(queryOf(client))
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  /** End all connections, also those outside of the pool. */
  async close(): Promise<void> {
    // A server that has disappeared never closes its side of a connection.
    const cutTimer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy()
    }, CLOSE_TIMEOUT_MS)
    await this.#pool.end()
    await Promise.all([...this.#sockets].map((socket) => socket.closed || once(socket, 'close')))
    clearTimeout(cutTimer)
  }

  #openSocket(): Socket {
    const socket = new Socket()
    this.#sockets.add(socket)
    return socket.once('close', () => this.#sockets.delete(socket))
  }
}

export const queryOf =
  (client: pg.ClientBase): Query =>
  async <Row extends object>(text: string, values: unknown[] = []) =>
    (await client.query<Row & pg.QueryResultRow>(text, values)).rows
