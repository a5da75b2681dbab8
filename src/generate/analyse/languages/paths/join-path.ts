/** Paths of a repository: `/` between their parts, none at the start. */

/** @returns The path that `relative` names from a folder ('' for the root), or `undefined` when it leads outside. */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}
