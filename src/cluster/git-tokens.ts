/**
 * Stores the git tokens of jobs (`X-Git-Token`) in the database, sealed, until the clone is done. Servers on any machine receive
 * them, and supervisors on any machine use them. Unlike the tokens of a spool, they survive a restart of the server.
 */

import { createHash } from 'node:crypto'
import { forLog, type Log } from '#base/log.ts'
import type { Query } from '#database/client-pool.ts'
import type { Database } from '#database/database.ts'
import type { NotKept, TokenKeeper } from '#http/deps.ts'
import { createTokenSeal } from './token-seal.ts'

/** Maximum number of tokens. */
const MAX_TOKENS = 10_000
/** Each client may keep at most one of this many equal shares of all tokens. */
const SHARES = 10
/** A submission takes less time. One that has not finished by then is assumed to have failed with its server. */
const PENDING = `interval '1 minute'`

export interface SealedTokens extends TokenKeeper {
  /** The newest token of a job; `undefined` if there is none, or it cannot be opened. */
  take(jobId: string): Promise<{ token: string; version: number } | undefined>
  /** Remove this version of a job's token and earlier ones. Tokens of later submissions are kept. */
  drop(jobId: string, version: number): Promise<void>
  /** Remove tokens of finished jobs. @returns How many. */
  sweep(): Promise<number>
}

interface TokenRow {
  version: number
  sealed: Buffer
  is_pending: boolean
}

/** Whether the job of a token has not finished. `NOT is_indexed` allows the partial index of open jobs to be used. */
const IS_OPEN = `EXISTS (SELECT FROM docspool.jobs WHERE jobs.job_id = git_tokens.job_id AND NOT is_indexed AND status IN ('queued', 'processing'))`

/** @param key - `DOCSPOOL_SECRET_KEY`. */
export function createSealedTokens(
  { run, transaction }: Database,
  key: Buffer,
  { log, maxTokens = MAX_TOKENS }: { log: Log; maxTokens?: number },
): SealedTokens {
  const seal = createTokenSeal(key)

  async function insert(
    query: Query,
    jobId: string,
    token: string,
    client: Buffer | null,
  ): Promise<{ version: number } | NotKept> {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`git token ${jobId}`])
    const held = await query<TokenRow>(
      `SELECT version, sealed, is_pending AND kept_at > now() - ${PENDING} AS is_pending
       FROM docspool.git_tokens WHERE job_id = $1`,
      [jobId],
    )
    const others = held.filter(({ sealed }) => seal.open(jobId, sealed) !== token)
    if (others.length > 0) {
      // Tokens that cannot be opened with this key are useless.
      const usable = others.filter(({ sealed }) => seal.open(jobId, sealed) !== undefined)
      const isInUse = usable.length > 0 && (usable.some(({ is_pending }) => is_pending) || (await isOpen(query, jobId)))
      if (isInUse) return 'token in use'
      await query('DELETE FROM docspool.git_tokens WHERE job_id = $1 AND version = ANY ($2::bigint[])', [
        jobId,
        others.map(({ version }) => version),
      ])
    }
    if (held.length === others.length && (await isFull(query, client))) return 'too many'
    const [made] = await query<{ version: number }>(
      `INSERT INTO docspool.git_tokens (job_id, sealed, key_id, client) VALUES ($1, $2, $3, $4) RETURNING version`,
      [jobId, seal.seal(jobId, token), seal.keyId, client],
    )
    return { version: made?.version ?? 0 }
  }

  async function isFull(query: Query, client: Buffer | null): Promise<boolean> {
    const [row] = await query<{ all: number; own: number }>(
      `SELECT (SELECT count(*) FROM (SELECT FROM docspool.git_tokens LIMIT $2) AS tokens) AS all,
              (SELECT count(*) FROM docspool.git_tokens WHERE client = $1) AS own`,
      [client, maxTokens],
    )
    const { all, own } = row ?? { all: 0, own: 0 }
    return all >= maxTokens || (client !== null && own >= Math.ceil(maxTokens / SHARES))
  }

  async function settle(jobId: string, version: number, isUsed: boolean): Promise<void> {
    if (!isUsed) {
      await run('DELETE FROM docspool.git_tokens WHERE job_id = $1 AND version = $2', [jobId, version])
      return
    }
    await run(
      `WITH gone AS (DELETE FROM docspool.git_tokens WHERE job_id = $1 AND version < $2)
       UPDATE docspool.git_tokens SET is_pending = false WHERE job_id = $1 AND version = $2`,
      [jobId, version],
    )
  }

  return {
    secretFor: async (address, token) => seal.secretFor(address, token),

    async keep(jobId, token, client) {
      const hash = client === undefined ? null : createHash('sha256').update(client).digest()
      const kept = await transaction((query) => insert(query, jobId, token, hash))
      if (typeof kept === 'string') return kept
      return {
        async settle(isUsed) {
          // If this fails, the token is removed when the job has finished.
          await settle(jobId, kept.version, isUsed).catch((error) =>
            log.warn({ ...forLog(error), job_id: jobId }, 'a git token could not be settled'),
          )
        },
      }
    },

    async take(jobId) {
      const { rows } = await run<{ version: number; sealed: Buffer; key_id: Buffer }>(
        'SELECT version, sealed, key_id FROM docspool.git_tokens WHERE job_id = $1 ORDER BY version DESC LIMIT 1',
        [jobId],
      )
      const [row] = rows
      if (row === undefined) return undefined
      const token = seal.open(jobId, row.sealed)
      if (token !== undefined) return { token, version: row.version }
      const reason = row.key_id.equals(seal.keyId) ? 'it is damaged' : 'DOCSPOOL_SECRET_KEY differs between machines'
      log.error({ job_id: jobId, reason }, 'the git token of a job cannot be opened')
      return undefined
    },

    async drop(jobId, version) {
      await run('DELETE FROM docspool.git_tokens WHERE job_id = $1 AND version <= $2', [jobId, version])
    },

    async sweep() {
      const { rows } = await run(
        `DELETE FROM docspool.git_tokens WHERE kept_at < now() - ${PENDING} AND NOT ${IS_OPEN} RETURNING job_id`,
      )
      return rows.length
    },
  }
}

async function isOpen(query: Query, jobId: string): Promise<boolean> {
  const rows = await query(`SELECT FROM docspool.jobs WHERE job_id = $1 AND status IN ('queued', 'processing')`, [
    jobId,
  ])
  return rows.length > 0
}
