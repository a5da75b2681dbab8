/** Checks a local folder that a submission names. */

import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import type { FolderFinding } from '#base/repository.ts'

/** @param roots - Allowed folders. The path of `folder` is below one of them, but may lead elsewhere by a symbolic link. */
export async function inspectFolder(folder: string, roots: readonly string[]): Promise<FolderFinding> {
  const [real, ...allowed] = await Promise.all([folder, ...roots].map(resolveLinks))
  const isInside = allowed.some((root) => real === root || real?.startsWith(root.replace(/(?<!\/)\/*$/, '/')))
  if (!isInside) return 'outside'
  return (await mayHoldRepository(folder)) ? 'repository' : 'none'
}

/** The real path; parts that do not exist are kept unchanged. */
async function resolveLinks(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch {
    const above = path.dirname(folder)
    return above === folder ? folder : path.join(await resolveLinks(above), path.basename(folder))
  }
}

/**
 * Whether a folder may be a git repository: an ordinary one, a worktree or a bare one. True also when permission to check is
 * denied.
 */
async function mayHoldRepository(folder: string): Promise<boolean> {
  const found = await Promise.all(['HEAD', '.git/HEAD'].map((name) => isThere(path.join(folder, name))))
  // In a worktree, `.git` is a file.
  return found.includes(true) || (await stat(path.join(folder, '.git')).catch(() => undefined))?.isFile() === true
}

/** True also when permission is denied. */
const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (error) => !isErrno(error, 'ENOENT', 'ENOTDIR'),
  )
