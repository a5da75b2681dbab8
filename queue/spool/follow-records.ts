/**
 * Records of followed repositories: `follows/<id>/r000007.json`, immutable numbered files like those of jobs; the highest number
 * is current. They are few and rarely change, so each is synced separately, without the journal.
 */

import { link, mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import { readPlain, writeNewFile } from '#base/files.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { FOLLOW_VERSION, type Follow, StoredFollow } from '#queue/follows/follow-record.ts'
import type { FollowStore } from '#queue/follows/follow-store.ts'
import { isFollowId, parseRevisionName } from './file-names.ts'
import type { GroupSync } from './group-sync.ts'
import { noneIfGone, readStamp } from './listing.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { refuseNewer } from './record-file.ts'
import { newestOf, sweepFollowFolder, unlessExists } from './sweep-job-folders.ts'
import { temporaryPath } from './temporary-files.ts'

/** Older revisions are removed; see `linkRevision` of `revision-files.ts` for why that is safe. */
const KEPT_REVISIONS = 8
const READ_TRIES = 20
const MAX_CACHED = 4_096

export interface FollowRecords extends FollowStore {
  /** Write a revision. @returns false when its number is taken. */
  append(next: StoredFollow): Promise<boolean>
  /** Remove the folder if the repository has not been followed for a day. @returns Whether it was removed. */
  sweep(id: string, now: number): Promise<boolean>
}

export interface FollowRecordDeps {
  sync: GroupSync
  quarantine: Quarantine
  isReading: boolean
}

export function createFollowRecords(
  paths: SpoolPaths,
  { sync, quarantine, isReading }: FollowRecordDeps,
): FollowRecords {
  const cached = new LRUCache<string, { stamp: string; stored: StoredFollow }>({ max: MAX_CACHED })

  /** The newest revision, cached until the folder changes. */
  async function readNewest(id: string): Promise<StoredFollow | undefined> {
    const skipped = new Set<number>()
    for (let tries = 0; tries < READ_TRIES; tries++) {
      const found = readStamp(paths.follow(id))
      const known = cached.get(id)
      if (found !== undefined && known?.stamp === found.stamp) return known.stored
      const names = await readdir(paths.follow(id)).catch(noneIfGone)
      const rev = newestOf(names.filter((name) => !skipped.has(parseRevisionName(name) ?? 0)))
      if (rev === 0) return undefined
      const stored = await readRevision(id, rev)
      if (stored === undefined) {
        skipped.add(rev)
        continue
      }
      if (found?.isSettled) cached.set(id, { stamp: found.stamp, stored })
      return stored
    }
    return undefined
  }

  /** @returns `undefined` for a file that no longer exists, or is not a valid revision, which is then quarantined. */
  async function readRevision(id: string, rev: number): Promise<StoredFollow | undefined> {
    const file = paths.followRevision(id, rev)
    let found: { text: string; ino: number } | undefined
    try {
      found = await readPlain(file)
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined
      if (!isErrno(error, 'ELOOP', 'EISDIR')) throw error
    }
    const stored = found === undefined ? undefined : parseFollow(found.text)
    if (stored?.id === id && stored.rev === rev) return stored
    await quarantine(file, 'a record of a followed repository that cannot be read', found?.ino)
    return undefined
  }

  /** Write a revision durably. @returns false when its number is taken. */
  async function append(next: StoredFollow): Promise<boolean> {
    const folder = paths.follow(next.id)
    const temporary = temporaryPath(paths)
    try {
      // Validated, so that a bug cannot write a record that cannot be read back.
      await writeNewFile(temporary, `${JSON.stringify(StoredFollow.parse(next))}\n`)
      failpoint('follow:written')
      await mkdir(folder, { mode: 0o700 }).catch(unlessExists)
      const file = paths.followRevision(next.id, next.rev)
      await link(temporary, file)
      if (newestOf(await readdir(folder)) >= next.rev + KEPT_REVISIONS) {
        await rm(file, { force: true })
        return false
      }
      failpoint('follow:linked')
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false
      throw error
    } finally {
      await rm(temporary, { force: true })
    }
    await Promise.all([sync(folder), ...(next.rev === 1 ? [sync(paths.follows)] : [])])
    for (const name of await readdir(folder)) {
      const old = parseRevisionName(name)
      if (old !== undefined && old <= next.rev - KEPT_REVISIONS) await rm(path.join(folder, name), { force: true })
    }
    return true
  }

  async function write(next: Follow): Promise<Follow | undefined> {
    return (await append(next)) ? next : undefined
  }

  return {
    async read(id) {
      const stored = isFollowId(id) ? await readNewest(id) : undefined
      return stored?.status === 'followed' ? stored : undefined
    },
    async list() {
      const names = await readdir(paths.follows).catch((error) => {
        if (!isReading) throw error
        return noneIfGone(error)
      })
      return names.filter(isFollowId).sort()
    },
    async create(follow) {
      const before = await readNewest(follow.id)
      if (before?.status === 'followed') return undefined
      return await write({ ...follow, rev: (before?.rev ?? 0) + 1 })
    },
    append,
    update: (current, next) => write({ ...next, rev: current.rev + 1 }),
    async sweep(id, now) {
      return await sweepFollowFolder(paths, id, await readNewest(id), now)
    },
    remove: ({ version, id, rev }) => append({ version, id, rev: rev + 1, status: 'removed' }),
  }
}

/** @throws {RecordTooNew} */
export function parseFollow(text: string): StoredFollow | undefined {
  const json = parseIfJson(text)
  const parsed = StoredFollow.safeParse(json)
  if (parsed.success) return parsed.data
  refuseNewer(json, FOLLOW_VERSION)
  return undefined
}
