/** Paths inside a repository: `/` between names, no leading `/`, nothing outside. */

/** Matches the README that visitors of a repository see; a host shows that in `.github`, which sorts first, before the one at the top. */
export const README = /^(?:\.github\/)?readme\.\w{1,20}$/i

/**
 * Resolve `relative` against `folder`, removing `.` and `..`.
 *
 * @returns `undefined` when the result is outside the repository, or `relative` is absolute.
 */
export function joinPath(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/')) return undefined
  const segments = folder.split('/').filter((segment) => segment !== '')
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return undefined
  }
  return segments.join('/')
}

/** A path in a folder, relative to that folder. */
export function relativeTo(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}

/** The folder of a path with a trailing `/`, then each folder above it, and finally '' for the root. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = []
  for (let slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(path.slice(0, slash + 1))
    if (slash === 0) break
  }
  folders.push('')
  return folders
}

/** The folders around a path without a trailing `/`, the nearest first, without the root. */
export function foldersAround(path: string): string[] {
  const folders: string[] = []
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder)
  return folders
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The folder of a path, without a trailing `/`; '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** The number of leading folders that two paths share. */
export function sharedFolders(a: string, b: string): number {
  let shared = 0
  for (let at = 0; at < a.length && a[at] === b[at]; at++) if (a[at] === '/') shared++
  return shared
}
