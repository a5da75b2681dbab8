/**
 * Git objects of a followed repository, kept between jobs so that its versions share one download:
 *
 * - `objects/pack/pack-….pack` and `.idx`: packs as received, never changed.
 * - `commits/<commit>`: lists the packs that together contain the whole tree of a commit. Written after the packs; its
 *   modification time is the time of its last use.
 * - `lock`: names the process that is downloading, so that others wait for it. Correctness does not depend on it.
 *
 * A job fetches into its own repository, which borrows these objects, and then adds the packs that it has received.
 * Shared files never change, and missing or damaged ones are fetched again.
 */

import { copyFile, link, lstat, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName, listToRemove, makeFolders, temporaryName } from '#base/files.ts'
import { isOwnerGone, ownerName, parseOwner } from '#base/owner.ts'

/** The maximum number of packs for a commit. If it would need more, it is fetched from scratch, as one pack. */
const MAX_PACKS = 24
const LOCK_POLL_MS = 100
/** Time to wait for another process before its lock is ignored. */
const LOCK_WAIT_MS = 120_000
const PACK = /^pack-[0-9a-f]{40}\.(?:pack|idx)$/
const COMMIT = /^[0-9a-f]{40}$/
/** The id of a follow. */
const HOME = /^[0-9a-f]{32}$/

const Packs = z.array(z.string().regex(/^pack-[0-9a-f]{40}$/)).max(MAX_PACKS)

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
async function sizeOf(folder: string): Promise<number> {
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

/** The size of all kept objects, and of those removed. */
export interface KeptReport {
  bytes: number
  removedBytes: number
}

/**
 * Remove objects that no followed repository needs and, above the limit, those of the least recently used repositories.
 *
 * @param folder - Contains a folder for each repository, named by the id of its follow.
 * @param readWanted - Reads the commits that a follow needs; `undefined` if the repository is no longer followed.
 * @param graceMs - Objects used within this time are kept, because a job may be reading them.
 */
export async function tidyKeptObjects(
  folder: string,
  { maxBytes, graceMs, now }: { maxBytes: number; graceMs: number; now: number },
  readWanted: (id: string) => Promise<ReadonlySet<string> | undefined>,
): Promise<KeptReport> {
  const rows: { home: string; usedMs: number; bytes: number }[] = []
  let removedBytes = 0
  for (const id of await listToRemove(folder).catch(() => [])) {
    const home = path.join(folder, id)
    if (!HOME.test(id) || !(await isFolder(home))) continue
    const before = await sizeOf(path.join(home, 'objects', 'pack'))
    const wanted = await readWanted(id)
    const usedMs = await tidyOne(home, wanted ?? new Set(), now - graceMs)
    if (wanted === undefined && usedMs < now - graceMs) await rm(home, { recursive: true, force: true })
    const bytes = await sizeOf(path.join(home, 'objects', 'pack'))
    removedBytes += before - bytes
    rows.push({ home, usedMs, bytes })
  }
  let bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
  for (const row of rows.sort((a, b) => a.usedMs - b.usedMs)) {
    if (bytes <= maxBytes || row.usedMs >= now - graceMs) break
    await rm(row.home, { recursive: true, force: true })
    bytes -= row.bytes
    removedBytes += row.bytes
  }
  return { bytes, removedBytes }
}

/** @returns When any object of the repository was last used. */
async function tidyOne(home: string, wanted: ReadonlySet<string>, beforeMs: number): Promise<number> {
  const needed = new Set<string>()
  let usedMs = (await lstat(home).catch(() => undefined))?.mtimeMs ?? 0
  for (const name of await listOf(path.join(home, 'commits'), COMMIT)) {
    const file = path.join(home, 'commits', name)
    const found = await lstat(file).catch(() => undefined)
    if (found === undefined) continue
    if (!wanted.has(name) && found.mtimeMs < beforeMs) {
      await rm(file, { force: true })
      continue
    }
    usedMs = Math.max(usedMs, found.mtimeMs)
    const text = await readFile(file, 'utf8').catch(() => '[]')
    for (const pack of safeParse(text)) needed.add(pack)
  }
  const objects = path.join(home, 'objects')
  const packs = path.join(objects, 'pack')
  for (const name of (await isFolder(objects)) ? await listOf(packs, PACK) : []) {
    const found = await lstat(path.join(packs, name)).catch(() => undefined)
    const isNeeded = needed.has(name.replace(/\.(?:pack|idx)$/, ''))
    // A pack is written before the commits that need it.
    if (found !== undefined && !isNeeded && found.ctimeMs < beforeMs) await rm(path.join(packs, name), { force: true })
  }
  return usedMs
}

/** Names of that form, and of unfinished files; none in a folder that cannot be read. */
async function listOf(folder: string, form: RegExp): Promise<string[]> {
  const names = await listToRemove(folder).catch(() => [])
  return names.filter((name) => form.test(name) || isTemporaryName(name))
}

const isFolder = async (folder: string): Promise<boolean> =>
  (await lstat(folder).catch(() => undefined))?.isDirectory() === true

function safeParse(text: string): string[] {
  try {
    return Packs.parse(JSON.parse(text))
  } catch {
    return []
  }
}
