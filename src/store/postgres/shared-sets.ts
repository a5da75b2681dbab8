/**
 * Sets in the database. A set is published in one transaction, so it is never incomplete, even after a crash. Each distinct piece
 * is stored once. A lock makes publishing and removing exclude each other, so that no piece is removed while a new set starts
 * to use it.
 */

import type { Database } from '#database/database.ts'
import type { RetainedSets } from '#store/retention.ts'
import type { Piece } from './set-pieces.ts'
import { batchesOf, deleteSet, insertSet, NOW_MS } from './shared-set-statements.ts'

const MAX_TRIES = 5

/** A reference from a set to a piece. */
export interface SharedPart {
  file: string
  /** The number of the piece within the file, from 0. */
  n: number
  length: number
  hash: Buffer
}

export interface NewSharedSet {
  key: string
  repoUrl: string
  bytes: number
  /** The pieces of the set. Called again if the transaction is retried. */
  pieces(): AsyncIterable<Piece>
}

export interface SharedSets extends RetainedSets {
  /** Resolves when the set is durable in the database. An existing set is renewed, or replaced if it is damaged. */
  publish(set: NewSharedSet): Promise<void>
  /** The pieces of a set, ordered by file and number; empty when there is no such set. */
  listParts(key: string): Promise<SharedPart[]>
  /** Read pieces in the given order. @throws {SetGone} A piece no longer exists. */
  readBodies(parts: readonly SharedPart[]): AsyncIterable<{ part: SharedPart; body: Buffer }>
  /** Record that the set is in use. @returns false when it does not exist. */
  renew(key: string): Promise<boolean>
  /** Set the time of the last use of a set that was moved to this database. */
  restoreUse(key: string, usedMs: number): Promise<void>
  /** Whether a piece of the set does not match its hash or length. */
  isDamaged(key: string): Promise<boolean>
  /** The database's clock in milliseconds since the epoch, as estimated at the last `list`. */
  clock(): number
}

/** Thrown when a set was removed while it was being read or published. */
export class SetGone extends Error {}

export function createSharedSets({ run, transaction }: Database): SharedSets {
  let offsetMs = 0

  async function publish(set: NewSharedSet): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const isThere = await renew(set.key)
      if (isThere && !(await isDamaged(set.key))) return
      if (isThere) await removeUnused(set.key, Number.POSITIVE_INFINITY)
      await transaction((query) => insertSet(query, set, isThere))
      // Another machine may have published and removed it in the meantime.
      if (await renew(set.key)) return
    }
    throw new SetGone('The set was removed each time it was published.')
  }

  const removeUnused = (key: string, usedMs: number): Promise<boolean> =>
    transaction((query) => deleteSet(query, key, usedMs))

  async function renew(key: string): Promise<boolean> {
    const { rows } = await run(`UPDATE docspool.sets SET used_ms = ${NOW_MS} WHERE key = $1 RETURNING key`, [key])
    return rows.length > 0
  }

  async function* readBodies(parts: readonly SharedPart[]): AsyncGenerator<{ part: SharedPart; body: Buffer }, void> {
    for await (const batch of batchesOf(parts)) {
      const { rows } = await run<{ hash: Buffer; body: Buffer }>(
        'SELECT hash, body FROM docspool.blobs WHERE hash = ANY ($1::bytea[])',
        [[...new Map(batch.map(({ hash }) => [hash.toString('hex'), hash])).values()]],
      )
      const bodies = new Map(rows.map(({ hash, body }) => [hash.toString('hex'), body]))
      for (const part of batch) {
        const body = bodies.get(part.hash.toString('hex'))
        if (body === undefined) throw new SetGone('A piece of a set is not in the database.')
        yield { part, body }
      }
    }
  }

  async function isDamaged(key: string): Promise<boolean> {
    const { rows } = await run(
      `SELECT FROM docspool.set_parts JOIN docspool.blobs USING (hash)
       WHERE key = $1 AND (sha256(body) <> hash OR octet_length(body) <> length) LIMIT 1`,
      [key],
    )
    return rows.length > 0
  }

  return {
    publish,
    renew,
    readBodies,

    async listParts(key) {
      const { rows } = await run<SharedPart>(
        'SELECT file, n, length, hash FROM docspool.set_parts WHERE key = $1 ORDER BY file, n',
        [key],
      )
      return rows
    },

    async list() {
      const { rows } = await run<{ key: string; now_ms: number }>(
        `SELECT key, ${NOW_MS} AS now_ms FROM docspool.sets ORDER BY key`,
      )
      if (rows[0] !== undefined) offsetMs = rows[0].now_ms - Date.now()
      return rows.map(({ key }) => key)
    },

    async restoreUse(key, usedMs) {
      await run('UPDATE docspool.sets SET used_ms = $2 WHERE key = $1', [key, Math.round(usedMs)])
    },

    isDamaged,
    clock: () => Date.now() + offsetMs,

    async lastUse(key) {
      const { rows } = await run<{ used_ms: number }>('SELECT used_ms FROM docspool.sets WHERE key = $1', [key])
      return rows[0]?.used_ms
    },

    async readRepoUrl(key) {
      const { rows } = await run<{ repo_url: string }>('SELECT repo_url FROM docspool.sets WHERE key = $1', [key])
      return rows[0]?.repo_url
    },

    async measure(key) {
      const { rows } = await run<{ bytes: number }>('SELECT bytes FROM docspool.sets WHERE key = $1', [key])
      return { bytes: rows[0]?.bytes ?? 0, files: 1 }
    },

    removeUnused,

    // Transactions leave no incomplete sets behind.
    sweep: async () => ({ removed: 0, stuck: 0 }),
  }
}
