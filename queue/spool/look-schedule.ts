/**
 * The schedule of checks of followed repositories, as empty files `looks/<due>-<id>`. A check is claimed by renaming its file, which
 * only one process can do. Changes are synced, so that no check is lost in a power failure.
 */

import { rename, rm } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import type { FollowDue, FollowSchedule } from '#queue/follows/follow-store.ts'
import { lookName, parseLookName } from './file-names.ts'
import type { GroupSync } from './group-sync.ts'
import type { Listing } from './listing.ts'
import type { SpoolPaths } from './paths.ts'
import { touch } from './work-queue.ts'

const MAX_TRIES = 10

export interface LookScheduleDeps {
  listing: Listing
  sync: GroupSync
}

export function createLookSchedule(paths: SpoolPaths, { listing, sync }: LookScheduleDeps): FollowSchedule {
  const fileOf = (name: string): string => `${paths.looks}/${name}`

  async function list(): Promise<FollowDue[]> {
    return (await listing.names()).flatMap((name) => parseLookName(name) ?? [])
  }

  async function move(item: FollowDue, dueMs: number): Promise<FollowDue | undefined> {
    const [from, to] = [lookName(item), lookName({ ...item, dueMs })]
    const moved = { ...item, dueMs: Math.trunc(dueMs) }
    if (from === to) return moved
    listing.remove(from)
    try {
      await rename(fileOf(from), fileOf(to))
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined
      listing.add(from)
      throw error
    }
    listing.add(to)
    await sync(paths.looks)
    return moved
  }

  return {
    list,
    move,
    async hasten(id, dueMs) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const known = (await list()).find((item) => item.id === id)
        if (known === undefined) break
        if (known.dueMs <= dueMs) return await sync(paths.looks)
        if ((await move(known, dueMs)) !== undefined) return
      }
      const name = lookName({ id, dueMs })
      await touch(fileOf(name))
      listing.add(name)
      await sync(paths.looks)
    },
    async drop(item) {
      const name = lookName(item)
      await rm(fileOf(name), { force: true })
      listing.remove(name)
    },
  }
}
