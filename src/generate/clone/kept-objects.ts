/**
 * Git objects of a followed repository, kept between jobs so that its versions share one download:
 *
 * - `objects/pack/pack-….pack` and `.idx`: packs as received, never changed.
 * - `commits/<commit>`: lists the packs that together contain the whole tree of a commit. Written after the packs; its
 *   modification time is the time of its last use.
 * - `lock`: names the process that is downloading, so that others wait for it. Correctness does not depend on it.
 *
 * A job fetches into its own repository, which borrows these objects, and then adds the packs that it has received.
 * Shared files never change, and missing or damaged ones are fetched again. `tidy-kept-objects.ts` removes those that are not needed.
 */

import { copyFile, link, lstat, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { makeFolders, temporaryName } from '#base/files.ts'
import { isOwnerGone, ownerName, parseOwner } from '#base/owner.ts'

/** The maximum number of packs for a commit. If it would need more, it is fetched from scratch, as one pack. */
const MAX_PACKS = 24
const LOCK_POLL_MS = 100
/** Time to wait for another process before its lock is ignored. */
const LOCK_WAIT_MS = 120_000
export const PACK = /^pack-[0-9a-f]{40}\.(?:pack|idx)$/
export const COMMIT = /^[0-9a-f]{40}$/

/** The content of a commit's file. */
export const Packs = z.array(z.string().regex(/^pack-[0-9a-f]{40}$/)).max(MAX_PACKS)

export interface KeptObjects {
  /** The `objects` folder, for `info/alternates`. */
  readonly objects: string
  /** Commits whose trees are complete. */
  list(): Promise<ReadonlySet<string>>
  /** Update the time of a commit's last use. */
  use(commit: string): Promise<void>
  /** Choose commits for a fetch to build on: the most recently used ones that need few packs together. */
  chooseBase(commits: ReadonlySet<string>): Promise<string[]>
  /**
   * Add the packs of a repository.
   *
   * @param from - Its `objects` folder.
   * @param commit - The fetched commit.
   * @param base - The commits that the fetch built on.
   */
  add(from: string, commit: string, base: readonly string[]): Promise<void>
  /** Run a step while no other process is downloading, or anyway after a limited wait. */
  alone<T>(signal: AbortSignal, step: () => Promise<T>): Promise<T>
}

/**
 * @param folder - Absolute; created when needed.
 * @param maxBytes - Nothing is added if the packs of this repository would exceed this size together.
 */
export function openKeptObjects(folder: string, maxBytes: number): KeptObjects {
  const objects = path.join(folder, 'objects')
  const packs = path.join(objects, 'pack')
  const commits = path.join(folder, 'commits')
  const lock = path.join(folder, 'lock')

  /** `undefined` if the commit is not complete. */
  async function packsOf(commit: string): Promise<string[] | undefined> {
    try {
      const names = Packs.parse(JSON.parse(await readFile(path.join(commits, commit), 'utf8')))
      for (const name of names) for (const end of ['.pack', '.idx']) await lstat(path.join(packs, name + end))
      return names
    } catch {
      return undefined
    }
  }

  async function put(file: string, fill: (temporary: string) => Promise<void>): Promise<void> {
    const temporary = path.join(path.dirname(file), temporaryName())
    try {
      await fill(temporary)
      await rename(temporary, file)
    } finally {
      await rm(temporary, { force: true })
    }
  }

  return {
    objects,

    async list() {
      const names = (await readdir(commits).catch(() => [])).filter((name) => COMMIT.test(name))
      const found = await Promise.all(names.map(packsOf))
      return new Set(names.filter((_, index) => found[index] !== undefined))
    },

    async use(commit) {
      const now = new Date()
      await utimes(path.join(commits, commit), now, now).catch(() => undefined)
    },

    async chooseBase(of) {
      const used = await Promise.all(
        [...of].map(async (commit) => ({
          commit,
          at: (await lstat(path.join(commits, commit)).catch(() => undefined))?.mtimeMs ?? 0,
          packs: (await packsOf(commit)) ?? [],
        })),
      )
      used.sort((a, b) => b.at - a.at)
      let needed: ReadonlySet<string> = new Set()
      const base: string[] = []
      for (const { commit, packs } of used) {
        const more = new Set([...needed, ...packs])
        if (more.size >= MAX_PACKS) continue
        needed = more
        base.push(commit)
      }
      return base
    },

    async add(from, commit, base) {
      const names = (await readdir(path.join(from, 'pack'))).filter((name) => PACK.test(name))
      const sizes = await Promise.all(names.map((name) => lstat(path.join(from, 'pack', name))))
      const bytes = sizes.reduce((sum, { size }) => sum + size, 0)
      if (bytes + (await sizeOf(packs)) > maxBytes) return
      makeFolders(packs)
      makeFolders(commits)
      for (const name of names) {
        const source = path.join(from, 'pack', name)
        await put(path.join(packs, name), (temporary) =>
          link(source, temporary).catch(() => copyFile(source, temporary)),
        )
      }
      const own = names.filter((name) => name.endsWith('.pack')).map((name) => name.slice(0, -'.pack'.length))
      const borrowed = (await Promise.all(base.map(packsOf))).flatMap((packs) => packs ?? [])
      const text = JSON.stringify([...new Set([...borrowed, ...own])])
      await put(path.join(commits, commit), (temporary) => writeFile(temporary, text, { mode: 0o600, flag: 'wx' }))
    },

    async alone(signal, step) {
      makeFolders(folder)
      const end = performance.now() + LOCK_WAIT_MS
      let isOurs = await take(lock)
      while (!isOurs && performance.now() < end && !signal.aborted) {
        await pause(LOCK_POLL_MS)
        isOurs = await take(lock)
      }
      try {
        return await step()
      } finally {
        if (isOurs) await rm(lock, { force: true })
      }
    },
  }
}

/** The bytes of all files in a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(names.map((name) => lstat(path.join(folder, name)).catch(() => undefined)))
  return found.reduce((sum, stat) => sum + (stat?.size ?? 0), 0)
}

/** @returns Whether this process has acquired the lock. The lock of a process that has exited is taken over. */
async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, ownerName(), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
  const [text, found] = await Promise.all([readFile(lock, 'utf8').catch(() => ''), lstat(lock).catch(() => undefined)])
  const owner = parseOwner(text)
  const isGone = owner !== undefined && isOwnerGone(owner) === true
  if (found !== undefined && (isGone || Date.now() - found.mtimeMs > LOCK_WAIT_MS)) await rm(lock, { force: true })
  return false
}
