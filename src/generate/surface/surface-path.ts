import { compareText, type FileExport, type SurfacePath } from '#generate/model.ts'

/**
 * Makes an import path with its names, sorted and without duplicates; without names, an empty list. The first export of
 * a name that has a target is kept.
 */
export function surfacePathOf(path: string, language: string, names: readonly FileExport[]): SurfacePath[] {
  const unique = new Map<string, FileExport>()
  for (const one of names) {
    const known = unique.get(one.name)
    if (known === undefined || known.to === null) unique.set(one.name, one)
  }
  const sorted = [...unique.values()].sort((a, b) => compareText(a.name, b.name))
  return sorted.length === 0 ? [] : [{ path, language, names: sorted }]
}
