/** Checks the local folder of a submitted `file://` URL. */

import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from './errors.ts'
import { isBelow } from './repository.ts'

/** `none`: it is not a repository. `outside`: a symbolic link points outside all allowed folders. */
export type FolderStatus = 'repository' | 'none' | 'outside'

/** Parts of a repository that may be symbolic links. */
const PARTS = ['', '.git', '.git/objects', '.git/refs', 'objects', 'refs']

/** @param roots - Allowed folders. The path of `folder` is below one of them, but a symbolic link may point elsewhere. */
export async function inspectFolder(folder: string, roots: readonly string[]): Promise<FolderStatus> {
  const allowed = await Promise.all(roots.map(resolveLinks))
  const parts = await Promise.all(PARTS.map((name) => resolveLinks(path.join(folder, name))))
  if (!parts.every((part) => isBelow(part, allowed))) return 'outside'
  return (await mayBeRepository(folder)) ? 'repository' : 'none'
}

/** The path with symbolic links resolved; parts that do not exist or cannot be read are kept unchanged. */
async function resolveLinks(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch {
    const above = path.dirname(folder)
    return above === folder ? folder : path.join(await resolveLinks(above), path.basename(folder))
  }
}

/**
 * Whether a folder may be a git repository: an ordinary or bare one, or a worktree. True also if permission to check is denied.
 */
async function mayBeRepository(folder: string): Promise<boolean> {
  const found = await Promise.all(['HEAD', '.git/HEAD'].map((name) => mayExist(path.join(folder, name))))
  // In a worktree, `.git` is a file.
  return found.includes(true) || (await stat(path.join(folder, '.git')).catch(() => undefined))?.isFile() === true
}

/** Whether a file exists; true also if permission to check is denied. */
const mayExist = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (error) => !isErrno(error, 'ENOENT', 'ENOTDIR'),
  )
