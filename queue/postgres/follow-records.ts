/** Records of followed repositories, with compare-and-swap like those of jobs. */

import { randomUUID } from 'node:crypto'
import type { Database } from '#database/database.ts'
import { RecordUnreadable } from '#queue/errors.ts'
import { type Follow, StoredFollow } from '#queue/follows/follow-record.ts'
import type { FollowStore } from '#queue/follows/follow-store.ts'
import { parseFollow } from '#queue/spool/follow-records.ts'

/** The number of write tokens kept in a row; see `records.ts`. */
const KEPT_WRITES = 16

const CREATE = `
  INSERT INTO docspool.follows AS old (id, rev, record, writes) VALUES ($1, 1, $2, ARRAY[$3::uuid])
  ON CONFLICT (id) DO UPDATE SET rev = old.rev + 1, record = $2, removed_at = NULL, writes = ARRAY[$3::uuid]
  WHERE old.record IS NULL
  RETURNING rev`

/** A `null` record removes the follow; the row stays for a day, so that revision numbers continue. */
const UPDATE = `
  UPDATE docspool.follows
  SET rev = rev + 1, record = $3, removed_at = CASE WHEN $3::text IS NULL THEN now() END,
      writes = (array_append(writes, $4::uuid))[greatest(1, cardinality(writes) + 2 - ${KEPT_WRITES}):]
  WHERE id = $1 AND rev = $2 AND record IS NOT NULL
  RETURNING rev`

export interface FollowRecords extends FollowStore {
  /** Delete rows of repositories that were removed at least a day ago. @returns How many. */
  sweep(): Promise<number>
}

export function createFollowRecords({ run }: Database): FollowRecords {
  /** @returns The revision that this call has written. */
  async function swap(text: string, id: string, values: unknown[]): Promise<number | undefined> {
    const token = randomUUID()
    const { rows, isRepeated } = await run<{ rev: number }>(text, [id, ...values, token])
    if (rows[0] !== undefined) return rows[0].rev
    if (!isRepeated) return undefined
    const mine = await run<{ rev: number }>(
      `SELECT rev + array_position(writes, $2::uuid) - cardinality(writes) AS rev
       FROM docspool.follows WHERE id = $1 AND $2::uuid = ANY (writes)`,
      [id, token],
    )
    return mine.rows[0]?.rev
  }

  return {
    async read(id) {
      const { rows } = await run<{ rev: number; record: string }>(
        'SELECT rev, record FROM docspool.follows WHERE id = $1 AND record IS NOT NULL',
        [id],
      )
      const [row] = rows
      if (row === undefined) return undefined
      const stored = parseFollow(row.record)
      if (stored?.status !== 'followed' || stored.id !== id) {
        throw new RecordUnreadable('The record of a followed repository in the database is damaged.')
      }
      return { ...stored, rev: row.rev }
    },
    async list() {
      return (await run<{ id: string }>('SELECT id FROM docspool.follows ORDER BY id')).rows.map(({ id }) => id)
    },
    async create(follow) {
      const rev = await swap(CREATE, follow.id, [toText({ ...follow, rev: 1 })])
      return rev === undefined ? undefined : { ...follow, rev }
    },
    async update(current, next) {
      const rev = await swap(UPDATE, current.id, [current.rev, toText({ ...next, rev: current.rev + 1 })])
      return rev === undefined ? undefined : { ...next, rev }
    },
    async remove({ id, rev }) {
      return (await swap(UPDATE, id, [rev, null])) !== undefined
    },
    async sweep() {
      const { rows } = await run(
        `DELETE FROM docspool.follows WHERE record IS NULL AND removed_at < now() - interval '1 day' RETURNING id`,
      )
      return rows.length
    },
  }
}

/** Validated, so that a bug cannot write a record that cannot be read back. */
export const toText = (follow: Follow): string => JSON.stringify(StoredFollow.parse(follow))
