/** Lists the public API of npm packages: an import path for each entry of the manifest that is code. */

import type { Analysis, SurfacePath } from '#generate/model.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathOf } from './surface-path.ts'

export function javascriptModules({ name, entries }: NamedPackage, { analysis, byPath }: PackageFiles): SurfacePath[] {
  return entries.flatMap(({ subpath, file }) =>
    surfacePathOf(
      `${name}${subpath.replace(/^\./, '')}`,
      byPath.get(file)?.language ?? 'javascript',
      withDeclared(analysis, file),
    ),
  )
}

/** What a file exports, and the types that only its declarations have: `index.d.ts` beside `index.js`. */
function withDeclared({ exports }: Analysis, file: string): Analysis['exports'][string] {
  const own = exports[file] ?? []
  const declared = /\.[cm]?jsx?$/.test(file) ? (exports[file.replace(/\.([cm]?)jsx?$/, '.d.$1ts')] ?? []) : []
  const known = new Set(own.map(({ name }) => name))
  return [...own, ...declared.filter(({ name }) => !known.has(name) && name !== 'default' && name !== 'export=')]
}
