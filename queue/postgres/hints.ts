/**
 * Hints about changes, sent with LISTEN and NOTIFY. A hint may be lost, late or duplicated, and none arrives through a pooler in
 * transaction mode, so callers also poll. Hints are sent outside of other transactions, because a commit with NOTIFY takes a global
 * lock. Hints that arise while a batch is being sent, or just after, form the next batch.
 */

import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type { Connection } from '#database/client-pool.ts'
import type { Database } from '#database/database.ts'
import { NO_SYNC } from './no-sync.ts'

const CHANNEL = 'docspool'
const RECONNECT_MS = 2_000
/** Minimum time between two NOTIFYs; hints that arise in the meantime form a batch. */
const MIN_INTERVAL_MS = 5
/** How long `close` waits for the last hints to be sent. */
const CLOSE_TIMEOUT_MS = 2_000

/** Every NOTIFY writes a commit record; this one need not be on the disk before others may commit. */
const SEND = `
  SELECT ${NO_SYNC}, pg_notify('${CHANNEL}', topic) FROM unnest($1::text[]) AS topic`

export interface Hints {
  /** Report a change of the queue or of a job. Never throws. */
  send(topic: string): void
  /** @returns Stops watching. */
  watch(topic: string, onHint: () => void): () => void
  /** Resolves when the last hints were sent, or after 2 seconds. */
  close(): Promise<void>
}

export function createHints(database: Database): Hints {
  const watchers = new Map<string, Set<() => void>>()
  let outgoing = new Set<string>()
  let sending: Promise<void> | undefined
  let listener: Promise<Connection | undefined> | undefined
  let retry: NodeJS.Timeout | undefined
  let isClosed = false

  function fire(topic: string): void {
    for (const onHint of watchers.get(topic) ?? []) setImmediate(onHint)
  }

  async function flush(): Promise<void> {
    // All hints of this turn of the event loop form one batch.
    await turn()
    while (outgoing.size > 0) {
      const topics = [...outgoing]
      outgoing = new Set()
      // A lost hint only delays those who wait for it, because they also poll.
      await database.run(SEND, [topics], { isPrepared: true }).catch(() => undefined)
      if (!isClosed) await delay(MIN_INTERVAL_MS)
    }
    sending = undefined
  }

  /** Open the connection that all watchers of this process share, unless it is open. */
  function listen(): void {
    if (isClosed || listener !== undefined || watchers.size === 0) return
    listener = connect().catch(() => {
      relisten()
      return undefined
    })
  }

  async function connect(): Promise<Connection> {
    const client = await database.connect()
    client.on('notification', ({ payload }) => payload !== undefined && fire(payload))
    client.once('end', relisten)
    client.once('error', () => void client.end().catch(() => undefined))
    try {
      await client.query(`LISTEN ${CHANNEL}`)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    // Changes may have been missed while not listening.
    for (const topic of watchers.keys()) fire(topic)
    return client
  }

  function relisten(): void {
    listener = undefined
    if (isClosed || retry !== undefined) return
    retry = setTimeout(() => {
      retry = undefined
      listen()
    }, RECONNECT_MS).unref()
  }

  return {
    send(topic) {
      fire(topic)
      if (isClosed) return
      outgoing.add(topic)
      sending ??= flush()
    },

    watch(topic, onHint) {
      // A new function, because the same `onHint` may be passed twice.
      const watcher = (): void => {
        if (watchers.get(topic)?.has(watcher)) onHint()
      }
      watchers.set(topic, (watchers.get(topic) ?? new Set()).add(watcher))
      listen()
      return () => {
        const all = watchers.get(topic)
        all?.delete(watcher)
        if (all?.size === 0) watchers.delete(topic)
      }
    },

    async close() {
      isClosed = true
      clearTimeout(retry)
      await Promise.race([sending, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
      // Not awaited: `Database.close` cuts the connection if the server has disappeared.
      void listener?.then((client) => client?.end()).catch(() => undefined)
    },
  }
}
