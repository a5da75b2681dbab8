/** Writes the pieces of a set into the files of a folder, and compares such files with the pieces. */

import { constants } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { openPlain, readFully } from '#base/files.ts'
import { push } from '#base/multimap.ts'
import { SetDamaged } from '#store/set-damaged.ts'
import { hashOf } from './set-pieces.ts'
import type { SharedPart } from './shared-sets.ts'

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/

/** Write pieces one after the other, checking each against its hash. */
export async function writeParts(
  folder: string,
  key: string,
  bodies: AsyncIterable<{ part: SharedPart; body: Buffer }>,
): Promise<void> {
  let current: { file: string; handle: Awaited<ReturnType<typeof open>> } | undefined
  try {
    for await (const { part, body } of bodies) {
      if (!NAME.test(part.file)) throw new Error('A file of a set in the database has an unexpected name.')
      if (!hashOf(body).equals(part.hash))
        throw new SetDamaged(`A piece of ${part.file} of the document set ${key} in the database is damaged.`)
      if (current?.file !== part.file) {
        await current?.handle.close()
        current = undefined
        const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
        current = { file: part.file, handle: await open(path.join(folder, part.file), flags, 0o600) }
      }
      await current.handle.appendFile(body)
    }
  } finally {
    await current?.handle.close()
  }
}

/** Whether the files in a folder are exactly those of the set. */
export async function isSame(folder: string, parts: readonly SharedPart[]): Promise<boolean> {
  const files = new Map<string, SharedPart[]>()
  for (const part of parts) push(files, part.file, part)
  const names = (await readdir(folder).catch(() => [])).sort()
  if (names.join('/') !== [...files.keys()].sort().join('/')) return false
  for (const [file, pieces] of files) if (!(await isSameFile(path.join(folder, file), pieces))) return false
  return true
}

async function isSameFile(file: string, pieces: readonly SharedPart[]): Promise<boolean> {
  const wanted = pieces.reduce((sum, { length }) => sum + length, 0)
  if ((await lstat(file)).size !== wanted) return false
  const handle = await openPlain(file)
  try {
    let at = 0
    for (const { length, hash } of pieces) {
      const body = Buffer.allocUnsafeSlow(length)
      if ((await readFully(handle, body, at)) !== length || !hashOf(body).equals(hash)) return false
      at += length
    }
    return true
  } finally {
    await handle.close()
  }
}
