/** What a folder of this machine is that somebody names in a submission. */

import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import type { FolderFinding } from '#base/repository.ts'

/** @param roots - Folders that are allowed, with all that is below them; `folder` is below one by its name. */
export async function lookAtFolder(folder: string, roots: readonly string[]): Promise<FolderFinding> {
  const [real, ...allowed] = await Promise.all([folder, ...roots].map(realNear))
  const isInside = allowed.some((root) => real === root || real?.startsWith(root.replace(/(?<!\/)\/*$/, '/')))
  if (!isInside) return 'outside'
  return (await mayHoldRepository(folder)) ? 'repository' : 'none'
}

/** The real path, as far as there is one. */
async function realNear(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch {
    const above = path.dirname(folder)
    return above === folder ? folder : path.join(await realNear(above), path.basename(folder))
  }
}

/**
 * Whether a folder may hold a git repository: one with a `.git` folder, a worktree or a bare one. What cannot be looked
 * at from here may.
 */
async function mayHoldRepository(folder: string): Promise<boolean> {
  const found = await Promise.all(['HEAD', '.git/HEAD'].map((name) => isThere(path.join(folder, name))))
  // Of a worktree, `.git` is a file.
  return found.includes(true) || (await stat(path.join(folder, '.git')).catch(() => undefined))?.isFile() === true
}

/** True also for what cannot be looked at. */
const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (error) => !isErrno(error, 'ENOENT', 'ENOTDIR'),
  )
