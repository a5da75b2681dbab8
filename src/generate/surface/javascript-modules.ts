/** Lists the public API of npm packages: an import path for each code entry point in the manifest. */

import type { Analysis, FileExport, SurfacePath } from '#generate/model.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

export function javascriptModules({ name, entries }: NamedPackage, { analysis, byPath }: PackageFiles): SurfacePath[] {
  return entries.flatMap(({ subpath, file }) =>
    surfacePathsOf(
      `${name}${subpath.replace(/^\./, '')}`,
      byPath.get(file)?.language ?? 'javascript',
      withoutTypedefs(withDeclared(analysis, file), byPath.get(file)?.text ?? ''),
    ),
  )
}

const MAX_TEXT = 200_000
const MAX_COMMENT = 10_000
/** Matches the name in `@callback Done`, `@typedef Plan`, and after the type in `@typedef {…} Plan`. */
const TYPEDEF_NAME = /(?:@(?:callback|typedef)|\})\s{1,9}([\w$]{1,100})/g

/** Leaves out types that are declared only in comments, which no code can import. */
function withoutTypedefs(names: readonly FileExport[], text: string): FileExport[] {
  const types = new Set<string>()
  const plain = text.includes('@typedef') || text.includes('@callback') ? text.slice(0, MAX_TEXT) : ''
  for (let at = plain.indexOf('/**'); at >= 0; at = plain.indexOf('/**', at + 3)) {
    const comment = plain.slice(at, Math.min(at + MAX_COMMENT, Math.max(at, plain.indexOf('*/', at))))
    if (!/@(?:callback|typedef)\b/.test(comment)) continue
    for (const [, name = ''] of comment.matchAll(TYPEDEF_NAME)) types.add(name)
  }
  return names.filter(({ name, to }) => to !== null || !types.has(name))
}

/** What a file exports, and types exported only by its declaration file: `index.d.ts` beside `index.js`. */
function withDeclared({ exports }: Analysis, file: string): readonly FileExport[] {
  const own = exports[file] ?? []
  const beside = ['.d.$1ts', '.d.ts'].map((ending) => exports[file.replace(/\.([cm]?)jsx?$/, ending)])
  const declared = /\.[cm]?jsx?$/.test(file) ? (beside.find((names) => names !== undefined) ?? []) : []
  const known = new Set(own.map(({ name }) => name))
  return [...own, ...declared.filter(({ name }) => !known.has(name) && name !== 'default' && name !== 'export=')]
}
