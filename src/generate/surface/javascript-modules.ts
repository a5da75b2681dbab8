/** Lists the public API of npm packages: an import path for each entry of the manifest that is code. */

import type { SurfacePath } from '#generate/model.ts'
import { type NamedPackage, type PackageFiles, pathWith } from './files.ts'

export function javascriptModules({ name, entries }: NamedPackage, { analysis, byPath }: PackageFiles): SurfacePath[] {
  return entries.flatMap(({ subpath, file }) =>
    pathWith(
      `${name}${subpath.replace(/^\./, '')}`,
      byPath.get(file)?.language ?? 'javascript',
      analysis.exports[file] ?? [],
    ),
  )
}
