/**
 * A disk cache of results of single steps of a generation: `cache/<hash of the scope>-<hash of a name>.bin`. Results that are
 * missing, damaged or written by another version are computed again, and a failed write is ignored.
 */

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolders, temporaryName } from '#base/files.ts'

/** Maximum size of the cache; beyond it, the oldest entries are removed. */
const MAX_BYTES = 2_000_000_000
/** Maximum size of an entry. */
const MAX_ENTRY_BYTES = 500_000_000
/** An entry begins with the SHA-256 of the rest. */
export const DIGEST_BYTES = 32

export interface StepCache {
  /** @returns `undefined` when there is no intact entry of this name. */
  read(name: string): Promise<Uint8Array | undefined>
  /** Replaces an existing entry. */
  write(name: string, bytes: Uint8Array): Promise<void>
}

export interface StepCacheOptions {
  /** Entries of other scopes are not seen: the URL of a repository. */
  scope: string
  maxBytes?: number
}

/** @param folder - Created with the first entry. */
export function createStepCache(folder: string, { scope, maxBytes = MAX_BYTES }: StepCacheOptions): StepCache {
  const prefix = prefixOf(scope)
  const fileOf = (name: string): string =>
    path.join(folder, `${prefix}${digest(Buffer.from(name)).toString('hex')}.bin`)
  return {
    async read(name) {
      try {
        const file = fileOf(name)
        const { size } = await lstat(file)
        if (size > MAX_ENTRY_BYTES) return undefined
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
        await writeFile(temporary, Buffer.concat([digest(bytes), bytes]), { mode: 0o600, flag: 'wx' })
        await rename(temporary, fileOf(name))
        await prune(folder, maxBytes)
      } catch {
        await rm(temporary, { force: true }).catch(() => {})
      }
    },
  }
}

/** How the names of all entries of a scope begin. */
export const prefixOf = (scope: string): string => `${digest(Buffer.from(scope)).toString('hex').slice(0, 32)}-`

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Remove the oldest entries until the rest is within the limit, and incomplete files of dead processes. */
export async function prune(folder: string, maxBytes = MAX_BYTES): Promise<void> {
  const entries: { file: string; bytes: number; at: number }[] = []
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const stat = await lstat(file).catch(() => undefined)
    if (stat?.isFile() === true) entries.push({ file, bytes: stat.size, at: stat.mtimeMs })
  }
  entries.sort((a, b) => b.at - a.at)
  let sum = 0
  for (const { file, bytes, at } of entries) {
    sum += bytes
    const isLeft = !file.endsWith('.bin') && Date.now() - at > 3_600_000
    if (sum > maxBytes || isLeft) await rm(file, { force: true })
  }
}
