/** Paths of a repository: parts separated by `/`, without a leading one. */

/**
 * @returns The path of `relative` from a folder ('' for the root), or `undefined` if it leads out of the repository.
 */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}
