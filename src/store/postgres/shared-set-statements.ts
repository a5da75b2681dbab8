/** The statements that write and remove a set, for one transaction each. */

import type { Query } from '#database/client-pool.ts'
import type { Piece } from './set-pieces.ts'
import type { NewSharedSet } from './shared-sets.ts'

/**
 * An advisory lock, shared for publishing and exclusive for removing. The number is arbitrary, like those of docspool's other
 * locks.
 */
const SETS_LOCK = 7_164_325_119
/** Pieces are sent and read in batches of at most this many bytes and this many pieces. */
const BATCH_BYTES = 4_194_304
const BATCH_PIECES = 500
/** The database's clock in milliseconds since the epoch. */
export const NOW_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

/** @param isMending - Whether pieces in the database that do not match their hash are replaced. */
export async function insertSet(
  query: Query,
  { key, repoUrl, bytes, pieces }: NewSharedSet,
  isMending: boolean,
): Promise<void> {
  await query('SELECT pg_advisory_xact_lock_shared($1)', [SETS_LOCK])
  const made = await query(
    `INSERT INTO docspool.sets (key, repo_url, bytes, used_ms) VALUES ($1, $2, $3, ${NOW_MS})
     ON CONFLICT DO NOTHING RETURNING key`,
    [key, repoUrl, bytes],
  )
  if (made.length === 0) return
  for await (const batch of batchesOf(pieces())) await insertPieces(query, key, batch, isMending)
}

async function insertPieces(query: Query, key: string, batch: readonly Piece[], isMending: boolean): Promise<void> {
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

/** Remove a set unless it was used after `usedMs`. @returns Whether it is gone. */
export async function deleteSet(query: Query, key: string, usedMs: number): Promise<boolean> {
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
}

/** Groups items into batches of limited total length and number. */
export async function* batchesOf<T extends { length: number }>(
  items: AsyncIterable<T> | Iterable<T>,
): AsyncGenerator<T[], void> {
  let batch: T[] = []
  let bytes = 0
  for await (const item of items) {
    if (batch.length > 0 && (bytes + item.length > BATCH_BYTES || batch.length === BATCH_PIECES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += item.length
  }
  if (batch.length > 0) yield batch
}
