/** The input for finding the public API of a package. */

import {
  type Analysis,
  compareText,
  type FileExport,
  type Package,
  type SourceFile,
  type SurfacePath,
} from '#generate/model.ts'

/** A package that can be imported by name. */
export type NamedPackage = Package & { name: string }

export interface PackageFiles {
  /** Files of the package without tests, examples, vendored code and nested packages, sorted by path. */
  readonly inside: readonly SourceFile[]
  readonly analysis: Analysis
  /** All files of the repository. */
  readonly byPath: ReadonlyMap<string, SourceFile>
}

/** An import path with its names, sorted and without duplicates; an empty list without names. */
export function pathWith(path: string, language: string, names: readonly FileExport[]): SurfacePath[] {
  const unique = new Map<string, FileExport>()
  for (const one of names) if ((unique.get(one.name)?.to ?? null) === null) unique.set(one.name, one)
  const sorted = [...unique.values()].sort((a, b) => compareText(a.name, b.name))
  return sorted.length === 0 ? [] : [{ path, language, names: sorted }]
}

/** `path` relative to a folder. */
export function below(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}
