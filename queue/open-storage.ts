/** Opens the storage of the queue: a spool, or a database. Database code is loaded only if it is needed. */

import { AppError } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import type { Backend } from './backend.ts'
import { LEASE_MS } from './lease.ts'
import { refuseBesideDatabase } from './spool/database-mark.ts'
import { openSpool, type SpoolOptions } from './spool/open-spool.ts'
import { toSpoolError } from './to-spool-error.ts'
import type { Transfer } from './transfer.ts'

/** The absolute path of a spool, or the URL of a database. */
export type StoragePlace = string | { databaseUrl: string }

/** The configured storage. */
export const placeOf = ({ spoolDir, databaseUrl }: { spoolDir: string; databaseUrl: string | null }): StoragePlace =>
  databaseUrl === null ? spoolDir : { databaseUrl }

/** Thrown when a move to this storage has not been finished. */
export class MoveUnfinished extends AppError {
  readonly code = 'MOVE_UNFINISHED'
  override readonly hint = `Run the same \`${PROGRAM} move\` again; it continues where it stopped.`
}

/**
 * @throws {SpoolBesideDatabase} The jobs of the folder are in a database.
 * @throws {MoveUnfinished} An earlier move to it is unfinished.
 * @throws The errors of `openSpool` or `openPostgres`.
 */
export async function openStorage(place: StoragePlace, options: SpoolOptions): Promise<Backend> {
  if (typeof place === 'string') await refuseBesideDatabase(place)
  return await openWhole(place, options)
}

/** For the source of a move, which may also be a spool now marked as the folder of a database's machine. @throws {MoveUnfinished} */
export async function openWhole(place: StoragePlace, options: SpoolOptions): Promise<Backend> {
  const backend = await openToMove(place, options)
  try {
    const move = await backend.transfer.readMove()
    if (move?.isFinished !== false) return backend
    throw new MoveUnfinished(`Jobs and documents of the ${move.source} have been moved here only in part.`)
  } catch (error) {
    await backend.close()
    throw error
  }
}

/**
 * Open a storage for a move, even if an earlier move to it is unfinished.
 *
 * @throws The errors of `openSpool` or `openPostgres`.
 */
export async function openToMove(
  place: StoragePlace,
  options: SpoolOptions,
): Promise<Backend & { transfer: Transfer }> {
  if (typeof place === 'string') return await openSpool(place, options)
  const { openPostgres } = await loadDatabaseQueue()
  return await openPostgres(place.databaseUrl, options)
}

/**
 * Open an existing storage, run a step with it, and close it.
 *
 * @throws The errors of `openStorage` and of the step, converted by `toSpoolError`.
 */
export async function withStorage<T>(
  place: StoragePlace,
  options: Omit<SpoolOptions, 'leaseMs' | 'expect'>,
  step: (backend: Backend) => Promise<T>,
): Promise<T> {
  try {
    const backend = await openStorage(place, { ...options, leaseMs: LEASE_MS, expect: true })
    return await step(backend).finally(() => backend.close())
  } catch (error) {
    throw toSpoolError(error)
  }
}

export const loadDatabaseQueue = () => import('./postgres/open-postgres.ts')
