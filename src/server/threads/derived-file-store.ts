/**
 * A disk cache for files that are derived from sets and slow to generate. Each is a file `<id>.bin` in a folder of the spool: the
 * SHA-256 of the bytes, then the bytes. A thread writes it under a temporary name and renames it, so it is always complete, even
 * after `kill -9`. This process verifies the SHA-256 before it first uses a file, and again when the file has changed. Files of
 * removed sets, and the least recently used ones when there is no room, are removed.
 */

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { isErrno, unlessGone } from '#base/errors.ts'
import { isTemporaryLeftover, isTemporaryName, listToRemove, temporaryName } from '#base/files.ts'
import { TookTooLong } from '#base/overload-errors.ts'
import { createShareRuns } from '#base/share-runs.ts'
import type { DerivedFile, DerivedFileStore } from '#http/derived-files.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import { streamFile } from '#store/file-stream.ts'
import type { StoredBytes } from '#store/model.ts'
import type { ThreadPool } from './pool.ts'

/** A task of the thread. */
export interface MakeTask {
  wanted: DerivedFile
  temporary: string
  file: string
}

export interface DerivedFileStoreDeps {
  /** Maximum size of all files together. */
  maxBytes?: number
  pool: Pick<ThreadPool<MakeTask, null>, 'run'>
  hasSet(key: string): Promise<boolean>
  /** Milliseconds since the epoch. */
  clock?: () => number
}

export const DIGEST_BYTES = 32
const MAX_BYTES = 1_073_741_824
const CHUNK_BYTES = 131_072
const ID = /^[A-Za-z0-9.+-]{1,200}$/
/** A file that took too long is not generated again for this time; at most this many such files are remembered. */
const GIVEN_UP_MS = 3_600_000
const MAX_GIVEN_UP = 1_000

/** @param folder - In an existing spool; created when the first file is generated. */
export function createDerivedFileStore(
  folder: string,
  { maxBytes = MAX_BYTES, pool, hasSet, clock = Date.now }: DerivedFileStoreDeps,
): DerivedFileStore & { sweep(): Promise<void> } {
  /** The state (inode, size and modification time) at which a file was verified, keyed by name. */
  const verified = new Map<string, string>()
  const shareCheck = createShareRuns<boolean>()
  /** Requests in progress, keyed by name and client: each client waits in its own place for the file, which the pool makes once. */
  const making = new Map<string, Map<string | undefined, Promise<void>>>()
  /** Times of failed attempts, keyed by name. */
  const givenUp = new LRUCache<string, number>({ max: MAX_GIVEN_UP })

  const nameOf = ({ id }: DerivedFile): string => {
    if (!ID.test(id)) throw new Error(`Not the id of a derived file: ${id}`)
    return `${id}.bin`
  }

  async function find(wanted: DerivedFile): Promise<StoredBytes | undefined> {
    const name = nameOf(wanted)
    const file = path.join(folder, name)
    const found = await lstat(file, { bigint: true }).catch(unlessGone)
    if (found?.isFile() !== true || found.size <= DIGEST_BYTES) return undefined
    const state = `${found.ino} ${found.size} ${found.mtimeNs}`
    if (verified.get(name) !== state) {
      if (!(await shareCheck(name, () => isWhole(file)))) {
        await rm(file, { force: true })
        return undefined
      }
      verified.set(name, state)
    }
    await utimes(file, new Date(), found.mtime).catch(() => undefined)
    const bytes = Number(found.size) - DIGEST_BYTES
    return { bytes, read: (from, to) => streamFile(file, from + DIGEST_BYTES, to + DIGEST_BYTES) }
  }

  /** @param client - The client whose share of the queue is used. */
  async function make(wanted: DerivedFile, client: string | undefined): Promise<void> {
    const failedAt = givenUp.get(nameOf(wanted)) ?? Number.NEGATIVE_INFINITY
    if (clock() - failedAt < GIVEN_UP_MS) throw new TookTooLong()
    const temporary = path.join(folder, temporaryName())
    // Not recursive: the spool itself may be unavailable and must not be created.
    await mkdir(folder, { mode: 0o700 }).catch((error) => {
      if (!isErrno(error, 'EEXIST')) throw toSpoolError(error)
    })
    try {
      await pool.run({ wanted, temporary, file: path.join(folder, nameOf(wanted)) }, { client })
    } catch (error) {
      if (error instanceof TookTooLong) givenUp.set(nameOf(wanted), clock())
      throw error
    } finally {
      await rm(temporary, { force: true })
    }
    await prune(nameOf(wanted))
  }

  /** Callers of one client share its place. */
  function join(wanted: DerivedFile, client: string | undefined): Promise<void> {
    const name = nameOf(wanted)
    const clients = making.get(name) ?? new Map<string | undefined, Promise<void>>()
    making.set(name, clients)
    const known = clients.get(client)
    if (known !== undefined) return known
    const begun = make(wanted, client).finally(() => {
      clients.delete(client)
      if (clients.size === 0) making.delete(name)
    })
    clients.set(client, begun)
    return begun
  }

  /** @param newest - A file that is kept. */
  async function prune(newest?: string): Promise<void> {
    const kept: { name: string; bytes: number; usedMs: number }[] = []
    for (const name of await listToRemove(folder).catch(() => [])) {
      if (!(name.endsWith('.bin') || isTemporaryName(name))) continue
      const file = path.join(folder, name)
      const found = await lstat(file).catch(() => undefined)
      if (found === undefined) continue
      const isLeft = isTemporaryName(name)
        ? (isTemporaryLeftover(name) ?? false)
        : !(await hasSet(name.split('-', 1)[0] ?? ''))
      if (isLeft) await rm(file, { force: true })
      else if (!isTemporaryName(name)) kept.push({ name, bytes: found.size, usedMs: found.atimeMs })
    }
    kept.sort((a, b) => Number(b.name === newest) - Number(a.name === newest) || b.usedMs - a.usedMs)
    let sum = 0
    for (const { name, bytes } of kept) {
      sum += bytes
      if (sum <= maxBytes || name === newest) continue
      verified.delete(name)
      await rm(path.join(folder, name), { force: true })
    }
  }

  return {
    find,
    isMaking: (wanted) => making.has(nameOf(wanted)),
    async make(wanted, { client, signal }, waitMs) {
      const begun = join(wanted, client)
      // Callers that stopped waiting do not see its failure.
      begun.catch(() => undefined)
      return (await isDoneInTime(begun, waitMs, signal)) ? find(wanted) : undefined
    },
    sweep: () => prune(),
  }
}

/** Verify the digest at the start of the file. Reads in chunks, so that other work can run in between. */
async function isWhole(file: string): Promise<boolean> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const wanted = Buffer.alloc(DIGEST_BYTES)
    await handle.read(wanted, 0, DIGEST_BYTES, 0)
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(CHUNK_BYTES)
    for (let at = DIGEST_BYTES; ; ) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, at)
      if (bytesRead === 0) return hash.digest().equals(wanted)
      hash.update(buffer.subarray(0, bytesRead))
      at += bytesRead
    }
  } finally {
    await handle.close()
  }
}

/** Whether the promise resolves within `ms` and before the signal is aborted. Rejects if the promise does. */
async function isDoneInTime(done: Promise<void>, ms: number, signal: AbortSignal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  let onAbort = (): void => undefined
  const late = new Promise<false>((resolve) => {
    onAbort = () => resolve(false)
    timer = setTimeout(onAbort, ms)
    signal.addEventListener('abort', onAbort)
  })
  return await Promise.race([done.then(() => true), late]).finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  })
}
