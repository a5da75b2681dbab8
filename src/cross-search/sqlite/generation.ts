/** The folder of the index: its size, and the file in it that names the current generation. */

import { readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { unlessGone } from '#base/errors.ts'
import { INDEX_VERSION } from '#cross-search/plan.ts'

/** The folder of the index in a spool. */
export const indexFolder = (spoolDir: string): string => path.join(spoolDir, 'cache/cross-search')

export const CURRENT = 'current'

/** The size of the index on disk, including its log, in bytes. */
export async function bytesOfIndex(folder: string): Promise<number> {
  const names = (await readdir(folder).catch(unlessGone)) ?? []
  const found = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(unlessGone)))
  return found.reduce((sum, file) => sum + (file?.size ?? 0), 0)
}

const GENERATION = /^v\d{1,6}-[0-9a-f]{16}$/

/** The name of the current generation; `undefined` without one of this version. Synchronous, because each query reads it. */
export function currentOf(folder: string): string | undefined {
  try {
    const name = readFileSync(path.join(folder, CURRENT), 'utf8')
    return GENERATION.test(name) && name.startsWith(`v${INDEX_VERSION}-`) ? name : undefined
  } catch (error) {
    return unlessGone(error)
  }
}
