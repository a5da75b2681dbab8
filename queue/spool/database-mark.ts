/**
 * `control/database` marks a machine's folder beside a database. It looks like an empty spool: a program without the setting
 * would answer for no jobs, and remove the work folders of those that run.
 */

import { rm, writeFile } from 'node:fs/promises'
import { AppError, isErrno } from '#base/errors.ts'
import { isDenied } from './foreign-files.ts'
import { SpoolPaths } from './paths.ts'
import { isThere } from './root.ts'

/** Thrown when the jobs of a folder are in a database, and no database is configured. Nothing was written. */
export class SpoolBesideDatabase extends AppError {
  readonly code = 'SPOOL_BESIDE_DATABASE'
  override readonly hint =
    'Set DOCSPOOL_DATABASE_URL as the service does. To use the folder as a spool again, see "Moving" in docs/postgres.md.'

  constructor(folder: string) {
    super(`The jobs of ${folder} are in a database, and DOCSPOOL_DATABASE_URL is not set.`)
  }
}

/** @throws {SpoolBesideDatabase} */
export async function refuseBesideDatabase(folder: string): Promise<void> {
  // Opening the spool reports that `control` cannot be read.
  const isMarked = await isThere(new SpoolPaths(folder).databaseMark).catch((error) => {
    if (!isDenied(error)) throw error
    return false
  })
  if (isMarked) throw new SpoolBesideDatabase(folder)
}

/** The folder must exist with its subfolders. */
export async function markBesideDatabase(folder: string): Promise<void> {
  await writeFile(new SpoolPaths(folder).databaseMark, '', { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (!isErrno(error, 'EEXIST')) throw error
  })
}

export async function unmarkBesideDatabase(folder: string): Promise<void> {
  await rm(new SpoolPaths(folder).databaseMark, { force: true })
}
