/** Lists and counts jobs: waiting and held entries, and finished jobs that are marked as indexed. */

import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from '#database/database.ts'
import type { Catalog, ListPosition, PlaceQuery } from '#queue/backend.ts'
import type { Status } from '#queue/contract.ts'
import { submittedMs } from '#queue/job.ts'
import { hasText } from '#queue/name-search.ts'

/** Finished jobs are counted again after this multiple of the time that the last count took. */
const COUNT_REST = 20

/** Whether a record has documents. Quotation marks within its strings are escaped, so this matches only the field. */
const IN_RECORD = `strpos(record, '"docs_key":"') > 0`
const HAS_DOCUMENTS = {
  jobs: IN_RECORD,
  entries: `EXISTS (SELECT FROM docspool.jobs WHERE jobs.job_id = entries.job_id AND ${IN_RECORD})`,
}

type Ended = Pick<Record<Status, number>, 'completed' | 'failed'>

interface PlaceRow {
  job_id: string
  submitted_ms: number
}

/** Time limit of a list or search. */
const LIST_MS = 15_000

/** @param listMs - `LIST_MS` by default. */
export function createCatalog({ run, read }: Database, listMs = LIST_MS): Catalog {
  let counting: Promise<Ended> | undefined
  let ended: { counts: Ended; until: number } | undefined

  /** A page of rows after the cursor. Each part of the union uses its own index and is limited before they are merged. */
  async function listPage(
    query: PlaceQuery,
    cursor: ListPosition | undefined,
    limit: number,
    end: number,
  ): Promise<PlaceRow[]> {
    const { status, repoUrl, nameHas, withPrivate = false, documented = false, before } = query
    const values: unknown[] = []
    const bind = (value: unknown): string => `$${values.push(value)}`
    const isDown = before === undefined
    const order = isDown ? 'submitted_ms DESC, job_id DESC' : 'submitted_ms, job_id'
    const filters: string[] = []
    if (cursor !== undefined) {
      const [ms, id] = [bind(cursor.submittedMs), bind(cursor.jobId)]
      filters.push(`(submitted_ms, job_id) ${isDown ? '<' : '>'} (${ms}::bigint, ${id}::text)`)
    }
    if (!withPrivate) filters.push('is_listed')
    if (repoUrl !== undefined) {
      filters.push(`job_id IN (SELECT job_id FROM docspool.jobs WHERE repo_url = ${bind(repoUrl)})`)
    }
    if (nameHas !== undefined) filters.push(`strpos(lower(job_id), ${bind(nameHas.toLowerCase())}) > 0`)
    const maxRows = bind(limit)
    const part = (table: 'entries' | 'jobs', where: string): string =>
      `(SELECT job_id, submitted_ms FROM docspool.${table}
        WHERE ${[where, ...filters, ...(documented ? [HAS_DOCUMENTS[table]] : [])].join(' AND ')}
        ORDER BY ${order} LIMIT ${maxRows})`
    const parts: string[] = []
    if (status === undefined || status === 'queued') parts.push(part('entries', `kind IN ('ready', 'delayed')`))
    if (status === undefined || status === 'processing') parts.push(part('entries', `kind = 'held'`))
    for (const one of ['completed', 'failed'] as const) {
      if (status === undefined || status === one) parts.push(part('jobs', `is_indexed AND status = '${one}'`))
    }
    return await read<PlaceRow>(
      end,
      `SELECT job_id, submitted_ms FROM (${parts.join(' UNION ')}) AS places ORDER BY ${order} LIMIT ${maxRows}`,
      values,
    )
  }

  async function newest(query: PlaceQuery): Promise<ListPosition[]> {
    const { limit, nameHas } = query
    const text = nameHas?.toLowerCase()
    const found: ListPosition[] = []
    const end = performance.now() + listMs
    let cursor = query.before ?? query.after
    for (;;) {
      const rows = await listPage(query, cursor, limit, end)
      for (const { job_id: jobId, submitted_ms: submittedMs } of rows) {
        cursor = { jobId, submittedMs }
        if (text === undefined || hasText(jobId, text)) found.push(cursor)
        if (found.length === limit) return found
      }
      if (rows.length < limit) return found
      await turn()
    }
  }

  /** The numbers of finished jobs, cached. Concurrent calls share one count. */
  function countEnded(): Promise<Ended> {
    if (ended !== undefined && performance.now() < ended.until) return Promise.resolve(ended.counts)
    counting ??= countAgain().finally(() => {
      counting = undefined
    })
    return counting
  }

  async function countAgain(): Promise<Ended> {
    const start = performance.now()
    const { rows } = await run<{ status: string; jobs: number }>(
      'SELECT status, count(*) AS jobs FROM docspool.jobs WHERE is_indexed GROUP BY status',
    )
    const count = (status: Status): number => rows.find((row) => row.status === status)?.jobs ?? 0
    const counts = { completed: count('completed'), failed: count('failed') }
    const now = performance.now()
    ended = { counts, until: now + (now - start) * COUNT_REST }
    return counts
  }

  return {
    newest,

    // Not needed: the job's row contains its repository.
    async note() {},
    async forget() {},

    /** Does nothing if the job was queued or submitted again in the meantime. */
    async addEnded(job) {
      await run(
        `UPDATE docspool.jobs SET is_indexed = true
         WHERE job_id = $1 AND status = $2 AND submitted_ms = $3 AND NOT is_indexed`,
        [job.job_id, job.status, submittedMs(job)],
      )
    },

    async removeEnded(job) {
      await run(
        `UPDATE docspool.jobs SET is_indexed = false
         WHERE job_id = $1 AND status = $2 AND submitted_ms = $3 AND is_indexed`,
        [job.job_id, job.status, submittedMs(job)],
      )
    },

    async counts() {
      const [{ rows }, ended] = await Promise.all([
        run<{ queued: number; processing: number }>(
          `SELECT count(*) FILTER (WHERE kind <> 'held') AS queued, count(*) FILTER (WHERE kind = 'held') AS processing
           FROM docspool.entries`,
        ),
        countEnded(),
      ])
      return { queued: 0, processing: 0, ...rows[0], ...ended }
    },
  }
}
