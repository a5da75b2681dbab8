/**
 * Followed repositories, for the server. The record is written before its entry in the schedule; the next check
 * restores a lost entry.
 */

import { isDeepStrictEqual } from 'node:util'
import { failpoint } from '#base/failpoint.ts'
import type { Backend } from '#queue/backend.ts'
import { TooManyFollows } from '#queue/errors.ts'
import { skipUnreadable } from '#queue/unreadable-records.ts'
import {
  changeFollow,
  createFollow,
  type Follow,
  type FollowRequest,
  followIdOf,
  noteWebhook,
} from './follow-record.ts'
import type { FollowDue } from './follow-store.ts'
import { type FollowView, toFollowView } from './follow-view.ts'
import { WEBHOOK_DELAY_MS } from './next-look.ts'

/** A page of the followed repositories. */
export interface FollowPage {
  /** May be fewer than the limit even if there are more. */
  follows: FollowView[]
  /** 32 hex digits; `null` on the last page. */
  next: string | null
}

/** The followed repositories, as the server sees them. */
export interface FollowedRepositories {
  /**
   * Follow a repository, or change which refs are kept, and schedule a check soon. Durable when it resolves.
   *
   * @throws {TooManyFollows}
   */
  put(request: FollowRequest): Promise<{ follow: FollowView; isNew: boolean }>
  /** @param repoUrl - Normalised. */
  read(repoUrl: string): Promise<FollowView | undefined>
  /** All followed repositories, sorted by URL. Reads every record. */
  list(): Promise<FollowView[]>
  /**
   * A page of the followed repositories, which takes bounded time. Pages come in arbitrary order; within a page, follows are sorted
   * by URL.
   *
   * @param after - `next` of the previous page; `null` for the first.
   */
  page(after: string | null, limit: number): Promise<FollowPage>
  /** @returns false when the repository is not followed. */
  remove(repoUrl: string): Promise<boolean>
  /**
   * Schedule a check soon, because a webhook has reported a push. Durable when it resolves.
   *
   * @param delivery - Identifies the delivery; a repetition within a day is ignored.
   */
  requestLook(repoUrl: string, delivery: string): Promise<'requested' | 'repeated' | 'not followed'>
}

/** Several processes may write a record at the same time; in each round, at least one of them succeeds. */
const MAX_ROUNDS = 100

/** @param maxFollows - Maximum number of followed repositories. */
export function createFollowedRepositories(
  backend: Pick<Backend, 'follows' | 'looks' | 'keys'>,
  maxFollows: number,
  clock: () => number,
): FollowedRepositories {
  const { follows, looks, keys } = backend

  async function put(request: FollowRequest): Promise<{ follow: FollowView; isNew: boolean }> {
    const id = followIdOf(request.repoUrl)
    return await inRounds(id, async () => {
      const now = clock()
      const current = await follows.read(id)
      if (current !== undefined && isSame(current, request)) {
        if ((await dueOf(id)) === undefined) await looks.hasten(id, now)
        return { follow: await view(current), isNew: false }
      }
      if (current === undefined && (await count()) >= maxFollows) {
        throw new TooManyFollows(`Too many repositories are followed; the limit is ${maxFollows}.`)
      }
      const written = await (current === undefined
        ? follows.create(createFollow(request, now))
        : follows.update(current, changeFollow(current, request, now)))
      if (written === undefined) return undefined
      failpoint('follow:recorded')
      await looks.hasten(id, now)
      failpoint('follow:due')
      return { follow: await view(written), isNew: current === undefined }
    })
  }

  /** The number of followed repositories. Below the limit, it may include recently removed ones. */
  async function count(): Promise<number> {
    const ids = await follows.list()
    if (ids.length < maxFollows) return ids.length
    return (await readAll(ids)).length
  }

  async function remove(repoUrl: string): Promise<boolean> {
    const id = followIdOf(repoUrl)
    return await inRounds(id, async () => {
      // Entries are read first: if there is no record afterwards, none of them belongs to a repository that is being added.
      const leftOver = await entriesOf(id)
      const current = await follows.read(id)
      if (current !== undefined) {
        if (!(await follows.remove(current))) return undefined
        failpoint('follow:removed')
      }
      for (const item of current === undefined ? leftOver : await entriesOf(id)) await looks.drop(item)
      return current !== undefined
    })
  }

  async function requestLook(repoUrl: string, delivery: string): Promise<'requested' | 'repeated' | 'not followed'> {
    const id = followIdOf(repoUrl)
    if ((await follows.read(id)) === undefined) return 'not followed'
    const mine = { request: 'hook', jobId: '', outcome: null }
    const key = `hook ${id} ${delivery}`
    if ((await keys.take(key, mine)) !== mine) return 'repeated'
    try {
      return await inRounds(id, async () => {
        const now = clock()
        const current = await follows.read(id)
        if (current === undefined) return 'not followed'
        const isAlreadyScheduled =
          now - Date.parse(current.told_at ?? '') < WEBHOOK_DELAY_MS && ((await dueOf(id)) ?? Infinity) > now
        if (!isAlreadyScheduled && (await follows.update(current, noteWebhook(current, now))) === undefined)
          return undefined
        await looks.hasten(id, now + WEBHOOK_DELAY_MS)
        return 'requested'
      })
    } catch (error) {
      // If this fails, too, a repetition is ignored until the key expires; the next scheduled check finds the push.
      await keys.release(key, mine).catch(() => undefined)
      throw error
    }
  }

  async function entriesOf(id: string): Promise<FollowDue[]> {
    return (await looks.list()).filter((item) => item.id === id)
  }

  /** When the next check is due. */
  const dueOf = async (id: string): Promise<number | undefined> => (await entriesOf(id))[0]?.dueMs

  const view = async (follow: Follow): Promise<FollowView> => toFollowView(follow, await dueOf(follow.id))

  async function readAll(ids: readonly string[]): Promise<Follow[]> {
    const found = await Promise.all(ids.map((id) => follows.read(id).catch(skipUnreadable)))
    return found.filter((follow) => follow !== undefined)
  }

  /** Sorted by URL. */
  async function views(ids: readonly string[]): Promise<FollowView[]> {
    const due = firstDue(await looks.list())
    const all = await readAll(ids)
    all.sort((a, b) => (a.repo_url < b.repo_url ? -1 : 1))
    return all.map((follow) => toFollowView(follow, due.get(follow.id)))
  }

  return {
    put,
    remove,
    requestLook,
    async read(repoUrl) {
      const follow = await follows.read(followIdOf(repoUrl))
      return follow === undefined ? undefined : await view(follow)
    },
    list: async () => views(await follows.list()),

    async page(after, limit) {
      const ids = (await follows.list()).sort()
      const rest = after === null ? ids : ids.filter((id) => id > after)
      const shown = rest.slice(0, limit)
      return { follows: await views(shown), next: rest.length > limit ? (shown.at(-1) ?? null) : null }
    },
  }
}

/** @param step - Returns `undefined` when another process wrote the record first. */
async function inRounds<T>(id: string, step: () => Promise<T | undefined>): Promise<T> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const value = await step()
    if (value !== undefined) return value
  }
  throw new Error(`The record of the follow ${id} changed during each of ${MAX_ROUNDS} attempts.`)
}

const isSame = (follow: Follow, { wish, everyMinutes }: FollowRequest): boolean =>
  follow.every_minutes === everyMinutes && isDeepStrictEqual(follow.wish, wish)

/** The earliest due time of each follow, keyed by id. @param items - Sorted by due time. */
function firstDue(items: readonly FollowDue[]): Map<string, number> {
  const due = new Map<string, number>()
  for (const { id, dueMs } of items) if (!due.has(id)) due.set(id, dueMs)
  return due
}
