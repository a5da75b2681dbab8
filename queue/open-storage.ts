/** Opens the storage of the queue: a spool, or a database, which is loaded only then. */

import type { Backend } from './backend.ts'
import { openSpool, type SpoolOptions } from './spool/open-spool.ts'

/** The folder of a spool, absolute; or the URL of a database. */
export type StoragePlace = string | { databaseUrl: string }

/** The place that is configured. */
export const placeOf = ({ spoolDir, databaseUrl }: { spoolDir: string; databaseUrl: string | null }): StoragePlace =>
  databaseUrl === null ? spoolDir : { databaseUrl }

/** @throws What `openSpool` or `openPostgres` throws. */
export async function openStorage(place: StoragePlace, options: SpoolOptions): Promise<Backend> {
  if (typeof place === 'string') return await openSpool(place, options)
  const { openPostgres } = await import('./postgres/open-postgres.ts')
  return await openPostgres(place.databaseUrl, options)
}
