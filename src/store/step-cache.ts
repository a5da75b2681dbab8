/**
 * Results of single steps of a generation, kept for the next one: `cache/<hash of a name>.bin`. It is only ever a
 * shortcut: what is missing, torn or of another program is made anew, and failing to keep something is no failure.
 */

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolders, temporaryName } from '#base/files.ts'

/** Bytes of the whole cache; beyond it what was written longest ago goes. */
const MAX_BYTES = 2_000_000_000
/** Bytes of one entry. */
const MAX_ENTRY_BYTES = 500_000_000
const DIGEST_BYTES = 32

export interface StepCache {
  /** @returns `undefined` when there is nothing whole under this name. */
  read(name: string): Promise<Uint8Array | undefined>
  /** Replaces what was there. */
  write(name: string, bytes: Uint8Array): Promise<void>
}

/** @param folder - Made when something is first written. */
export function createStepCache(folder: string, maxBytes = MAX_BYTES): StepCache {
  const fileOf = (name: string): string => path.join(folder, `${createHash('sha256').update(name).digest('hex')}.bin`)
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

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Remove the oldest entries until the rest fits, and what a dead process left half written. */
async function prune(folder: string, maxBytes: number): Promise<void> {
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
