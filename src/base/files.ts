/** File operations: safe reads of files that others could have replaced, complete reads, and durable writes. */

import { closeSync, constants, existsSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { isErrno, unlessGone } from './errors.ts'
import { isOwnerGone, ownerName, parseOwner } from './owner.ts'

/** Prefix of the names of files that are being written; listings hide them. */
const TEMPORARY = '.tmp-'

export const isTemporaryName = (name: string): boolean => name.startsWith(TEMPORARY)

/** Whether there is something at a path; a broken link counts, too. */
export const exists = async (file: string): Promise<boolean> => (await lstat(file).catch(unlessGone)) !== undefined

let counter = 0

/** A name for a file or folder that this process is writing. */
export function temporaryName(): string {
  return `${TEMPORARY}${ownerName()}-${Date.now().toString(36)}-${(counter++).toString(36)}`
}

/** Whether the process that was writing a temporary file has exited; `undefined` if unknown, or if it is in another container. */
export function isTemporaryLeftover(name: string): boolean | undefined {
  const owner = parseOwner(/^\.tmp-(.+)-[0-9a-z]+-[0-9a-z]+$/.exec(name)?.[1] ?? '')
  return owner === undefined ? undefined : isOwnerGone(owner)
}

/**
 * Create a folder (mode 0700) and its missing parents. Node's `recursive` loops forever where the kernel reports ENOENT below an
 * existing folder: in /proc, and in a deleted folder that is still open.
 *
 * @throws A system error. An existing file of this name is not an error here.
 */
export function makeFolders(folder: string): void {
  const above = path.dirname(folder)
  if (!existsSync(above)) makeFolders(above)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}

/** Thrown when something other than a regular file is found. Its code is EISDIR, which callers handle anyway. */
class NotPlain extends Error {
  readonly code = 'EISDIR'
}

/** O_NONBLOCK, because opening a pipe without a writer would block forever. */
const PLAIN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Open a file for reading, where other users could have put something else in its place.
 *
 * @throws A system error: `ELOOP` for a link, `EISDIR` for a folder, a pipe, a socket or a device.
 */
export async function openPlain(file: string): Promise<FileHandle> {
  const handle = await open(file, PLAIN).catch(orNotPlain)
  try {
    if ((await handle.stat()).isFile()) return handle
    throw new NotPlain(`${file} is not a plain file.`)
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * Fill the buffer with the bytes from this offset of a file. A single `read` may return fewer.
 *
 * @returns The number of bytes read; less than the buffer's length only at the end of the file.
 */
export async function readFully(handle: Pick<FileHandle, 'read'>, buffer: Buffer, offset: number): Promise<number> {
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

/** Maximum size of a record. */
const MAX_TEXT_BYTES = 262_144

/**
 * The text of a small file, such as a record, and its inode. The text is empty if the file is larger than any that docspool writes.
 *
 * @throws The errors of `openPlain`.
 */
export async function readPlain(file: string): Promise<{ text: string; ino: number }> {
  const handle = await openPlain(file)
  try {
    const { ino, size } = await handle.stat()
    return { ino, text: size > MAX_TEXT_BYTES ? '' : await handle.readFile('utf8') }
  } finally {
    await handle.close()
  }
}

/** Synchronous `openPlain`; `step` gets the open file. */
export function withPlainSync<T>(file: string, step: (handle: number) => T): T {
  const handle = openPlainSync(file)
  try {
    if (!fstatSync(handle).isFile()) throw new NotPlain(`${file} is not a plain file.`)
    return step(handle)
  } finally {
    closeSync(handle)
  }
}

function openPlainSync(file: string): number {
  try {
    return openSync(file, PLAIN)
  } catch (error) {
    return orNotPlain(error)
  }
}

/** Opening a socket fails with ENXIO, which becomes `NotPlain`. */
function orNotPlain(error: unknown): never {
  if (isErrno(error, 'ENXIO')) throw new NotPlain('A socket is not a plain file.', { cause: error })
  throw error
}

/**
 * The names in a folder from which files are to be removed. None if it does not exist, or if it is a link: users who may write to
 * its parent folder can point a link anywhere.
 */
export async function listToRemove(folder: string): Promise<string[]> {
  const isFolder = (await lstat(folder).catch(unlessGone))?.isDirectory() === true
  return (isFolder && (await readdir(folder).catch(unlessGone))) || []
}

/** Make the entries of a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Create a new file (mode 0600) and open it for writing. */
export const openNewFile = (file: string): Promise<FileHandle> =>
  open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600)

/** Create a new file (mode 0600) and make its content durable. Its name is durable after `syncFolder` only. */
export async function writeNewFile(file: string, data: string | Uint8Array): Promise<void> {
  const handle = await openNewFile(file)
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
