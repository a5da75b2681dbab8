/** Damages files as a disk does: their length and time stay. */

import { open, stat, utimes } from 'node:fs/promises'

export async function overwrite(file: string, at: number, bytes: Uint8Array): Promise<void> {
  const { atime, mtime } = await stat(file)
  const handle = await open(file, 'r+')
  await handle.write(bytes, 0, bytes.length, at)
  await handle.close()
  await utimes(file, atime, mtime)
}

export async function zero(file: string): Promise<void> {
  await overwrite(file, 0, Buffer.alloc((await stat(file)).size))
}
