/**
 * Sets in the database. A set is published in one transaction, so it is never incomplete, even after a crash. Each distinct piece
 * is stored once. A lock makes publishing and removing exclude each other, so that no piece is removed while a new set starts
 * to use it.
 */

import type { Query } from '#database/client-pool.ts'
import type { Database } from '#database/database.ts'
import type { RetainedSets } from '#store/retention.ts'
import type { Piece } from './set-pieces.ts'

/**
 * An advisory lock, shared for publishing and exclusive for removing. The number is arbitrary, like those of docspool's other
 * locks.
 */
const SETS_LOCK = 7_164_325_119
/** Pieces are sent and read in batches of at most this many bytes and this many pieces. */
const BATCH_BYTES = 4_194_304
const BATCH_PIECES = 500
const MAX_TRIES = 5
const NOW_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

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
      await insertSet(set, isThere)
      // Another machine may have published and removed it in the meantime.
      if (await renew(set.key)) return
    }
    throw new SetGone('The set was removed each time it was published.')
  }

  /** @param isMending - Whether pieces in the database that do not match their hash are replaced. */
  async function insertSet({ key, repoUrl, bytes, pieces }: NewSharedSet, isMending: boolean): Promise<void> {
    await transaction(async (query) => {
      await query('SELECT pg_advisory_xact_lock_shared($1)', [SETS_LOCK])
      const made = await query(
        `INSERT INTO docspool.sets (key, repo_url, bytes, used_ms) VALUES ($1, $2, $3, ${NOW_MS})
         ON CONFLICT DO NOTHING RETURNING key`,
        [key, repoUrl, bytes],
      )
      if (made.length === 0) return
      for await (const batch of batchesOf(pieces(), ({ length }) => length)) await insert(query, key, batch, isMending)
    })
  }

  async function insert(query: Query, key: string, batch: readonly Piece[], isMending: boolean): Promise<void> {
    // Sorted by hash, so that concurrent publishers lock pieces in the same order and do not deadlock.
    const unique = [...new Map(batch.map((piece) => [piece.hash.toString('hex'), piece]))].sort(([a], [b]) =>
      a < b ? -1 : 1,
    )
    const hashes = unique.map(([, { hash }]) => hash)
    const present = await query<{ hash: Buffer }>(
      `SELECT hash FROM docspool.blobs
       WHERE hash = ANY ($1::bytea[]) ${isMending ? 'AND sha256(body) = hash' : ''}`,
      [hashes],
    )
    const known = new Set(present.map(({ hash }) => hash.toString('hex')))
    const missing = unique.filter(([hex]) => !known.has(hex)).map(([, piece]) => piece)
    if (missing.length > 0) {
      await query(
        `INSERT INTO docspool.blobs (hash, body) SELECT * FROM unnest($1::bytea[], $2::bytea[])
         ON CONFLICT ${isMending ? '(hash) DO UPDATE SET body = EXCLUDED.body' : 'DO NOTHING'}`,
        [missing.map(({ hash }) => hash), missing.map(({ body }) => body)],
      )
    }
    await query(
      `INSERT INTO docspool.set_parts (key, file, n, length, hash)
       SELECT $1, * FROM unnest($2::text[], $3::int[], $4::int[], $5::bytea[])`,
      [
        key,
        batch.map(({ file }) => file),
        batch.map(({ n }) => n),
        batch.map(({ length }) => length),
        batch.map(({ hash }) => hash),
      ],
    )
  }

  async function renew(key: string): Promise<boolean> {
    const { rows } = await run(`UPDATE docspool.sets SET used_ms = ${NOW_MS} WHERE key = $1 RETURNING key`, [key])
    return rows.length > 0
  }

  async function* readBodies(parts: readonly SharedPart[]): AsyncGenerator<{ part: SharedPart; body: Buffer }, void> {
    for await (const batch of batchesOf(parts, ({ length }) => length)) {
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

  const removeUnused = (key: string, usedMs: number): Promise<boolean> =>
    transaction(async (query) => {
      await query('SELECT pg_advisory_xact_lock($1)', [SETS_LOCK])
      const doomed = await query('SELECT FROM docspool.sets WHERE key = $1 AND used_ms <= $2 FOR UPDATE', [
        key,
        Number.isFinite(usedMs) ? Math.trunc(usedMs) : Number.MAX_SAFE_INTEGER,
      ])
      if (doomed.length === 0) return (await query('SELECT FROM docspool.sets WHERE key = $1', [key])).length === 0
      const gone = await query<{ hash: Buffer }>('DELETE FROM docspool.set_parts WHERE key = $1 RETURNING hash', [key])
      await query('DELETE FROM docspool.sets WHERE key = $1', [key])
      await query(
        `DELETE FROM docspool.blobs WHERE hash = ANY ($1::bytea[])
         AND NOT EXISTS (SELECT FROM docspool.set_parts WHERE set_parts.hash = blobs.hash)`,
        [gone.map(({ hash }) => hash)],
      )
      return true
    })

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

/** Groups items into batches of limited total length and number. */
async function* batchesOf<T>(
  items: AsyncIterable<T> | Iterable<T>,
  lengthOf: (item: T) => number,
): AsyncGenerator<T[], void> {
  let batch: T[] = []
  let bytes = 0
  for await (const item of items) {
    if (batch.length > 0 && (bytes + lengthOf(item) > BATCH_BYTES || batch.length === BATCH_PIECES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += lengthOf(item)
  }
  if (batch.length > 0) yield batch
}
