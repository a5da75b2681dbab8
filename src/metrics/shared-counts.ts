/**
 * Stores the counts of supervisors for all machines, so that any server can show them. Counts of the last seconds before a
 * `kill -9` are lost.
 */

import { randomUUID } from 'node:crypto'
import type { Registry } from 'prom-client'
import { forLog, type Log } from '#base/log.ts'
import { addUp, Counts, sumOf, toCounts } from './count-format.ts'
import type { JobMetrics } from './job-metrics.ts'

const WRITE_MS = 5_000
/** Counts are written at least this often, so that nobody takes them over. */
const RENEW_MS = 60_000

/** Counts by their owner, a supervisor. */
export interface CountStore {
  /** Take over the counts of a supervisor that has ended, if there is one. @returns Those counts. */
  adopt(owner: string): Promise<string | undefined>
  create(owner: string, counts: string): Promise<void>
  /** @param isLast - Others may take them over from now on. @returns false when another supervisor already has. */
  write(owner: string, counts: string, options: { isLast: boolean }): Promise<boolean>
  /** The counts of all supervisors. */
  list(): Promise<string[]>
}

/** The sums of the counts of all supervisors; 0 while they cannot be read. */
export async function readSharedCounts(store: Pick<CountStore, 'list'>): Promise<Registry> {
  const texts = await store.list().catch(() => [])
  return await addUp(texts.map(parseCounts))
}

/**
 * Store the counts of this process periodically.
 *
 * @returns A function that stops this and stores the counts one last time. Never rejects.
 */
export function keepSharedCounts(
  store: CountStore,
  metrics: JobMetrics,
  { log, everyMs = WRITE_MS }: { log: Log; everyMs?: number },
): () => Promise<void> {
  let owner = randomUUID()
  /** Counts adopted from another supervisor; `undefined` before the first write. */
  let before: Counts | undefined
  let written = ''
  let writtenAt = 0
  let isLogged = false

  async function write(isLast: boolean): Promise<void> {
    if (before === undefined) {
      const adopted = await store.adopt(owner)
      before = adopted === undefined ? [] : parseCounts(adopted)
      if (adopted === undefined) await store.create(owner, '[]')
    }
    const text = JSON.stringify(await sumOf([before, toCounts(await metrics.read())]))
    const now = performance.now()
    if (!isLast && text === written && now - writtenAt < RENEW_MS) return
    if (await store.write(owner, text, { isLast })) {
      written = text
      writtenAt = now
      return
    }
    // Another supervisor took this process for dead and now owns its counts: start again from zero.
    owner = randomUUID()
    before = undefined
    metrics.reset()
  }
  const tryToWrite = (isLast: boolean): Promise<void> =>
    write(isLast).catch((error) => {
      if (!isLogged) log.warn(forLog(error), 'the metrics of jobs cannot be stored')
      isLogged = true
    })

  let last = Promise.resolve()
  const timer = setInterval(() => {
    last = last.then(() => tryToWrite(false))
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await last
    await tryToWrite(true)
  }
}

/** Empty for a damaged text. */
function parseCounts(text: string): Counts {
  try {
    return Counts.safeParse(JSON.parse(text)).data ?? []
  } catch {
    return []
  }
}
