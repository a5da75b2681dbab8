/** Opens the storage of the queue: a spool, or a database, which is loaded only then. */

import { AppError } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import type { Backend } from './backend.ts'
import { refuseBesideDatabase } from './spool/database-mark.ts'
import { openSpool, type SpoolOptions } from './spool/open-spool.ts'
import type { Transfer } from './transfer.ts'

/** The folder of a spool, absolute; or the URL of a database. */
export type StoragePlace = string | { databaseUrl: string }

/** The place that is configured. */
export const placeOf = ({ spoolDir, databaseUrl }: { spoolDir: string; databaseUrl: string | null }): StoragePlace =>
  databaseUrl === null ? spoolDir : { databaseUrl }

/** Thrown when only a part of what is to be moved here has been moved. */
export class MoveUnfinished extends AppError {
  readonly code = 'MOVE_UNFINISHED'
  override readonly hint = `Run \`${PROGRAM} move\` again as before; it continues.`
}

/**
 * @throws {SpoolBesideDatabase} The jobs of the folder are in a database.
 * @throws {MoveUnfinished} @throws What `openSpool` or `openPostgres` throws.
 */
export async function openStorage(place: StoragePlace, options: SpoolOptions): Promise<Backend> {
  if (typeof place === 'string') await refuseBesideDatabase(place)
  return await openWhole(place, options)
}

/** For the source of a move, which may also be a spool that was used beside a database since. @throws {MoveUnfinished} */
export async function openWhole(place: StoragePlace, options: SpoolOptions): Promise<Backend> {
  const backend = await openToMove(place, options)
  try {
    const move = await backend.transfer.readMove()
    if (move?.isFinished !== false) return backend
    throw new MoveUnfinished(`Jobs and documents of the ${move.source} have been moved here in part.`)
  } catch (error) {
    await backend.close()
    throw error
  }
}

/** For a move, which also opens what was moved in part. @throws What `openSpool` or `openPostgres` throws. */
export async function openToMove(
  place: StoragePlace,
  options: SpoolOptions,
): Promise<Backend & { transfer: Transfer }> {
  if (typeof place === 'string') return await openSpool(place, options)
  const { openPostgres } = await import('./postgres/open-postgres.ts')
  return await openPostgres(place.databaseUrl, options)
}
