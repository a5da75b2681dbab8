/** Makes an import path of a package with the names that it exports. */

import { compareText, type FileExport, type SurfacePath } from '#generate/model.ts'

/**
 * An import path with its names, sorted and deduplicated, in a list; the list is empty if there are no names. The first
 * export of a name that has a target is kept.
 */
export function surfacePathsOf(path: string, language: string, names: readonly FileExport[]): SurfacePath[] {
  const unique = new Map<string, FileExport>()
  for (const one of names) {
    const known = unique.get(one.name)
    if (known === undefined || known.to === null) unique.set(one.name, one)
  }
  const sorted = [...unique.values()].sort((a, b) => compareText(a.name, b.name))
  return sorted.length === 0 ? [] : [{ path, language, names: sorted }]
}
