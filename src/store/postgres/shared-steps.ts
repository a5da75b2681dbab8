/**
 * The results of individual generation steps in the database (`#store/step-cache.ts`), for the next commit of a repository on any
 * machine. Equal results are stored once; above a size limit, the least recently used ones are removed.
 */

import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Query } from '#database/client-pool.ts'
import type { Database } from '#database/database.ts'
import { hashOf } from './set-pieces.ts'

/** An advisory lock for writers. The number is arbitrary, like those of docspool's other locks. */
const STEPS_LOCK = 7_164_325_131
/** Limit on the compressed size of all results. */
const MAX_BYTES = 4_000_000_000
/** Larger results are not shared between machines. */
export const MAX_STEP_BYTES = 128 * 1_048_576
const PIECE_BYTES = 1_048_576
/** Uses within this time after the last recorded one are not recorded. */
const NOTE_EVERY = `interval '1 hour'`
/** Number of results that are removed at once. */
const TRIM_COUNT = 20

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** The result of a step. */
export interface SharedStep {
  name: string
  /** SHA-256. */
  hash: Buffer
}

export interface SharedSteps {
  /** The results of a scope, without their bodies. Records their use. */
  list(scope: string): Promise<SharedStep[]>
  /** The body of a result. @returns `undefined` when it was removed or is damaged. */
  read(hash: Buffer): Promise<Buffer | undefined>
  /** Write a result, replacing one of the same name. */
  write(scope: string, name: string, body: Uint8Array): Promise<void>
}

export function createSharedSteps({ run, transaction }: Database, maxBytes = MAX_BYTES): SharedSteps {
  return {
    async list(scope) {
      await run(
        `UPDATE docspool.steps SET used_at = clock_timestamp() WHERE scope = $1 AND used_at < now() - ${NOTE_EVERY}`,
        [scope],
      )
      return (await run<SharedStep>('SELECT name, hash FROM docspool.steps WHERE scope = $1', [scope])).rows
    },

    async read(hash) {
      const { rows } = await run<{ body: Buffer }>('SELECT body FROM docspool.step_pieces WHERE hash = $1 ORDER BY n', [
        hash,
      ])
      if (rows.length === 0) return undefined
      try {
        const body = await decompress(Buffer.concat(rows.map((row) => row.body)), { maxOutputLength: MAX_STEP_BYTES })
        return hashOf(body).equals(hash) ? body : undefined
      } catch {
        return undefined
      }
    },

    async write(scope, name, body) {
      const hash = hashOf(body)
      const packed = await compress(body, { level: 1 })
      if (packed.length > maxBytes) return
      await transaction(async (query) => {
        await query('SELECT pg_advisory_xact_lock($1)', [STEPS_LOCK])
        const [before] = await query<{ hash: Buffer }>(
          'SELECT hash FROM docspool.steps WHERE scope = $1 AND name = $2',
          [scope, name],
        )
        await query(
          `INSERT INTO docspool.steps (scope, name, hash) VALUES ($1, $2, $3)
           ON CONFLICT (scope, name) DO UPDATE SET hash = excluded.hash, used_at = clock_timestamp()`,
          [scope, name, hash],
        )
        let bytes = await insertPieces(query, hash, packed)
        if (before !== undefined && !before.hash.equals(hash)) bytes -= await removePieces(query, [before.hash])
        await trim(query, await addToTotal(query, bytes))
      })
    },
  }

  /** Remove the least recently used results until the others fit within the limit. */
  async function trim(query: Query, bytes: number): Promise<void> {
    let total = bytes
    while (total > maxBytes) {
      const gone = await query<{ hash: Buffer }>(
        `DELETE FROM docspool.steps WHERE (scope, name) IN (
           SELECT scope, name FROM docspool.steps ORDER BY used_at LIMIT ${TRIM_COUNT}) RETURNING hash`,
      )
      if (gone.length === 0) return
      const freed = await removePieces(
        query,
        gone.map(({ hash }) => hash),
      )
      total = await addToTotal(query, -freed)
    }
  }
}

/** @returns How many bytes were added. */
async function insertPieces(query: Query, hash: Buffer, packed: Buffer): Promise<number> {
  const present = await query('SELECT FROM docspool.step_pieces WHERE hash = $1 LIMIT 1', [hash])
  if (present.length > 0) return 0
  for (let n = 0; n * PIECE_BYTES < packed.length; n++) {
    await query('INSERT INTO docspool.step_pieces (hash, n, body) VALUES ($1, $2, $3)', [
      hash,
      n,
      packed.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES),
    ])
  }
  return packed.length
}

/** Remove the pieces of results that no step refers to any more. @returns How many bytes were freed. */
async function removePieces(query: Query, hashes: readonly Buffer[]): Promise<number> {
  const gone = await query<{ bytes: number }>(
    `DELETE FROM docspool.step_pieces WHERE hash = ANY ($1::bytea[])
     AND NOT EXISTS (SELECT FROM docspool.steps WHERE steps.hash = step_pieces.hash)
     RETURNING octet_length(body) AS bytes`,
    [hashes],
  )
  return gone.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Add to the recorded total size of all results. @returns The new total. */
async function addToTotal(query: Query, bytes: number): Promise<number> {
  const [row] = await query<{ bytes: number }>(
    `INSERT INTO docspool.step_total AS known (bytes) VALUES ($1)
     ON CONFLICT (only_row) DO UPDATE SET bytes = known.bytes + excluded.bytes RETURNING bytes`,
    [bytes],
  )
  return row?.bytes ?? 0
}
