/**
 * Workers and their leases. A worker renews its row by the database's clock. A process that looks for dead workers measures how
 * long it has observed a row without a renewal, so that no worker is declared dead because of a database outage. On a worker's own
 * machine, the state of its process shows earlier that it is dead.
 */

import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { parseIfJson } from '#base/parse-json.ts'
import { readBootId, readOwnStart, readPidNamespace } from '#base/process.ts'
import type { Database } from '#database/database.ts'
import { type Lease, type Role, WorkerInfo, type Workers } from '#queue/backend.ts'
import { hasExited } from '#queue/worker-process.ts'

/** Number of renewals per lease duration. */
const BEATS = 5
/** After a gap between two observations of this length, earlier observations are discarded. */
const MAX_GAP_MS = 5_000

interface WorkerRow {
  worker: string
  /** `null` for an id that holds entries but is not registered. */
  info: string | null
  beat_ms: number | null
  now_ms: number
}

const LIST = `
  SELECT worker, info, (extract(epoch FROM beat) * 1000)::bigint AS beat_ms,
         (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms
  FROM docspool.workers
  UNION ALL
  SELECT DISTINCT worker, NULL, NULL::bigint, 0::bigint FROM docspool.entries
  WHERE kind = 'held' AND NOT EXISTS (SELECT FROM docspool.workers WHERE workers.worker = entries.worker)`

export interface WorkerRegistry extends Workers {
  /** Register a worker whose lease is not renewed. */
  insert(info: WorkerInfo): Promise<void>
}

export function createWorkers({ run }: Database, leaseMs: number): WorkerRegistry {
  const here = { bootId: readBootId(), pidNamespace: readPidNamespace(), host: hostname() }
  /** The last renewal of each worker and when it was first observed, both by the database's clock. */
  const observed = new Map<string, { beatMs: number; sinceMs: number }>()
  let lastObservedAt = Number.NEGATIVE_INFINITY
  /** Current leases of this process. */
  const own = new Set<string>()
  /** Released leases of this process that could not be removed. */
  const abandoned = new Set<string>()

  async function insert(info: WorkerInfo): Promise<void> {
    await run(
      `INSERT INTO docspool.workers (worker, info, beat) VALUES ($1, $2, clock_timestamp()) ON CONFLICT DO NOTHING`,
      [info.worker, JSON.stringify(info)],
    )
  }

  async function register(role?: Role): Promise<Lease> {
    const worker = `${process.pid}-${readOwnStart() || '0'}-${randomBytes(8).toString('hex')}`
    const lost = new AbortController()
    await insert({ worker, role, pid: process.pid, pidStart: readOwnStart(), ...here })
    own.add(worker)
    let isReleased = false
    const beating = setInterval(() => void beat(), leaseMs / BEATS)
    beating.unref()

    /** A failed renewal does not mean that the lease is lost. */
    async function beat(): Promise<void> {
      const renewed = await run(
        `UPDATE docspool.workers SET beat = clock_timestamp() WHERE worker = $1 RETURNING worker`,
        [worker],
      ).catch(() => undefined)
      if (isReleased || renewed === undefined || renewed.rows.length > 0) return
      clearInterval(beating)
      own.delete(worker)
      lost.abort()
    }

    return {
      worker,
      lost: lost.signal,
      async release() {
        isReleased = true
        clearInterval(beating)
        own.delete(worker)
        if (!(await retire(worker).catch(() => false))) abandoned.add(worker)
      },
    }
  }

  const listDead = async () => (await listAll()).dead

  async function listLive(): Promise<WorkerInfo[]> {
    const { dead, registered } = await listAll()
    const deadIds = new Set(dead.map(({ worker }) => worker))
    return registered.flatMap(({ worker, info, beat_ms, now_ms }) => {
      const isOld = now_ms - (beat_ms ?? 0) > leaseMs
      return info === null || isOld || deadIds.has(worker) ? [] : [parseInfo(worker, info)]
    })
  }

  async function listAll(): Promise<{
    registered: WorkerRow[]
    dead: { worker: string; info: WorkerInfo | undefined }[]
  }> {
    const { rows } = await run<WorkerRow>(LIST)
    const now = performance.now()
    if (now - lastObservedAt > Math.max(MAX_GAP_MS, leaseMs / 2)) observed.clear()
    lastObservedAt = now
    const dead = rows
      .filter(({ worker }) => !own.has(worker))
      .map((row) => ({ row, info: row.info === null ? undefined : parseInfo(row.worker, row.info) }))
      .filter(({ row, info }) => info === undefined || isDead(row, info))
    const listed = new Set(rows.map(({ worker }) => worker))
    for (const worker of observed.keys()) if (!listed.has(worker)) observed.delete(worker)
    return { registered: rows, dead: dead.map(({ row, info }) => ({ worker: row.worker, info })) }
  }

  function isDead({ worker, beat_ms, now_ms }: WorkerRow, info: WorkerInfo): boolean {
    // Without a boot id, machines cannot be distinguished, not even by host name.
    if (abandoned.has(worker) || (info.bootId !== '' && hasExited(info, here))) return true
    const known = observed.get(worker)
    if (known?.beatMs === beat_ms) return now_ms - known.sinceMs > leaseMs
    observed.set(worker, { beatMs: beat_ms ?? 0, sinceMs: now_ms })
    return false
  }

  async function retire(worker: string): Promise<boolean> {
    await run(
      `DELETE FROM docspool.workers WHERE worker = $1
       AND NOT EXISTS (SELECT FROM docspool.entries WHERE kind = 'held' AND worker = $1)`,
      [worker],
    )
    // Checked again, because a claim may have been faster.
    const { rows } = await run<{ holds: boolean; is_there: boolean }>(
      `SELECT EXISTS (SELECT FROM docspool.entries WHERE kind = 'held' AND worker = $1) AS holds,
              EXISTS (SELECT FROM docspool.workers WHERE worker = $1) AS is_there`,
      [worker],
    )
    const isGone = rows[0]?.holds === false && !rows[0].is_there
    if (isGone) abandoned.delete(worker)
    return isGone
  }

  async function isRegistered(worker: string): Promise<boolean> {
    return (await run('SELECT FROM docspool.workers WHERE worker = $1', [worker])).rows.length > 0
  }

  return { register, insert, isRegistered, listLive, listDead, retire }
}

/** Parses a row. For a damaged one, returns an info without a process, so that only the lease counts. */
function parseInfo(worker: string, text: string): WorkerInfo {
  const unknown = { worker, pid: 0, pidStart: '', bootId: '', pidNamespace: '', host: '' }
  return WorkerInfo.safeParse(parseIfJson(text)).data ?? unknown
}
