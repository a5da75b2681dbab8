/**
 * A disk cache for the results of individual generation steps: `cache/<hash of the scope>-<hash of the name>.bin`. A missing or
 * damaged entry reads as `undefined`, so that the caller computes the result again; a failed write is ignored. Callers check for
 * themselves whether an entry is up to date.
 */

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isTemporaryName, listToRemove, makeFolders, temporaryName } from '#base/files.ts'

/** Default maximum size of the cache; above it, the oldest entries are removed. */
const MAX_BYTES = 2_000_000_000
/** Larger results are neither written nor read; not counting the digest. */
const MAX_ENTRY_BYTES = 500_000_000
/** Temporary files this old were left behind by an interrupted write. */
const STALE_TEMPORARY_MS = 3_600_000
/** The folder is listed after the first write of a cache and whenever this share of the limit has been written since. */
const UNPRUNED_SHARE = 1 / 32
/** Each entry starts with the SHA-256 of its body, in this many bytes. */
export const DIGEST_BYTES = 32

export interface StepCache {
  /** @returns `undefined` when there is no intact entry of this name. */
  read(name: string): Promise<Uint8Array | undefined>
  /** Replaces an existing entry. */
  write(name: string, bytes: Uint8Array): Promise<void>
}

export interface StepCacheOptions {
  /** The URL of a repository. Entries of other scopes are not visible. */
  scope: string
  maxBytes?: number
}

/** @param folder - Created with the first entry. */
export function createStepCache(folder: string, { scope, maxBytes = MAX_BYTES }: StepCacheOptions): StepCache {
  const prefix = prefixOf(scope)
  let unpruned = Number.POSITIVE_INFINITY
  const fileOf = (name: string): string =>
    path.join(folder, `${prefix}${digest(Buffer.from(name)).toString('hex')}.bin`)
  return {
    async read(name) {
      try {
        const file = fileOf(name)
        const { size } = await lstat(file)
        if (size > MAX_ENTRY_BYTES + DIGEST_BYTES) return undefined
        const bytes = await readFile(file, { flag: constants.O_RDONLY | constants.O_NOFOLLOW })
        const body = bytes.subarray(DIGEST_BYTES)
        return digest(body).equals(bytes.subarray(0, DIGEST_BYTES)) ? body : undefined
      } catch {
        return undefined
      }
    },
    async write(name, bytes) {
      if (bytes.byteLength > MAX_ENTRY_BYTES) return
      const temporary = path.join(folder, temporaryName())
      try {
        makeFolders(folder)
        await writeFile(temporary, [digest(bytes), bytes], { mode: 0o600, flag: 'wx' })
        await rename(temporary, fileOf(name))
        unpruned += bytes.byteLength
        if (unpruned <= maxBytes * UNPRUNED_SHARE) return
        unpruned = 0
        await prune(folder, maxBytes)
      } catch {
        await rm(temporary, { force: true }).catch(() => {})
      }
    },
  }
}

/** The prefix of every file name in a scope. */
export const prefixOf = (scope: string): string => `${digest(Buffer.from(scope)).toString('hex').slice(0, 32)}-`

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Remove stale temporary files, and the oldest entries until the others fit within the limit. */
export async function prune(folder: string, maxBytes = MAX_BYTES): Promise<void> {
  const entries: { file: string; bytes: number; modifiedMs: number }[] = []
  for (const name of await listToRemove(folder)) {
    if (!(name.endsWith('.bin') || isTemporaryName(name))) continue
    const file = path.join(folder, name)
    const stat = await lstat(file).catch(() => undefined)
    if (stat?.isFile() === true) entries.push({ file, bytes: stat.size, modifiedMs: stat.mtimeMs })
  }
  entries.sort((a, b) => b.modifiedMs - a.modifiedMs)
  let totalBytes = 0
  for (const { file, bytes, modifiedMs } of entries) {
    const isStale = !file.endsWith('.bin') && Date.now() - modifiedMs > STALE_TEMPORARY_MS
    if (!isStale) totalBytes += bytes
    if (totalBytes > maxBytes || isStale) await rm(file, { force: true })
  }
}
