/** Resolves a repository given on the command line: a URL, or a folder on this machine. */

import { existsSync, realpathSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { AppError } from '#base/errors.ts'
import { isFullUrl } from '#base/full-url.ts'

/** Thrown when the argument is neither a URL nor a folder with a git repository. */
export class NoSuchFolder extends AppError {
  readonly code: 'NO_SUCH_FOLDER' | 'NOT_A_REPOSITORY'
  override readonly hint: string

  constructor(
    code: NoSuchFolder['code'],
    message: string,
    hint = 'Give a folder with a git repository, or a URL such as https://github.com/pallets/flask.',
  ) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** Matches the short form of an SSH URL: `git@github.com:pallets/flask.git`. */
const SSH = /^[\w.-]{1,64}@[\w.-]{1,255}:[^\s/]/
/** Matches `owner/name`. */
const SHORTHAND = /^[\w-]{1,100}\/[\w.-]{1,100}$/

export interface Source {
  /** A repository URL that the server accepts. */
  url: string
  /** The folder that must be allowed in `DOCSPOOL_LOCAL_REPOS`, or `null` for a URL. */
  folder: string | null
}

/**
 * @param text - A URL or a folder; a folder may be given as a `file://` URL, too.
 * @throws {NoSuchFolder}
 */
export function resolveSource(text: string): Source {
  const isUrl = !/^file:\/\//i.test(text) && /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const given = folderOf(text)
  const found = given === undefined || isUrl ? undefined : entryAt(given)
  if (isUrl || (found === undefined && SSH.test(text))) return { url: text, folder: null }
  if (given === undefined || found?.isDirectory() !== true) {
    const what = `${found === undefined ? '' : 'the file '}${JSON.stringify(text)}`
    const meant = SHORTHAND.test(text) ? `Did you mean https://github.com/${text}?` : undefined
    throw new NoSuchFolder('NO_SUCH_FOLDER', `Expected a URL or a folder that exists, found ${what}.`, meant)
  }
  const folder = realpathSync(path.resolve(given))
  const isRepository = existsSync(path.join(folder, '.git')) || existsSync(path.join(folder, 'HEAD'))
  if (!isRepository) throw new NoSuchFolder('NOT_A_REPOSITORY', `${JSON.stringify(text)} is not a git repository.`)
  return { url: pathToFileURL(folder).href, folder }
}

/**
 * The URL of a repository that the server already knows. If the text can only be a path, the folder need not exist any more.
 *
 * @throws {NoSuchFolder}
 */
export function urlOfKnown(text: string): string {
  try {
    return resolveSource(text).url
  } catch (error) {
    const folder = folderOf(text)
    if (!(error instanceof NoSuchFolder) || folder === undefined || !isAddress(text)) throw error
    return pathToFileURL(path.resolve(folder)).href
  }
}

/**
 * `undefined` where nothing is, or nothing that this process can reach: below a file, in a closed folder, under a name that is
 * too long.
 */
function entryAt(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** Whether the text can only be a URL or a path. */
export const isAddress = (text: string): boolean => isFullUrl(text) || /^(?:\.{0,2}\/|\.{1,2}$)/.test(text)

/** @returns `undefined` for a `file://` URL that is not a path on this machine, such as one with a host. */
function folderOf(text: string): string | undefined {
  if (!/^file:\/\//i.test(text)) return text
  try {
    return fileURLToPath(text)
  } catch {
    return undefined
  }
}
