/**
 * Finds files that belong to another user, for example because a command was run as root; docspool cannot read or replace them. To
 * be cheap, it checks a sample: top-level folders, the contents of small ones, and the first waiting and held jobs with their
 * newest records.
 */

import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { parseDelayedName, parseEntryName } from './file-names.ts'
import type { Listing } from './listing.ts'
import { mayWrite, ownerOfSpool } from './owner.ts'
import type { SpoolPaths } from './paths.ts'
import { newestOf } from './sweep-job-folders.ts'

/** Why a file or folder of another user is skipped: the rest of the spool works without it. */
export const DENIED = `permission denied; it is skipped. Run \`${PROGRAM} fsck\` as root: it gives root's files to the owner of the spool, and lists those of other users`

export const isDenied = (error: unknown): boolean => isErrno(error, 'EACCES', 'EPERM')

/** Number of names that are checked in each folder. */
const SAMPLE = 20
const MAX_FOUND = 10

export interface ForeignDeps {
  ready: Listing
  delayed: Listing
}

/**
 * @returns Paths relative to the root of files that the owner of the spool does not own, at most ten. Links are
 *   skipped, because docspool creates none.
 */
export async function listForeign(paths: SpoolPaths, { ready, delayed }: ForeignDeps): Promise<string[]> {
  const owner = ownerOfSpool(paths.root)
  if (owner === undefined) return []
  const waiting = (await namesOf(ready)).slice(0, SAMPLE)
  const late = (await namesOf(delayed)).slice(0, SAMPLE)
  const held = listNames(paths.active).flatMap((worker) => listNames(path.join(paths.active, worker)))
  const entries = [...waiting, ...held].map(parseEntryName)
  const jobs = [...entries, ...late.map((name) => parseDelayedName(name)?.entry)].flatMap((entry) => entry?.jobId ?? [])
  const files = [
    paths.layout,
    ...paths.folders,
    ...[paths.control, paths.workers, paths.journal, paths.active].flatMap((folder) =>
      listNames(folder).map((name) => path.join(folder, name)),
    ),
    ...waiting.map((name) => path.join(paths.ready, name)),
    ...late.map((name) => path.join(paths.delayed, name)),
    ...jobs.slice(0, 3 * SAMPLE).flatMap((jobId) => [paths.job(jobId), ...newestRecord(paths, jobId)]),
  ]
  const foreign = files.filter((file) => (ownerOf(file) ?? owner.uid) !== owner.uid)
  const root = mayWrite(statSync(paths.root), owner) ? [] : [paths.root]
  return [...root, ...new Set(foreign)].slice(0, MAX_FOUND).map((file) => path.relative(paths.root, file) || '.')
}

function newestRecord(paths: SpoolPaths, jobId: string): string[] {
  const rev = newestOf(unlessGone(() => readdirSync(paths.job(jobId))) ?? [])
  return rev === 0 ? [] : [paths.revision(jobId, rev)]
}

const listNames = (folder: string): string[] => (unlessGone(() => readdirSync(folder)) ?? []).slice(0, SAMPLE)

/** None when permission is denied; the folder itself is then reported. */
const namesOf = (listing: Listing): Promise<readonly string[]> =>
  listing.names().catch((error) => {
    if (!isDenied(error)) throw error
    return []
  })

function ownerOf(file: string): number | undefined {
  const found: Stats | undefined = unlessGone(() => lstatSync(file))
  return found?.isFile() || found?.isDirectory() ? found.uid : undefined
}

/** Returns `undefined` also when permission is denied; the folder itself is then reported. */
function unlessGone<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return undefined
    throw error
  }
}
