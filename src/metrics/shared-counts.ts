/**
 * Keeps the counts of supervisors in the spool (`stored-counts.ts`) or a database, so that any server can show them. After a
 * `kill -9`, the counts of the last few seconds are lost.
 */

import { randomUUID } from 'node:crypto'
import { Registry } from 'prom-client'
import { parseIfJson } from '#base/parse-json.ts'
import { addUp, Counts, sumOf, toCounts } from './count-format.ts'
import type { JobMetrics } from './job-metrics.ts'
import { type WriteOptions, writePeriodically } from './write-periodically.ts'

/** Counts are written at least this often, so that no other supervisor considers them abandoned. */
const RENEW_MS = 60_000

/** Stores the counts of each supervisor as text, keyed by an owner id that the supervisor chooses. */
export interface CountStore {
  /** Take over the counts of a supervisor that has exited, if there is one. @returns Those counts. */
  adopt(owner: string): Promise<string | undefined>
  create(owner: string, counts: string): Promise<void>
  /** @param isLast - Others may take the counts over from now on. @returns false when another supervisor already has. */
  write(owner: string, counts: string, options: { isLast: boolean }): Promise<boolean>
  /** The counts of all supervisors. */
  list(): Promise<string[]>
}

/**
 * The sums of the counts of all supervisors. While they cannot be read, the registry is empty, because Prometheus would treat
 * counters of 0 as a restart.
 */
export async function readSharedCounts(store: Pick<CountStore, 'list'>): Promise<Registry> {
  const texts = await store.list().catch(() => undefined)
  return texts === undefined ? new Registry() : await addUp(texts.map(parseCounts))
}

/**
 * Store the counts of this process periodically.
 *
 * @returns A function that stops this and stores the counts one last time. Never rejects.
 */
export function keepSharedCounts(store: CountStore, metrics: JobMetrics, options: WriteOptions): () => Promise<void> {
  let owner = randomUUID()
  /** Counts adopted from another supervisor; `undefined` before the first write. */
  let before: Counts | undefined
  let written = ''
  let writtenAt = 0

  async function write(isLast: boolean): Promise<void> {
    if (before === undefined) {
      const adopted = await store.adopt(owner)
      if (adopted === undefined) await store.create(owner, '[]')
      before = adopted === undefined ? [] : parseCounts(adopted)
    }
    const text = JSON.stringify(await sumOf([before, toCounts(await metrics.read())]))
    const now = performance.now()
    if (!isLast && text === written && now - writtenAt < RENEW_MS) return
    if (await store.write(owner, text, { isLast })) {
      written = text
      writtenAt = now
      return
    }
    // Another supervisor assumed that this process had died and now owns its counts: start again from zero.
    owner = randomUUID()
    before = undefined
    metrics.reset()
  }
  return writePeriodically(write, options)
}

/** Returns no counts if the text is invalid. */
const parseCounts = (text: string): Counts => Counts.safeParse(parseIfJson(text)).data ?? []
