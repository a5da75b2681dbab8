/** Idempotency keys. */

import { createHash, randomUUID } from 'node:crypto'
import type { Database } from '#database/database.ts'
import { KeyRecord, type KeyStore } from '#queue/backend.ts'
import { RecordUnreadable } from '#queue/errors.ts'

export interface SweptKeys extends KeyStore {
  /** Delete keys that are older than a day. @returns How many. */
  sweep(): Promise<number>
}

export function createKeyStore({ run }: Database): SweptKeys {
  /** Keys are hashed because they may have any length and contain any characters. */
  const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest()

  async function read(key: string): Promise<{ record: KeyRecord; token: string } | undefined> {
    const { rows } = await run<{ record: string; token: string }>(
      'SELECT record, token FROM docspool.keys WHERE key = $1',
      [hashOf(key)],
    )
    const [row] = rows
    return row && { record: parseKey(row.record), token: row.token }
  }

  return {
    async take(key, record) {
      const token = randomUUID()
      for (;;) {
        const { rows } = await run(
          `INSERT INTO docspool.keys (key, record, token) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING token`,
          [hashOf(key), toText(record), token],
        )
        if (rows.length > 0) return record
        const held = await read(key)
        // If the key was released in the meantime, try again.
        if (held !== undefined) return held.token === token ? record : held.record
      }
    },
    async settle(key, record) {
      await run(
        `INSERT INTO docspool.keys (key, record, token) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET record = excluded.record`,
        [hashOf(key), toText(record), randomUUID()],
      )
    },
    async release(key, { request }) {
      const held = await read(key)
      if (held?.record.request !== request || held.record.outcome !== null) return
      await run('DELETE FROM docspool.keys WHERE key = $1 AND record = $2', [hashOf(key), toText(held.record)])
    },
    async sweep() {
      const { rows } = await run(
        `DELETE FROM docspool.keys WHERE taken_at < now() - interval '1 day' RETURNING taken_at`,
      )
      return rows.length
    },
  }
}

export const toText = ({ request, jobId, outcome }: KeyRecord): string => JSON.stringify({ request, jobId, outcome })

/** @throws {RecordUnreadable} */
export function parseKey(text: string): KeyRecord {
  try {
    return KeyRecord.parse(JSON.parse(text))
  } catch (cause) {
    throw new RecordUnreadable('An idempotency key in the database is damaged.', { cause })
  }
}
