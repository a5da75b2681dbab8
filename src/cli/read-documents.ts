/** Reads every set of documents against its hashes, one after the other. */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import type { SetStore } from '#store/sets.ts'
import { openDatabaseSets } from '#worker/configured-sets.ts'

export interface DamagedDocuments {
  key: string
  /** What is damaged, and where the set is now. */
  reason: string
  /** Ids of the completed jobs whose documents these are. */
  jobs: string[]
}

export interface ReadDocuments {
  /** Number of sets that were read. */
  checked: number
  damaged: DamagedDocuments[]
}

/**
 * Damaged sets of a spool are set aside. Those of a database stay: a job that makes them again replaces them.
 *
 * @param sets - The sets of the spool.
 */
export async function readDocuments(config: Config, sets: SetStore, log: Log): Promise<ReadDocuments> {
  const inDatabase = await openDatabaseSets(config, log)
  try {
    const read: ReadDocuments = { checked: 0, damaged: [] }
    for (const key of await (inDatabase?.shared ?? sets).list()) {
      const reason =
        inDatabase === undefined ? (await sets.check(key))?.message : await damageInDatabase(inDatabase.shared, key)
      read.checked += 1
      if (reason !== undefined) read.damaged.push({ key, reason, jobs: [] })
    }
    return read
  } finally {
    await inDatabase?.close()
  }
}

async function damageInDatabase(
  shared: { isDamaged(key: string): Promise<boolean> },
  key: string,
): Promise<string | undefined> {
  return (await shared.isDamaged(key)) ? 'A piece of the set in the database is damaged.' : undefined
}
