/**
 * `control/database` marks the folder of a machine that uses a database. Without the mark, a program that lacks the setting would
 * take it for an empty spool: it would find no jobs, and remove the work folders of running ones.
 */

import { readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError, isErrno } from '#base/errors.ts'
import { exists } from '#base/files.ts'
import { PROGRAM } from '#base/program.ts'
import { isFollowId, isShard } from './file-names.ts'
import { isDenied } from './foreign-files.ts'
import { SpoolPaths } from './paths.ts'

/** Thrown when the jobs of a folder are in a database, and no database is configured. Nothing was written. */
export class SpoolBesideDatabase extends AppError {
  readonly code = 'SPOOL_BESIDE_DATABASE'
  override readonly hint =
    'Set DOCSPOOL_DATABASE_URL as the service does. To use the folder as a spool again, see "Moving" in docs/postgres.md.'

  constructor(folder: string) {
    super(`The jobs of ${folder} are in a database, and DOCSPOOL_DATABASE_URL is not set.`)
  }
}

/** Thrown when a database is configured for a spool in use, whose jobs would then be invisible. The folder was not marked. */
export class FolderHasJobs extends AppError {
  readonly code = 'FOLDER_HAS_JOBS'
  override readonly hint =
    `Move them with \`${PROGRAM} move\` (see "Moving" in docs/postgres.md), or give this machine a folder of its own with DOCSPOOL_SPOOL_DIR.`

  constructor(folder: string) {
    super(`The spool ${folder} has jobs of its own, which are not in the database.`)
  }
}

/** Whether a folder has records of jobs or of followed repositories. */
export async function hasRecords(folder: string): Promise<boolean> {
  const { jobs, follows } = new SpoolPaths(folder)
  for (const shard of await readdir(jobs)) {
    if (isShard(shard) && (await readdir(path.join(jobs, shard))).length > 0) return true
  }
  return (await readdir(follows)).some(isFollowId)
}

export const isBesideDatabase = (folder: string): Promise<boolean> => exists(new SpoolPaths(folder).databaseMark)

/** @throws {SpoolBesideDatabase} */
export async function refuseBesideDatabase(folder: string): Promise<void> {
  // Opening the spool reports that `control` cannot be read.
  const isMarked = await exists(new SpoolPaths(folder).databaseMark).catch((error) => {
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
