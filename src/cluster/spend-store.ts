/**
 * Records what all machines spend on models, by day (UTC) of the database's clock. A reservation counts in full until it is
 * settled or, if its writer has died, until its day is over.
 */

import type { Query } from '#database/client-pool.ts'
import type { Database } from '#database/database.ts'
import type { Figures, SharedSpend, SpendRequest } from '#generate/prose/budget/shared-spend.ts'
import { describeExcess, type Totals } from '#generate/prose/budget/totals.ts'

/** An advisory lock: reservations are made one at a time, so that their sum stays within the limit. The number is arbitrary. */
const RESERVE_LOCK = 7_164_325_129
/** Today's date. Not from `clock_timestamp()`, because an index could not be used then. */
const TODAY = `(now() AT TIME ZONE 'UTC')::date`
/** How long sums are kept. */
const KEEP_DAYS = 400
/** How long reservations and the costs of individual jobs are kept. */
const KEEP_JOB_DAYS = 2

/** The cost of one model on one day. */
export interface SpendDay {
  day: string
  model: string
  calls: number
  /** Always 0: answers from the cache are not recorded in a database. */
  kept: 0
  input_tokens: number
  output_tokens: number
  cost_usd: number
}

export interface SpendStore extends SharedSpend {
  /** The sums of all days, ordered by day and model. */
  readDays(): Promise<SpendDay[]>
  /** Remove rows that are too old to count. @returns How many. */
  sweep(): Promise<number>
}

interface TotalsRow {
  calls: number
  tokens: number
  micro_usd: number
}

/** A query for the sums of settled and reserved costs. @param where - A condition on rows of both tables. */
const totalsQuery = (settled: string, where: string): string => `
  SELECT coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(tokens), 0)::bigint AS tokens,
         coalesce(sum(micro_usd), 0)::bigint AS micro_usd
  FROM (SELECT calls, input_tokens + output_tokens AS tokens, micro_usd FROM docspool.${settled} WHERE ${where}
        UNION ALL
        SELECT 1, input_tokens + output_tokens, micro_usd FROM docspool.spend_reservations WHERE ${where}) AS parts`

/** Adds the actual cost to the day of the reservation and removes the reservation. A second run finds none and does nothing. */
const SETTLE = `
  WITH gone AS (DELETE FROM docspool.spend_reservations WHERE id = $1 RETURNING day, job, model),
  by_day AS (
    INSERT INTO docspool.spend_days AS known (day, model, calls, input_tokens, output_tokens, micro_usd)
    SELECT day, model, $2::bigint, $3::bigint, $4::bigint, $5::bigint FROM gone
    ON CONFLICT (day, model) DO UPDATE
    SET calls = known.calls + excluded.calls, input_tokens = known.input_tokens + excluded.input_tokens,
        output_tokens = known.output_tokens + excluded.output_tokens, micro_usd = known.micro_usd + excluded.micro_usd
  )
  INSERT INTO docspool.spend_jobs AS known (job, day, calls, input_tokens, output_tokens, micro_usd)
  SELECT job, day, $2::bigint, $3::bigint, $4::bigint, $5::bigint FROM gone
  ON CONFLICT (job, day) DO UPDATE
  SET calls = known.calls + excluded.calls, input_tokens = known.input_tokens + excluded.input_tokens,
      output_tokens = known.output_tokens + excluded.output_tokens, micro_usd = known.micro_usd + excluded.micro_usd`

export function createSpendStore({ run, transaction }: Database): SpendStore {
  return {
    reserve: (request) => transaction((query) => reserve(query, request)),

    async settle(id, { calls, inputTokens, outputTokens, microUsd }) {
      await run(SETTLE, [id, calls, inputTokens, outputTokens, microUsd])
    },

    async release(id) {
      await run('DELETE FROM docspool.spend_reservations WHERE id = $1', [id])
    },

    async spent(job): Promise<Figures> {
      const { rows } = await run<Figures>(
        `SELECT coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(input_tokens), 0)::bigint AS "inputTokens",
                coalesce(sum(output_tokens), 0)::bigint AS "outputTokens", coalesce(sum(micro_usd), 0)::bigint AS "microUsd"
         FROM docspool.spend_jobs WHERE job = $1`,
        [job],
      )
      return rows[0] ?? { calls: 0, inputTokens: 0, outputTokens: 0, microUsd: 0 }
    },

    async readDays() {
      const { rows } = await run<Omit<SpendDay, 'kept' | 'cost_usd'> & { micro_usd: number }>(
        `SELECT to_char(day, 'YYYY-MM-DD') AS day, model, calls, input_tokens, output_tokens, micro_usd
         FROM docspool.spend_days ORDER BY spend_days.day, model`,
      )
      return rows.map(({ micro_usd, ...row }) => ({ ...row, kept: 0, cost_usd: micro_usd / 1e6 }))
    },

    async sweep() {
      const retention = [
        ['spend_reservations', KEEP_JOB_DAYS],
        ['spend_jobs', KEEP_JOB_DAYS],
        ['spend_days', KEEP_DAYS],
      ] as const
      let swept = 0
      for (const [table, days] of retention) {
        const { rows } = await run(`DELETE FROM docspool.${table} WHERE day < ${TODAY} - $1::int RETURNING day`, [days])
        swept += rows.length
      }
      return swept
    },
  }
}

/** @returns Why the reservation is refused; `undefined` if it was made. */
async function reserve(query: Query, request: SpendRequest): Promise<string | undefined> {
  const { id, job, model, inputTokens, outputTokens, microUsd } = request
  await query('SELECT pg_advisory_xact_lock($1)', [RESERVE_LOCK])
  const existing = await query('SELECT FROM docspool.spend_reservations WHERE id = $1', [id])
  // An earlier attempt was committed.
  if (existing.length > 0) return undefined
  const more = { calls: 1, tokens: inputTokens + outputTokens, microUsd }
  const ofJob = toTotals(await query<TotalsRow>(totalsQuery('spend_jobs', 'job = $1'), [job]))
  const ofDay = toTotals(await query<TotalsRow>(totalsQuery('spend_days', `day = ${TODAY}`)))
  const refused =
    describeExcess(more, ofJob, request.jobLimit, 'the job') ?? describeExcess(more, ofDay, request.dayLimit, 'the day')
  if (refused !== undefined) return refused
  await query(
    `INSERT INTO docspool.spend_reservations (id, day, job, model, input_tokens, output_tokens, micro_usd)
     VALUES ($1, ${TODAY}, $2, $3, $4, $5, $6)`,
    [id, job, model, inputTokens, outputTokens, microUsd],
  )
  return undefined
}

const toTotals = ([row]: TotalsRow[]): Totals => ({
  calls: row?.calls ?? 0,
  tokens: row?.tokens ?? 0,
  microUsd: row?.micro_usd ?? 0,
})
