/**
 * Finds files that belong to another user, for example because a command was run as root; docspool cannot read or replace them. To
 * be cheap, it checks a sample: top-level folders, the contents of small ones, and the first waiting and held jobs with their
 * newest records.
 */

import { lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import type { Listing } from './listing.ts'
import { parseDelayedName, parseEntryName, type SpoolPaths } from './paths.ts'
import { newestOf } from './sweep-job-folders.ts'

/** Number of names that are checked in each folder. */
const SAMPLE = 20
const MAX_FOUND = 10

export interface ForeignDeps {
  ready: Listing
  delayed: Listing
}

/** @returns Paths relative to the root of files that the owner of `LAYOUT` does not own, at most ten. */
export async function listForeign(paths: SpoolPaths, { ready, delayed }: ForeignDeps): Promise<string[]> {
  const owner = lstatSync(paths.layout).uid
  const waiting = (await ready.names()).slice(0, SAMPLE)
  const late = (await delayed.names()).slice(0, SAMPLE)
  const held = listNames(paths.active).flatMap((worker) => listNames(path.join(paths.active, worker)))
  const entries = [...waiting, ...held].map(parseEntryName)
  const jobs = [...entries, ...late.map((name) => parseDelayedName(name)?.entry)].flatMap((entry) => entry?.jobId ?? [])
  const files = [
    ...paths.folders,
    ...[paths.control, paths.workers, paths.journal, paths.active].flatMap((folder) =>
      listNames(folder).map((name) => path.join(folder, name)),
    ),
    ...waiting.map((name) => path.join(paths.ready, name)),
    ...late.map((name) => path.join(paths.delayed, name)),
    ...jobs.slice(0, 3 * SAMPLE).flatMap((jobId) => [paths.job(jobId), ...newestRecord(paths, jobId)]),
  ]
  const foreign = files.filter((file) => (ownerOf(file) ?? owner) !== owner)
  return [...new Set(foreign)].slice(0, MAX_FOUND).map((file) => path.relative(paths.root, file))
}

function newestRecord(paths: SpoolPaths, jobId: string): string[] {
  const rev = newestOf(unlessGone(() => readdirSync(paths.job(jobId))) ?? [])
  return rev === 0 ? [] : [paths.revision(jobId, rev)]
}

const listNames = (folder: string): string[] => (unlessGone(() => readdirSync(folder)) ?? []).slice(0, SAMPLE)

const ownerOf = (file: string): number | undefined => unlessGone(() => lstatSync(file))?.uid

/** Returns `undefined` also when permission is denied; the folder itself is then reported. */
function unlessGone<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return undefined
    throw error
  }
}
