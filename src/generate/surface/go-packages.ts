/** Lists the packages of a Go module: one for each folder, without those below `internal/`. */

import { push } from '#base/multimap.ts'
import { compareText, type FileExport, type SurfacePath } from '#generate/model.ts'
import { relativeTo } from '#generate/paths.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathOf } from './surface-path.ts'

/** Folders that other modules cannot import or that the go command ignores. */
const CLOSED = /(?:^|\/)(?:internal|vendor|testdata|[_.][^/]*)(?:\/|$)/

export function goPackages(
  { name, folder }: Pick<NamedPackage, 'name' | 'folder'>,
  { inside, analysis }: PackageFiles,
): SurfacePath[] {
  const packages = new Map<string, FileExport[]>()
  for (const { path, language } of inside) {
    if (language !== 'go') continue
    const at = relativeTo(folder, path).split('/').slice(0, -1).join('/')
    const names = analysis.exports[path]
    if (names === undefined || CLOSED.test(at)) continue
    for (const one of names) push(packages, at, one)
  }
  return [...packages]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([at, names]) => surfacePathOf(at === '' ? name : `${name}/${at}`, 'go', names))
}
