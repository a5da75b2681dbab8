/** What a person typed as a repository at the terminal: a URL, or a folder on this machine. */

import { existsSync, realpathSync, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError, isErrno } from '#base/errors.ts'

/** Thrown when a folder given at the terminal is not a git repository. */
export class NoSuchFolder extends AppError {
  readonly code = 'NO_SUCH_FOLDER'
  override readonly hint =
    'Give a folder that holds a git repository, or a URL such as https://github.com/pallets/flask.'
}

export interface Source {
  /** A repository URL as the server takes it. */
  url: string
  /** The folder that must be allowed in `DOCSPOOL_LOCAL_REPOS`, or `null` for a URL. */
  folder: string | null
}

/**
 * @throws {NoSuchFolder}
 */
export function resolveSource(text: string): Source {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { url: text, folder: null }
  if (!existsSync(text) || !statSync(text).isDirectory()) {
    throw new NoSuchFolder(`Expected a URL or a folder, found ${JSON.stringify(text)}.`)
  }
  const folder = realpathSync(path.resolve(text))
  const isRepository = existsSync(path.join(folder, '.git')) || existsSync(path.join(folder, 'HEAD'))
  if (!isRepository) throw new NoSuchFolder(`${JSON.stringify(text)} holds no git repository.`)
  return { url: pathToFileURL(folder).href, folder }
}

/**
 * Whether a folder may hold a git repository: one with a `.git` folder, a worktree or a bare one. What is not there, or
 * cannot be looked at from here, may.
 */
export async function mayHoldRepository(folder: string): Promise<boolean> {
  if (!(await isThere(folder))) return true
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
